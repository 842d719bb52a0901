import { describe, expect, test } from 'vitest'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import { runJob, type JobRun, type JobSetting } from '../../testing/runJob'
import { NODES } from '../../testing/flightsHeader'
import { JobTrace } from '../../testing/traceBuilder'
import { clusterFold } from '../cluster/fold'
import { FoldRunner } from '../fold'
import { TraceKind } from '../kinds'
import { TraceLog } from '../log'
import { timeFold } from './fold'
import {
  attemptAt,
  attemptOfProcess,
  boundsAt,
  channelNow,
  elementCount,
  firingOrder,
  firingsOf,
  inFlight,
  keptIn,
  lateOf,
  pendingCount,
  pendingTimers,
  splitNow,
  splitsAt,
  taskNow,
  traceUpstream,
  windowsOf,
} from './queries'
import type { TimeState } from './state'

const HEAD = `
import { AsyncDataStream, CollectSink, Duration, EventTimeSessionWindows, KeyedProcessFunction, LogSource, PrintSink, ProcessJoinFunction, SlidingEventTimeWindows, StreamExecutionEnvironment, TumblingEventTimeWindows, TumblingProcessingTimeWindows, WatermarkStrategy } from 'flink'
interface Row { key: string; time: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const marks = WatermarkStrategy.forBoundedOutOfOrderness<Row>(Duration.ofMillis(5)).withTimestampAssigner(r => r.time)
const source = (name: string, strategy = marks) => env.fromSource(LogSource.topic<Row>('input').setBounded(), strategy, name)
`

function folded(job: JobTrace): { readonly state: TimeState; readonly log: TraceLog } {
  const log = new TraceLog()
  log.append(job.take())
  return { state: new FoldRunner(timeFold, job.header, log).seek(log.length - 1), log }
}

const run = (job: string, setting: JobSetting = {}): Promise<JobRun> => runJob(`${HEAD}${job}\nenv.execute('job')`, setting)

