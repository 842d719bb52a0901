import { beforeAll, describe, expect, test, vi } from 'vitest'
import { compile } from '../client/compile'
import { startLocal } from '../minicluster/local'
import { newScenario } from '../scenario/defaults'
import { setCell, setProgram } from '../scenario/edits'
import { resolveTopics } from '../scenario/topics'
import type { Scenario } from '../scenario/types'
import { TraceKind } from '../trace/kinds'
import { Session } from './session.svelte'

const PROGRAM = `
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
env.fromSource(LogSource.topic('events').setBounded(), WatermarkStrategy.forMonotonousTimestamps().withTimestampAssigner((e) => e.time), 'events')
  .keyBy((e) => e.key)
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
  .reduce((a, b) => ({ ...a, value: a.value + b.value }))
  .map((e) => e.key + e.value)
  .sinkTo(new PrintSink())
env.execute('sums')
`
/** "a@1 a@2 …", one record each ms of virtual time, each worth 1. */
const events = (text: string): Scenario['topics'] => [
  {
    name: 'events',
    partitions: 1,
    table: {
      from: 'inline',
      columns: ['key', 'time', 'value'],
      rows: text.split(' ').map((event) => [event.split('@')[0]!, Number(event.split('@')[1]), 1]),
    },
    eventTime: 'time',
    arrival: { by: 'rate', every: 300 },
  },
]

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 0))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

function sessionOf(text: string) {
  const calls = { compiled: 0, beside: 0, onScreen: 0, topics: 0 }
  /** A run on screen starts no sooner than that. */
  const gate: { opens: Promise<void> | null } = { opens: null }
  const session = new Session(newScenario({ program: { language: 'typescript', text: PROGRAM }, topics: events(text) }), {
    compile: async (program) => {
      calls.compiled++
      return compile(program)
    },
    resolveTopics: (scenario) => {
      calls.topics += scenario.topics.length
      return resolveTopics(scenario, () => Promise.reject(new Error('no data here')))
    },
    readPlan: () => Promise.reject(new Error('no plan here')),
    startRun: async (request) => {
      calls.onScreen++
      await gate.opens
      return startLocal(request)
    },
    startBeside: (request) => {
      calls.beside++
      return startLocal(request)
    },
  })
  return { session, calls, gate }
}
const until = (holds: () => boolean): Promise<void> => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 })
async function ran(text: string) {
  const made = sessionOf(text)
  await made.session.run({ play: false })
  await until(() => made.session.runner.phase === 'ended')
  return made
}
/** What is on screen at the end of it. */
function results({ runner }: Session): string {
  const reader = runner.log!.reader()
  const found: string[] = []
  while (reader.next()) if (reader.kind === TraceKind.SinkRecord) found.push(String(reader.value()))
  return found.join(' ')
}
const hashOf = ({ runner }: Session) => runner.log!.prefixHash()
const move = (row: number, time: number) => (scenario: Scenario) => setCell(scenario, 'events', row, 'time', time)

