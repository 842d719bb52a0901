import { describe, expect, test } from 'vitest'
import { compile } from '../../client/compile'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import { runToEnd } from '../../minicluster/headless'
import { DEFAULT_CLUSTER, newScenario } from '../../scenario/defaults'
import { readTopics } from '../../scenario/topics'
import type { ResolvedTopic, Scenario } from '../../scenario/types'
import { FoldRunner } from '../../trace/fold'
import { TraceKind } from '../../trace/kinds'
import { TraceLog } from '../../trace/log'
import { timeFold } from '../../trace/time/fold'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { adding, deleting, moving, recordOfRow, sourceRowOf } from './hands'
import { hitAt, nearestRecord, neighbour } from './hit'
import { changeOf, timesOf, type Held } from './holding.svelte'
import { labelsAt } from './labels'
import { leastOf, valueAtTime, type WatermarkLine } from './lines'
import { firstPlace, placeId, placesOf, type Place } from './places'
import { Fate } from './points'
import { idleHint, outlineOf, sceneAt, type Scene } from './scene'
import { contains, fitted, panned, scaleOf, ticks, timeStep, zoomed, type Viewport } from './viewport'

const PROGRAM = (window: string) => `
import { Duration, EventTimeSessionWindows, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const marks = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(5)).withTimestampAssigner((r: any) => r.time)
env.fromSource(LogSource.topic<any>('input').setBounded(), marks, 'in').filter(r => r.key !== 'z').keyBy(r => r.key)
  ${window}.reduce((a, b) => b).name('Last').sinkTo(new PrintSink())
env.execute('job')
`
const TUMBLING = '.window(TumblingEventTimeWindows.of(Duration.ofMillis(40))).allowedLateness(Duration.ofMillis(20))'
const SESSIONS = '.window(EventTimeSessionWindows.withGap(Duration.ofMillis(10)))'

interface Ran {
  readonly scenario: Scenario
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly topics: readonly ResolvedTopic[]
  readonly runner: FoldRunner<TimeState>
}

/** `a@10 b@20`: one record every 300 ms, by turns into two partitions. */
const scenarioOf = (input: string, window = TUMBLING, parallelism = 2): Scenario =>
  newScenario({
    topics: [
      {
        name: 'input',
        partitions: 2,
        table: {
          from: 'inline',
          columns: ['key', 'time'],
          rows: input.split(' ').map((word) => [word.split('@')[0]!, Number(word.split('@')[1])]),
        },
        eventTime: 'time',
        arrival: { by: 'rate', every: 300, delay: 200 },
      },
    ],
    cluster: DEFAULT_CLUSTER,
    configuration: { 'parallelism.default': String(parallelism), 'taskmanager.numberOfTaskSlots': '2' },
    program: { language: 'typescript', text: PROGRAM(window) },
  })

async function run(scenario: Scenario): Promise<Ran> {
  const { topics, problems } = await readTopics(scenario, () => Promise.reject(new Error('no data of the app here')))
  expect(problems).toEqual([])
  const log = new TraceLog()
  const { header } = await runToEnd(
    { scenario, compiled: compile(scenario.program.text), topics, tracing: true },
    { onPage: (page) => log.append(page) },
  )
  return { scenario, header, log, topics, runner: new FoldRunner(timeFold, header, log) }
}

function sceneOf(
  { scenario, header, log, topics, runner }: Ran,
  place: Place,
  event = log.length - 1,
  keys: ReadonlySet<string> | null = null,
): Scene {
  // What is simulated beyond the moment is no business of the picture.
  runner.advance()
  const state = runner.seek(event)
  const now = event < 0 ? 0 : log.timeAt(event)
  return sceneAt({ header, log, state, topics, scenario, place, now, keys, from: -1, to: 1e12 })
}
const placeNamed = ({ header, log }: Ran, id: string): Place => {
  void log
  return placesOf(header, header.executionGraph).find(({ place }) => placeId(place) === id)!.place
}
const told = ({ points }: Scene): string[] =>
  Array.from(points.events, (_, at) => `${points.looks[at]!.text}@${points.y[at]}${'·u-n+>x'[points.fates[at]!]}`)

const INPUT = 'a@10 b@20 a@35 b@60 a@101 b@5 a@220 b@150 z@300 a@12 b@310 a@400'