describe('acted by hand', () => {
  test('which channel holds the rest, since when, and whose partition is to blame', () => {
    const job = new JobTrace().deploy()
    const { state } = folded(job.emit(0, 'a@1 b@12 W(9)').emit(1, 'a@2 W(4)').settle().emit(0, '+50 W(20)').settle())
    const window = attemptAt(state, 2)!
    const task = taskNow(state, window)
    expect(task.watermark.value).toBe(4)
    expect(task.leastChannel).toBe(2)
    expect(channelNow(state, 0).watermark.value).toBe(20)
    expect(channelNow(state, 2)).toMatchObject({ aligned: true, idle: { value: 0 }, sent: { value: 4 } })
    const { hops, heldBy, split } = traceUpstream(state, 2)
    expect(hops.map(({ vertex, channel, watermark }) => [vertex, channel, watermark.value])).toEqual([
      [2, 2, 4],
      [1, -1, 4],
    ])
    expect([heldBy, split?.split.partition, split?.greatest.value, split?.records]).toEqual(['partition', 1, 2, 1])
  })

  test('a channel that is idle takes no part, and one that comes back late neither until it has caught up (T-15, T-16)', () => {
    const job = new JobTrace().deploy().emit(0, 'W(3)').emit(1, 'W(5)').settle()
    const [, , one] = job.processes
    job.say(one!, 'StatusIn', { a: 0, b: 1 }).say(one!, 'WatermarkAdvanced', { a: NODES.window, x: 5 })
    let { state } = folded(job)
    expect(channelNow(state, 0)).toMatchObject({ aligned: false, idle: { value: 1 } })
    expect(taskNow(state, attemptAt(state, 2)!)).toMatchObject({ watermark: { value: 5 }, leastChannel: 2 })

    const again = new JobTrace().deploy().emit(0, 'W(3)').emit(1, 'W(5)').settle()
    again.say(one!, 'StatusIn', { a: 0, b: 1 }).say(one!, 'WatermarkAdvanced', { a: NODES.window, x: 5 })
    again.say(one!, 'StatusIn', { a: 0, b: 0 }).say(one!, 'WatermarkIn', { a: 0, x: 4 })
    state = folded(again).state
    expect(channelNow(state, 0)).toMatchObject({ aligned: false, idle: { value: 0 }, watermark: { value: 4 } })
    expect(taskNow(state, attemptAt(state, 2)!).leastChannel).toBe(2)
  })

  test('a watermark on its way holds nothing', () => {
    const job = new JobTrace().deploy().emit(0, 'W(3)').emit(1, 'W(5)').settle().emit(0, 'W(8)')
    expect(traceUpstream(folded(job).state, 2)).toMatchObject({
      heldBy: 'on-the-way',
      hops: [{ vertex: 2, onTheWay: true }, { vertex: 0 }],
    })
  })

  test('windows open, fill, fire and go; what is late is told with its distance; seeking back undoes it', () => {
    const job = new JobTrace().deploy()
    job.emit(0, 'a@1 a@3 b@12').emit(1, 'W(30)').settle()
    const before = job.pages.count
    job.emit(0, 'W(10)').settle().emit(0, 'a@2').settle()
    const log = new TraceLog()
    log.append(job.take())
    const runner = new FoldRunner(timeFold, job.header, log)
    const last = runner.seek(log.length - 1)
    const told = (state: TimeState) =>
      windowsOf(state, NODES.window, 'all')
        .sort((a, b) => a.start - b.start)
        .map((window) => {
          const { start, end } = boundsAt(state, window)
          return [
            start,
            end,
            elementCount(state, window),
            firingsOf(state, window)
              .map(({ results }) => results.length)
              .join(),
            window.closed >= 0 && window.closed <= state.event,
          ]
        })
    expect(told(last)).toEqual([
      [0, 10, 2, '1', true],
      [10, 20, 1, '', false],
    ])
    expect(lateOf(last, NODES.window)).toMatchObject([{ timestamp: 2, watermark: 10, toSide: false }])
    expect(pendingTimers(last, NODES.window, 'event').map(({ time }) => time)).toEqual([19])
    const early = runner.seek(before - 1)
    expect(told(early)).toEqual([
      [0, 10, 2, '', false],
      [10, 20, 1, '', false],
    ])
    expect(pendingTimers(early, NODES.window, 'event').map(({ time }) => time)).toEqual([9, 19])
    expect(lateOf(early, NODES.window)).toEqual([])
  })

  test('everything of an attempt that is lost goes with it', () => {
    const job = new JobTrace().deploy().emit(0, 'a@1 W(3)').emit(1, 'W(5)').settle()
    for (const vertex of [2, 3]) job.executionState(vertex, 'FAILED', 'java.lang.RuntimeException')
    const { state } = folded(job)
    expect(windowsOf(state, NODES.window)).toEqual([])
    expect(pendingTimers(state, NODES.window, 'event')).toEqual([])
  })
})

const JOBS: Readonly<Record<string, string>> = {
  tumbling: `source('in').keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a, b) => a).sinkTo(new PrintSink())`,
  'sliding, late ones taken': `source('in').keyBy(r => r.key).window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(8))).allowedLateness(Duration.ofMillis(10)).reduce((a, b) => a).sinkTo(new PrintSink())`,
  sessions: `source('in').keyBy(r => r.key).window(EventTimeSessionWindows.withGap(Duration.ofMillis(9))).reduce((a, b) => a).sinkTo(new PrintSink())`,
  'processing time': `source('in').keyBy(r => r.key).window(TumblingProcessingTimeWindows.of(Duration.ofMillis(10))).reduce((a, b) => a).sinkTo(new PrintSink())`,
  'two inputs': `source('l').keyBy(r => r.key).intervalJoin(source('r', marks.withIdleness(Duration.ofMillis(40))).keyBy(r => r.key)).between(Duration.ofMillis(-5), Duration.ofMillis(5))
    .process(new (class extends ProcessJoinFunction<Row, Row, string> { processElement(l: Row, r: Row, c: unknown, out: any) { out.collect(l.key) } })()).sinkTo(new CollectSink())`,
  'idle now and then': `source('one', marks.withIdleness(Duration.ofMillis(20))).union(source('two', marks.withIdleness(Duration.ofMillis(60)))).keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a, b) => b).sinkTo(new PrintSink())`,
  'watermarks made on the way': `source('in', WatermarkStrategy.noWatermarks()).map(r => r).assignTimestampsAndWatermarks(marks).rebalance().map(r => r).keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a, b) => b).sinkTo(new PrintSink())`,
}