describe('a hand on the data', () => {
  test('what comes out follows the hand, the playhead stays, and letting go takes it back', async () => {
    const { session, calls } = await ran('a@1 a@2 a@12 a@25')
    const before = hashOf(session)
    const { time } = session.player
    session.player.seek({ time: 700_000 })
    session.preview(move(1, 13))
    await until(() => session.runner.overlay !== null && session.runner.complete)
    expect([results(session), session.player.time, session.edited, time]).toEqual(['a1 a2 a1', 700_000, false, 0])
    session.hand.revert()
    expect([results(session), hashOf(session), session.player.time]).toEqual(['a2 a1 a1', before, 700_000])
    expect([session.history.canUndo, session.forks.list.length, calls.compiled]).toEqual([false, 1, 1])
  })

  test('of all that is asked for while one is made, the last counts', async () => {
    const { session, calls } = await ran('a@1 a@2 a@12 a@25')
    for (let to = 3; to <= 30; to++) session.preview(move(1, to))
    await until(() => session.runner.topics[0]!.partitions[0]![1]!.timestamp === 30)
    // What comes after the playhead follows when the hand rests.
    await until(() => results(session) === 'a1 a1')
    expect(calls.beside).toBeLessThan(4)
  })

  describe.each(['bounded', 'endless'])('undone while it is still on its way, what was is on screen: %s', (kind) => {
    test.each([0, 1, 3, 8, 15, 25])('after %i turns', async (turns) => {
      const { session } = sessionOf('a@1 a@2 a@12 a@25')
      if (kind === 'endless') session.edit('program', (scenario) => setProgram(scenario, PROGRAM.replace('.setBounded()', '')))
      await session.run({ play: false })
      await until(() => ['ended', 'resting'].includes(session.runner.phase))
      session.player.seek({ time: 700_000 })
      const shown = results(session)
      const kept = session.keep(move(1, 13), 'a moved')
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
      session.undo()
      await kept
      await until(() => !session.edited && ['ended', 'resting'].includes(session.runner.phase))
      expect([results(session), session.runner.overlay, session.runner.topics[0]!.partitions[0]![1]!.timestamp]).toEqual([shown, null, 2])
    })
  })

  test.each([0, 1, 3, 8, 15, 25])('one change upon another, the second undone after %i turns: the first is on screen', async (turns) => {
    const { session } = await ran('a@1 a@2 a@12 a@25')
    const first = session.keep(move(1, 13), 'a moved')
    const second = session.keep(move(0, 14), 'another moved')
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
    session.undo()
    await Promise.all([first, second])
    await until(() => !session.edited && session.runner.overlay === null && ['ended', 'resting'].includes(session.runner.phase))
    expect(session.runner.topics[0]!.partitions[0]!.map(({ timestamp }) => timestamp)).toEqual([1, 13, 12, 25])
  })

  test('a change whose run took the place of one that was still starting, undone when it is in sight: it goes', async () => {
    const { session, gate, calls } = sessionOf('a@1 a@2 a@12 a@25')
    // A run without an end is made again on screen: what is known of it is not all.
    session.edit('program', (scenario) => setProgram(scenario, PROGRAM.replace('.setBounded()', '')))
    await session.run({ play: false })
    await until(() => ['ended', 'resting'].includes(session.runner.phase))
    session.player.seek({ time: 700_000 })
    const times = () => session.runner.topics[0]!.partitions[0]!.map(({ timestamp }) => timestamp)
    const gateway = () => {
      let opens = (): void => {}
      gate.opens = new Promise((resolve) => (opens = resolve))
      return () => opens()
    }
    const [started, openFirst] = [calls.onScreen, gateway()]
    const first = session.keep(move(1, 13), 'a moved')
    await until(() => calls.onScreen === started + 1)
    const openSecond = gateway()
    const second = session.keep(move(0, 14), 'another moved')
    await until(() => calls.onScreen === started + 2)
    expect(times()[0]).toBe(14)
    openFirst()
    await first
    session.undo()
    openSecond()
    gate.opens = null
    await second
    await until(() => !session.edited && session.runner.overlay === null && ['ended', 'resting'].includes(session.runner.phase))
    expect(times()).toEqual([1, 13, 12, 25])
  })

  test('undone while its run starts, it does not come on screen afterwards', async () => {
    const { session, gate } = sessionOf('a@1 a@2 a@12 a@25')
    session.edit('program', (scenario) => setProgram(scenario, PROGRAM.replace('.setBounded()', '')))
    await session.run({ play: false })
    await until(() => session.runner.phase === 'resting')
    const shown = results(session)
    let open = (): void => {}
    gate.opens = new Promise((resolve) => (open = resolve))
    const kept = session.keep(move(1, 13), 'a moved')
    await until(() => session.runner.phase === 'replaying')
    session.undo()
    open()
    expect(await kept).toBe(false)
    await until(() => session.runner.phase === 'resting')
    expect([results(session), session.edited]).toEqual([shown, false])
  })

  test('kept, it is one edit and a fork: the trace is that of a run of its own, and undo brings the other back', async () => {
    const { session, calls } = await ran('a@1 a@2 a@12 a@25')
    const before = hashOf(session)
    session.preview(move(1, 13))
    session.preview(move(1, 14))
    expect(await session.keep(move(1, 14), 'a moved')).toBe(true)
    expect([results(session), session.edited, session.runner.overlay, calls.onScreen]).toEqual(['a1 a2 a1', false, null, 1])
    expect(session.forks.list.map(({ name }) => name)).toEqual(['as it began', 'a moved'])
    const fresh = await ran('a@1 a@14 a@12 a@25')
    expect(hashOf(session)).toBe(hashOf(fresh.session))

    session.undo()
    await until(() => hashOf(session) === before)
    expect([session.edited, session.forks.there?.name, session.history.canUndo]).toEqual([false, 'as it began', false])
    session.redo()
    await until(() => hashOf(session) === hashOf(fresh.session))
    expect([session.forks.there?.name, session.forks.list.length]).toEqual(['a moved', 2])
  })

  test('a change that cannot run is told, and what was on screen stays', async () => {
    const { session } = await ran('a@1 a@2 a@12 a@25')
    const before = hashOf(session)
    const broken = (scenario: Scenario) => setProgram(scenario, 'this is not')
    session.preview(broken)
    await until(() => session.hand.problem !== null)
    expect(await session.keep(broken, 'broken')).toBe(false)
    expect([hashOf(session), session.edited, session.runner.problems.length]).toEqual([before, true, 1])
  })
})

describe('forks', () => {
  test('what is changed after F belongs to one fork; two are compared on one clock, and change places', async () => {
    const { session } = await ran('a@1 a@2 a@12 a@25')
    session.forkHere()
    await session.keep(move(1, 13), 'one')
    await session.keep(move(0, 14), 'two')
    expect(session.forks.list.map(({ name }) => name)).toEqual(['as it began', 'fork at 0.000 s'])
    expect(results(session)).toBe('a3 a1')
    const [first, second] = session.forks.list
    session.compare(first!.id)
    await until(() => session.comparison.run !== null)
    expect(session.comparison.run!.shown.log.prefixHash()).not.toBe(hashOf(session))
    await session.switchTo(first!.id)
    expect([results(session), session.comparison.fork?.id]).toEqual(['a2 a1 a1', second!.id])
  })

  test('a fork whose trace is no longer there is made again', async () => {
    const { session } = await ran('a@1 a@2 a@12 a@25')
    await session.keep(move(1, 13), 'one')
    const stored = session.forks.stored
    const { session: later } = sessionOf('a@1 a@13 a@12 a@25')
    later.open(session.scenario, 'library', { forks: stored })
    await later.run({ play: false })
    await until(() => later.runner.phase === 'ended')
    expect([later.forks.there?.name, later.forks.list.length]).toEqual(['one', 2])
    await later.switchTo(later.forks.list[0]!.id)
    await until(() => later.runner.phase === 'ended')
    expect(results(later)).toBe('a2 a1 a1')
  })
})