describe('a picture at a moment', () => {
  test('places of a run, and where one stands first', async () => {
    const ran = await run(scenarioOf(INPUT))
    const places = placesOf(ran.header, ran.header.executionGraph)
    expect(places.map(({ id }) => id)).toEqual(['source 1', 'partition 1 0', 'partition 1 1', 'task 1', 'subtask 1 0', 'subtask 1 1'])
    expect(firstPlace(ran.header, places)).toEqual({ kind: 'task', vertex: 1 })
  })

  test('records stand where the place saw them, with their keys and fates', async () => {
    const ran = await run(scenarioOf(INPUT))
    const whole = sceneOf(ran, placeNamed(ran, 'task 1'))
    // b@5 comes when [0, 40) has fired and is kept, a@12 when it is gone.
    const fates = ['a@10·', 'b@20·', 'a@35·', 'b@60·', 'a@101·', 'b@5+', 'a@220·', 'b@150·', 'a@12x', 'b@310·', 'a@400·']
    expect(told(whole).sort()).toEqual(fates.sort())
    const source = sceneOf(ran, placeNamed(ran, 'source 1'))
    expect(told(source)).toContain('@300-')
    expect(source.points.count).toBe(12)
    // Their places are the events' own.
    for (let at = 0; at < whole.points.count; at++) {
      const event = ran.log.at(whole.points.events[at]!)
      expect([event.kind, event.time, event.x]).toEqual([TraceKind.RecordIn, whole.points.x[at], whole.points.y[at]])
    }
  })

  test('at every moment it shows what the log says by then, and nothing of later', async () => {
    const ran = await run(scenarioOf(INPUT))
    const { log } = ran
    const place = placeNamed(ran, 'task 1')
    for (let event = 0; event < log.length; event += 7) {
      const { points, bands, lines } = sceneOf(ran, place, event)
      let [records, late, opened, cleared, fired] = [0, 0, 0, 0, 0]
      const reader = log.reader()
      while (reader.next() && reader.index <= event) {
        if (reader.kind === TraceKind.RecordIn) records++
        if (reader.kind === TraceKind.LateDropped) late++
        if (reader.kind === TraceKind.WindowOpened) opened++
        if (reader.kind === TraceKind.WindowCleared) cleared++
        if (reader.kind === TraceKind.WindowFired) fired++
      }
      expect([event, points.count, points.fates.filter((fate) => fate === Fate.LateDropped).length]).toEqual([event, records, late])
      const windows = bands.flatMap((band) => band.windows.map((window) => ({ band, window })))
      expect([event, windows.length]).toEqual([event, opened])
      expect(windows.filter(({ window }) => window.closed < 0 || window.closed > event).length).toBe(opened - cleared)
      expect(bands.reduce((sum, { firings }) => sum + firings.reduce((all, firing) => all + firing.windows, 0), 0)).toBe(fired)
      for (const { values, events } of [lines.whole, ...lines.parts])
        for (const [at, step] of events.entries()) {
          expect(step).toBeLessThanOrEqual(event)
          if (at > 0) expect(values[at]!).toBeGreaterThanOrEqual(values[at - 1]!)
        }
    }
  })

  test('a subtask stands at the least of its channels', async () => {
    const ran = await run(scenarioOf(INPUT))
    const { log } = ran
    for (let event = 40; event < log.length; event += 11) {
      const { parts, whole } = sceneOf(ran, placeNamed(ran, 'subtask 1 0'), event).lines
      const now = log.timeAt(event)
      const least = Math.min(...parts.map((line) => valueAtTime(line, now).value))
      expect(parts.length).toBe(2)
      // The valve and what it gives are told by events of one moment.
      if (log.kindAt(event) !== TraceKind.WatermarkIn) expect([event, valueAtTime(whole, now).value]).toEqual([event, least])
    }
  })

  test('sessions grow and merge in pieces that follow on each other', async () => {
    const ran = await run(scenarioOf('a@100 a@104 a@97 b@100 a@120 a@110', SESSIONS.replace('10', '10'), 1))
    const { bands } = sceneOf(ran, placeNamed(ran, 'task 1'))
    const first = bands.find(({ look, start }) => look?.text === 'a' && start === 97)!
    expect(first.pieces.map(({ start, end }) => [start, end])).toEqual([
      [100, 110],
      [100, 114],
      [97, 114],
      [97, 130],
    ])
    for (const [at, piece] of first.pieces.entries()) if (at > 0) expect(piece.from).toBe(first.pieces[at - 1]!.to)
    expect(bands.filter(({ taken }) => taken).map(({ start, end }) => [start, end])).toEqual([[120, 130]])
  })

  test('keys that are asked for have bands of their own, others none', async () => {
    const ran = await run(scenarioOf(INPUT))
    const all = sceneOf(ran, placeNamed(ran, 'task 1')).bands
    expect(all.filter(({ start }) => start === 0)).toHaveLength(1)
    expect(all.find(({ start }) => start === 0)!.windows).toHaveLength(2)
    const one = sceneOf(ran, placeNamed(ran, 'task 1'), undefined, new Set(['b'])).bands
    expect(one.map(({ look, start }) => [look?.text, start])).toEqual([
      ['b', 0],
      ['b', 40],
      ['b', 120],
      ['b', 280],
    ])
  })

  test('what is still to come is what the topic holds behind what was read', async () => {
    const ran = await run(scenarioOf(INPUT))
    const { log } = ran
    const third = log.names.recordAt(log.processAt(firstOf(log, TraceKind.SourceRecord)), 1)
    const { ghosts } = sceneOf(ran, placeNamed(ran, 'source 1'), third)
    expect(ghosts.map(({ y, look }) => `${look.text}@${y}`)).toEqual([
      'a@101',
      'a@220',
      '@300',
      'b@310',
      'b@60',
      'b@5',
      'b@150',
      'a@12',
      'a@400', // prettier-ignore
    ])
    const silenced = {
      ...ran,
      scenario: { ...ran.scenario, interventions: [{ at: 0, do: 'silence-partition', topic: 'input', partition: 1 } as const] },
    }
    expect(sceneOf(silenced, placeNamed(ran, 'source 1'), third).ghosts.map(({ y }) => y)).toEqual([101, 220, 300, 310])
  })
})