describe.each(Object.entries(JOBS))('a real run: %s', (_, job) => {
  test('inputs combine to what the task says, and windows and timers are those that the cluster counts', async () => {
    const input = Array.from(
      { length: 160 },
      (_, i) => `${'abcd'[(i * i) % 4]}@${Math.max(0, i * 3 - ((i * 7) % 11) - (i % 23 === 0 ? 60 : 0))}`,
    ).join(' ')
    const { header, log } = await run(job, {
      input,
      partitions: 3,
      every: 4,
      configuration: { 'pipeline.auto-watermark-interval': '10 ms' },
    })
    const time = timeFold.init(header)
    const cluster = clusterFold.init(header)
    const wrong: string[] = []
    const reader = log.reader()
    while (reader.next()) {
      timeFold.apply(time, reader)
      clusterFold.apply(cluster, reader)
      if (reader.kind === TraceKind.WatermarkAdvanced) {
        const attempt = attemptOfProcess(time, reader.process)!
        const { inputs, watermark } = taskNow(time, attempt)
        const active = inputs.filter(({ idle }) => idle.value === 0)
        const least = Math.min(...(active.length > 0 ? active : inputs).map((each) => each.watermark.value))
        if (least !== reader.x || watermark.value !== reader.x) wrong.push(`${reader.index}: ${least} for ${reader.x}`)
      }
      if (reader.index % 97 !== 0) continue
      for (const { index } of header.executionGraph.vertices) {
        const attempt = attemptAt(time, index)
        const nodes = [...(attempt?.nodes.values() ?? [])]
        const timers = nodes.reduce((sum, { timers }) => sum + pendingCount(time, timers.event) + pendingCount(time, timers.processing), 0)
        if (timers !== cluster.timers[index]) wrong.push(`${reader.index}: ${timers} timers of ${cluster.timers[index]}`)
        const open = nodes.reduce(
          (sum, { windows }) => sum + windows.filter(({ opened, closed }) => opened <= time.event && closed < 0).length,
          0,
        )
        if (open !== cluster.windows[index]) wrong.push(`${reader.index}: ${open} windows of ${cluster.windows[index]}`)
      }
    }
    expect(wrong).toEqual([])
    for (const { index } of header.executionGraph.vertices) expect(taskNow(time, attemptAt(time, index)!).watermark.value).toBe(LONG_MAX)
    const splits = header.executionGraph.vertices.flatMap(({ index }) => splitsAt(time, attemptAt(time, index)!))
    expect(splits.length % 3).toBe(0)
    const read = splits.reduce((sum, split) => sum + splitNow(time, split).records, 0)
    expect(read % 160).toBe(0)
  })
})

test.each([
  ['windows', JOBS['sliding, late ones taken']!],
  [
    'timers of a function',
    `source('in').keyBy(r => r.time % 3).process(new (class extends KeyedProcessFunction<number, Row, string> {
      processElement(r: Row, ctx: any) { for (const d of [40, 10, 40, 70]) ctx.timerService().registerEventTimeTimer(Math.floor(r.time / 10) * 10 + d); ctx.timerService().deleteEventTimeTimer(Math.floor(r.time / 10) * 10 + 30) }
    })()).sinkTo(new CollectSink())`,
  ],
])('timers are told in the order in which they fire, ties of the heap as well: %s', async (_, job) => {
  const input = Array.from({ length: 120 }, (_, i) => `${'abcdefg'[(i * i) % 7]}@${i * 2}`).join(' ')
  const { header, log } = await run(job, {
    input,
    every: 3,
    configuration: { 'parallelism.default': '1', 'pipeline.auto-watermark-interval': '40 ms' },
  })
  const runner = new FoldRunner(timeFold, header, log)
  let compared = 0
  for (let event = 1; event < log.length; event++) {
    if (log.kindAt(event) !== TraceKind.TimerFired || log.kindAt(event - 1) === TraceKind.TimerFired) continue
    // All that one watermark lets fire, until one of them sets another.
    const state = runner.seek(event - 1)
    const { process, a: node, c } = log.at(event)
    const table = attemptOfProcess(state, process)!.nodes.get(node)!.timers[c === 0 ? 'event' : 'processing']
    const order = firingOrder(state, table)
    const fired: number[] = []
    const reader = log.reader().before(event)
    while (
      reader.next() &&
      reader.kind !== TraceKind.TimerRegistered &&
      reader.kind !== TraceKind.TimerDeleted &&
      reader.kind !== TraceKind.WatermarkIn
    ) {
      if (reader.kind !== TraceKind.TimerFired || reader.process !== process || reader.a !== node) continue
      fired.push(
        order.find((row) => table.keys.at(row) === reader.b && table.windows.at(row) === reader.d && table.times.at(row) === reader.x) ??
          -1,
      )
    }
    expect(fired).toEqual(order.slice(0, fired.length))
    compared += fired.length > 2 ? fired.length : 0
  }
  expect(compared).toBeGreaterThan(20)
})