const firstOf = (log: TraceLog, kind: number): number => {
  const reader = log.reader()
  while (reader.next()) if (reader.kind === kind) return reader.index
  return -1
}

describe('hands', () => {
  const heldAt = (ran: Ran, place: string, name: string, dx: number, dy: number): Held => {
    const { points } = sceneOf(ran, placeNamed(ran, place))
    const at = told({ points } as Scene).findIndex((text) => text.startsWith(name))
    const row = sourceRowOf(ran.header, ran.log, ran.topics, points.origins[at]!, points.numbers[at]!)!
    const from = { x: points.x[at]!, y: points.y[at]! }
    return { row, look: points.looks[at]!, from, at: { x: from.x + dx, y: from.y + dy } }
  }

  test('an event dragged under the watermark is dropped when the scenario runs again', async () => {
    const before = await run(scenarioOf(INPUT))
    expect(told(sceneOf(before, placeNamed(before, 'task 1')))).toContain('a@400·')
    const held = heldAt(before, 'task 1', 'a@400', 0, -390)
    expect(timesOf(held)).toEqual({ eventTime: 10 })
    const after = await run(changeOf(held)(before.scenario))
    const scene = sceneOf(after, placeNamed(after, 'task 1'))
    expect(told(scene).filter((text) => text === 'a@10x')).toHaveLength(1)
    const landed = recordOfRow(after.log, after.runner.seek(after.log.length - 1), after.topics, held.row, held.row.record.row)!
    expect(after.log.at(landed.event).x).toBe(10)
  })

  test('sideways it comes at another time, and all others come as they did', async () => {
    const before = await run(scenarioOf(INPUT))
    const held = heldAt(before, 'source 1', 'a@101', 950_000, 0)
    expect(timesOf(held)).toEqual({ arrival: held.row.record.arrival + 950_000 })
    const after = await run(changeOf(held)(before.scenario))
    const coming = (ran: Ran) => told(sceneOf(ran, placeNamed(ran, 'source 1'))).map((text) => text.slice(0, -1))
    expect(coming(after).filter((text) => text !== 'a@101')).toEqual(coming(before).filter((text) => text !== 'a@101'))
    expect(coming(after).indexOf('a@101')).toBeGreaterThan(coming(after).indexOf('b@150'))
    expect(after.topics[0]!.partitions.flat().find(({ row }) => row === 4)!.arrival).toBe(held.row.record.arrival + 950_000)
  })

  test('an event is added like another, in its partition, and deleted again', async () => {
    const before = await run(scenarioOf(INPUT))
    const { row, from } = heldAt(before, 'task 1', 'b@60', 0, 0)
    const more = adding(row, from.y, { eventTime: 70, arrival: 1_250_000 })(before.scenario)
    const after = await run(more)
    expect(told(sceneOf(after, placeNamed(after, 'partition 1 1')))).toContain('b@70·')
    const again = heldAt(after, 'task 1', 'b@70', 0, 0)
    const gone = await run(deleting(again.row)(more))
    expect(told(sceneOf(gone, placeNamed(gone, 'task 1')))).toEqual(told(sceneOf(before, placeNamed(before, 'task 1'))))
  })

  test('a time column that only the program knows of is found by the time that it gave', async () => {
    const { eventTime: _gone, ...topic } = scenarioOf(INPUT).topics[0]!
    const before = await run({ ...scenarioOf(INPUT), topics: [topic] })
    const { row } = heldAt(before, 'task 1', 'a@220', 0, 0)
    const after = await run(moving(row, 220, { eventTime: 90 })(before.scenario))
    expect(told(sceneOf(after, placeNamed(after, 'task 1'))).some((text) => text.startsWith('a@90'))).toBe(true)
  })

  test('what the job made itself stands in no table', async () => {
    const { header, log, topics } = await run(scenarioOf(INPUT))
    const made = log.at(firstOf(log, TraceKind.RecordMade))
    expect(sourceRowOf(header, log, topics, made.process, made.b)).toBeNull()
  })
})