test('after a restart everything begins anew: windows, timers, watermarks, splits', async () => {
  const { header, log } = await run(JOBS.tumbling!, {
    input: Array.from({ length: 80 }, (_, i) => `${'ab'[i % 2]}@${i * 3}`).join(' '),
    partitions: 2,
    every: 20,
    cluster: { taskManagers: 3 },
    configuration: {
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.delay': '100 ms',
      'pipeline.auto-watermark-interval': '50 ms',
    },
    interventions: [{ at: 700_000, do: 'stop-task-manager', host: 1 }],
  })
  const runner = new FoldRunner(timeFold, header, log)
  const node = header.streamGraph.nodes.find(({ operator }) => operator.kind === 'window')!.id
  const before = runner.seek(log.lastAt(699_000))
  expect(windowsOf(before, node).length).toBeGreaterThan(0)
  const first = attemptAt(before, 0)!
  const deployed = findAttempt(log, 1)
  expect(deployed).toBeGreaterThan(0)
  const after = runner.seek(deployed)
  expect(attemptAt(after, 0)).not.toBe(first)
  expect(windowsOf(after, node)).toEqual([])
  expect(pendingTimers(after, node, 'event')).toEqual([])
  expect(taskNow(after, attemptAt(after, 2)!).watermark.value).toBe(LONG_MIN)
  const last = runner.seek(log.length - 1)
  expect(taskNow(last, attemptAt(last, 2)!).watermark.value).toBe(LONG_MAX)
  expect(runner.seek(log.lastAt(699_000)).event).toBe(before.event)
  expect(attemptAt(runner.state, 0)).toBe(first)
})

/** The event by which every subtask has an attempt of that number deployed. */
function findAttempt(log: TraceLog, attempt: number): number {
  const seen = new Set<number>()
  const reader = log.reader()
  while (reader.next()) {
    if (reader.kind === TraceKind.ExecutionState && reader.b === attempt && reader.d !== 0) seen.add(reader.a)
    if (seen.size === 4) return reader.index
  }
  return -1
}

test('what an interval join keeps is gone in the end', async () => {
  const { header, log } = await run(JOBS['two inputs']!, {
    input: 'a@1 a@3 b@40 a@50',
    every: 20,
    configuration: { 'pipeline.auto-watermark-interval': '10 ms' },
  })
  const runner = new FoldRunner(timeFold, header, log)
  let most = 0
  for (let event = 0; event < log.length; event += 5) {
    const state = runner.seek(event)
    const kept = [...state.index.nodes.values()].flat().flatMap(({ join }) => (join === null ? [] : keptIn(state, join)))
    most = Math.max(most, kept.length)
  }
  expect(most).toBeGreaterThan(1)
  const last = runner.seek(log.length - 1)
  expect([...last.index.nodes.values()].flat().flatMap(({ join }) => (join === null ? [] : keptIn(last, join)))).toEqual([])
  expect([...last.index.nodes.values()].flat().flatMap(({ async }) => (async === null ? [] : inFlight(last, async)))).toEqual([])
})