const VIEW: Viewport = { x0: 0, x1: 4e6, y0: 0, y1: 440, width: 900, height: 500, left: 70, right: 30, top: 10, bottom: 40 }

describe('the picture under a pointer', () => {
  test('the nearest disc is hit, of those whose key is shown', async () => {
    const ran = await run(scenarioOf(INPUT))
    const scene = sceneOf(ran, placeNamed(ran, 'task 1'))
    const { x, y } = scaleOf(VIEW)
    const { points } = scene
    for (let at = 0; at < points.count; at++) {
      const [px, py] = [x(points.x[at]!), y(points.y[at]!)]
      expect(hitAt(VIEW, scene, px + 1, py - 1, null)).toMatchObject({ kind: 'record', at })
      expect(nearestRecord(VIEW, points, px, py, new Set(['nobody']))).toBe(-1)
    }
    expect(hitAt(VIEW, scene, x(scene.now), VIEW.top, null)).toEqual({ kind: 'playhead' })
    expect(hitAt(VIEW, scene, 400, 490, null)).toEqual({ kind: 'axis' })
    const band = scene.bands.find(({ start }) => start === 0)!
    expect(hitAt(VIEW, scene, x(band.opened) + 6, y(band.start) - 2, new Set(['b']))).toMatchObject({ kind: 'band', band: { id: band.id } })
  })

  test('keys go from record to record, and stop at the last', async () => {
    const ran = await run(scenarioOf(INPUT))
    const { points } = sceneOf(ran, placeNamed(ran, 'task 1'))
    const last = neighbour(points, -1, 'left', null)
    expect(last).toBe(points.count - 1)
    expect(neighbour(points, last, 'right', null)).toBe(-1)
    expect(neighbour(points, last, 'left', null)).toBe(last - 1)
    const highest = points.y.indexOf(Math.max(...points.y))
    expect(neighbour(points, highest, 'up', null)).toBe(-1)
    expect(points.y[neighbour(points, highest, 'down', null)]).toBe(310)
  })

  test('a zoom keeps what is under the pointer, a pan goes with it', () => {
    for (const [px, py] of [
      [70, 10],
      [300, 222],
      [870, 460],
    ] as const) {
      const before = scaleOf(VIEW)
      const after = scaleOf({ ...VIEW, ...zoomed(VIEW, px, py, 0.4) })
      expect(after.micros(px)).toBeCloseTo(before.micros(px), 3)
      expect(after.ms(py)).toBeCloseTo(before.ms(py), 6)
      const moved = scaleOf({ ...VIEW, ...panned(VIEW, 40, -25) })
      expect(moved.micros(px + 40)).toBeCloseTo(before.micros(px), 3)
      expect(moved.ms(py - 25)).toBeCloseTo(before.ms(py), 6)
    }
  })

  test('one event at the end of time does not press all others into a line', () => {
    const ys = [...Array.from({ length: 40 }, (_, at) => 1000 + at * 10), 9.2e18]
    const { y0, y1 } = fitted({ from: 0, to: 1000 }, ys)
    expect(y0).toBeLessThan(1000)
    expect(y1).toBeLessThan(3000)
    expect(fitted({ from: 0, to: 1 }, []).y1).toBeGreaterThan(0)
  })

  test('round ticks, some of them', () => {
    expect(timeStep(3_600_000, 6)).toBe(600_000)
    expect(timeStep(300, 6)).toBe(50)
    expect(timeStep(86_400_000 * 30, 6)).toBe(86_400_000 * 5)
    expect(ticks(-3, 11, 5)).toEqual([-0, 5, 10])
  })

  test('the whole of a run does not depend on the moment, and holds its windows', async () => {
    const { header, topics, scenario } = await run(scenarioOf(INPUT))
    const { whole, near, count } = outlineOf(header, topics, scenario, { kind: 'task', vertex: 1 })!
    expect(count).toBe(12)
    const now = near(1_000_000, LONG_MIN)
    // A watermark that stands a little below is shown, too; one that stands far below, or nowhere yet, is not.
    expect(near(1_000_000, now.y0 - 10).y0).toBeLessThan(now.y0 - 10)
    expect(near(1_000_000, now.y0 - 1e9)).toEqual(now)
    expect(now.x0).toBeLessThan(1_000_000)
    expect(now.x1).toBeGreaterThan(1_000_000)
    expect(whole.y0).toBeLessThan(0)
    expect(whole.y1).toBeGreaterThan(320)
    expect(contains(whole, whole)).toBe(true)
  })
})

describe('who holds whom', () => {
  const line = (id: string, steps: readonly (readonly [time: number, value: number, flags?: number])[]): WatermarkLine => ({
    id,
    name: id,
    number: -1,
    what: 'channel',
    times: steps.map(([time]) => time),
    values: steps.map(([, value]) => value),
    flags: steps.map(([, , flags]) => flags ?? 0),
    events: steps.map((_, at) => at),
    until: 100,
    selection: null,
    heard: 5,
  })

  test('the least of lines, without those that are idle', () => {
    const whole = leastOf([line('p', [[0, LONG_MIN], [10, 5], [40, 50]]), line('q', [[0, LONG_MIN], [20, 3], [30, 3, 1]])], line('w', [])) // prettier-ignore
    expect(whole.times.map((time, at) => [time, whole.values[at]])).toEqual([
      [0, LONG_MIN],
      [20, 3],
      [30, 5],
      [40, 50],
    ])
  })

  test('a label says who holds, and what would be without', async () => {
    const ran = await run(scenarioOf('a@10 b@20 a@60 b@21 a@120 b@22 a@180 b@23'))
    const last = ran.log.lastAt(1_950_000)
    const scene = sceneOf(ran, placeNamed(ran, 'subtask 1 0'), last)
    const hint = idleHint(scene)!
    expect(hint.holder.number).toBe(1)
    expect(hint.others).toBeLessThan(LONG_MAX)
    const words = { eventTime: String, virtualTime: String, duration: String, line: ({ number }: WatermarkLine) => `#${number + 1}`, say: (key: string) => key } // prettier-ignore
    const labels = labelsAt(scene, VIEW, words, (key, args) => `${key} ${args?.line ?? ''}`)
    expect(labels.map(({ text }) => text.trim())).toEqual(expect.arrayContaining(['#1']))
    expect(labels.some(({ text }) => /^(holds|silent) #2$/.test(text))).toBe(true)
    expect(labels.some(({ text }) => /^ifIdle\w* #2$/.test(text))).toBe(true)
  })
})
