import { describe, expect, it } from 'vitest'
import { Prng } from '../base/prng'
import { LONG_MAX } from '../core/time'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention, ResolvedTopic } from '../scenario/types'
import { TraceKind } from '../trace/kinds'
import { clockOf } from '../trace/processingTime'
import { startOnOneThread, startOnThreads } from './node'
import { ofKind, testRun } from './testRun'
import type { TestRun } from './testRun'

const SECOND = 1_000_000
const END = 20 * SECOND

/** Two topics, everything that knows time behind them, and hands on data, clock and cluster. */
function randomTime(seed: number) {
  const random = new Prng(seed, 13)
  const pick = <T>(items: readonly T[]): T => items[random.nextInt(items.length)]!
  const partitions = { l: 1 + random.nextInt(3), r: 1 + random.nextInt(3) }
  const topic = (name: 'l' | 'r'): ResolvedTopic => ({
    name,
    columns: ['value'],
    partitions: Array.from({ length: partitions[name] }, () => {
      let arrival = random.nextInt(SECOND)
      return Array.from({ length: random.nextInt(25) }, (_, row) => {
        arrival += pick([0, 1, 20_000, random.nextInt(SECOND)])
        return { value: { value: pick(['a', 'b', 'c']) }, timestamp: Math.max(0, row * 20 + random.nextInt(100) - 50), arrival, row }
      })
    }),
  })
  const strategy = (): string =>
    pick([
      'WatermarkStrategy.forMonotonousTimestamps()',
      'WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(40))',
      'WatermarkStrategy.forGenerator(() => ({ onEvent: (e, t, out) => out.emitWatermark(new Watermark(t - 10)), onPeriodicEmit: () => undefined }))',
    ]) +
    pick(['', '.withIdleness(Duration.ofMillis(300))', '.withIdleness(Duration.ofMillis(700))']) +
    pick(['', `.withWatermarkAlignment('g', Duration.ofMillis(${pick([10, 100])}), Duration.ofMillis(${pick([100, 250])}))`])
  const read = (name: string, bounded: string): string =>
    `env.fromSource(LogSource.topic('${name}')${bounded}, ${strategy()}, '${name}').setParallelism(${1 + random.nextInt(3)})`
  const bounded = pick(['.setBounded()', ''])
  const program = `
    import { CollectSink, Duration, EventTimeSessionWindows, LogSource, SlidingEventTimeWindows, StreamExecutionEnvironment, TumblingEventTimeWindows, TumblingProcessingTimeWindows, Watermark, WatermarkStrategy } from 'flink'
    const env = StreamExecutionEnvironment.getExecutionEnvironment()
    env.setParallelism(${1 + random.nextInt(2)})
    const l = ${read('l', bounded)}.map(r => ({ key: r.value, n: 1 }))
    const r = ${read('r', bounded)}.map(r => ({ key: r.value, n: Date.now() % 7 }))
    const sum = (a, b) => ({ ...a, n: a.n + b.n })
    l.union(r).keyBy(v => v.key).window(${pick([
      'TumblingEventTimeWindows.of(Duration.ofMillis(50))',
      'SlidingEventTimeWindows.of(Duration.ofMillis(60), Duration.ofMillis(20))',
      'EventTimeSessionWindows.withGap(Duration.ofMillis(30))',
      'TumblingProcessingTimeWindows.of(Duration.ofMillis(400))',
    ])})${pick(['', '.allowedLateness(Duration.ofMillis(30))'])}.reduce(sum).sinkTo(new CollectSink())
    l.keyBy(v => v.key).intervalJoin(r.keyBy(v => v.key)).between(Duration.ofMillis(-20), Duration.ofMillis(30))
      .process({ processElement: (a, b, ctx, out) => out.collect([a, b]) }).sinkTo(new CollectSink())
    l.keyBy(v => v.key).process({
      processElement: (v, ctx, out) => {
        const timers = ctx.timerService()
        timers.registerProcessingTimeTimer(timers.currentProcessingTime() + ${pick([0, 137, 2000])})
        timers.registerEventTimeTimer(ctx.timestamp() + 15)
      },
      onTimer: (at, ctx, out) => out.collect([at, Date.now(), ctx.timerService().currentWatermark()]),
    }).sinkTo(new CollectSink())
    env.execute()`
  const interventions: Intervention[] = []
  const stopped = new Set<number>()
  for (let at = random.nextInt(2 * SECOND), left = random.nextInt(7); left > 0; left--, at += random.nextInt(4 * SECOND)) {
    const name = pick(['l', 'r'] as const)
    const place = { topic: name, partition: random.nextInt(partitions[name]) }
    const host = pick([2, 3])
    const hands: readonly Intervention[] = [
      { at, do: 'silence-partition', ...place, until: at + random.nextInt(5 * SECOND) },
      { at, do: 'silence-partition', ...place },
      { at, do: 'delay-partition', ...place, by: random.nextInt(2 * SECOND) },
      { at, do: 'set-clock', running: pick([true, false]), forward: pick([0, 0, 1, 1000, 5000]) },
      { at, do: 'set-clock', running: true, forward: 0 },
      ...(stopped.has(host) ? [] : [{ at, do: 'stop-task-manager' as const, host }]),
    ]
    const hand = pick(hands)
    if (hand.do === 'stop-task-manager') stopped.add(host)
    interventions.push(hand)
  }
  const configuration = {
    'taskmanager.numberOfTaskSlots': '6',
    'pipeline.auto-watermark-interval': pick(['0 ms', '50 ms', '200 ms']),
    'jobmanager.scheduler': pick(['Default', 'Default', 'Adaptive']),
    'restart-strategy.type': 'fixed-delay',
    'restart-strategy.fixed-delay.attempts': '99',
    'restart-strategy.fixed-delay.delay': '300 ms',
  }
  const scenario = { seed, cluster: { ...DEFAULT_CLUSTER, taskManagers: 3, linkLatency: pick([1, 10, 40]) }, interventions }
  return { program, options: { scenario, configuration, topics: [topic('l'), topic('r')], until: END } }
}

/** What must hold of time in any run, seen from outside. */
function invariants(run: TestRun): void {
  const clock = clockOf(run.header)
  /** By process and place: a place is a node, a split or an input. */
  const last = new Map<string, number>()
  const rises = (place: string, x: number): void => {
    expect(x, place).toBeGreaterThan(last.get(place) ?? -Infinity)
    last.set(place, x)
  }
  const pending = new Map<string, number>()
  // Two may look alike: one side's and the other's of a join, a merged window's and the new one's.
  const count = (timer: string, by: number): void => {
    const left = (pending.get(timer) ?? 0) + by
    expect(left, timer).toBeGreaterThanOrEqual(0)
    pending.set(timer, left)
  }
  const held = new Map<string, boolean>()
  for (const { time, process, kind, a, b, c, d, x } of run.events) {
    switch (kind) {
      case TraceKind.SplitWatermark:
        rises(`${process} split ${a} ${b}`, x)
        break
      case TraceKind.WatermarkEmitted:
        // The end is past the generators: MAX may follow MAX of a generator's own.
        if (x !== LONG_MAX) rises(`${process} emitted ${a}`, x)
        break
      case TraceKind.WatermarkAdvanced:
        rises(`${process} in`, x)
        break
      case TraceKind.TimerRegistered:
        count(`${process} ${a} ${b} ${c} ${d} ${x}`, 1)
        break
      case TraceKind.TimerDeleted:
        count(`${process} ${a} ${b} ${c} ${d} ${x}`, -1)
        break
      case TraceKind.TimerFired:
        count(`${process} ${a} ${b} ${c} ${d} ${x}`, -1)
        if (c === 1) expect(clock.at(time)).toBeGreaterThanOrEqual(x)
        else expect(last.get(`${process} in`)).toBeGreaterThanOrEqual(x)
        break
      case TraceKind.SplitPaused: {
        const place = `${process} ${a} ${b}`
        expect(held.get(place) ?? false).toBe(c === 0)
        held.set(place, c === 1)
        break
      }
      case TraceKind.SourceRecord:
        expect(held.get(`${process} ${a} -1`) ?? false).toBe(false)
    }
  }
}

const outputs = (run: TestRun): unknown[] =>
  ofKind(run, 'SinkRecord')
    .filter(({ time }) => time < END)
    .map(({ time, process, x, payload }) => [time, process, x, payload])
/** All that the trace says before a moment, as text: to be compared as a whole. */
const before = ({ events }: TestRun, until: number): string =>
  events
    .filter(({ time }) => time < until)
    .map(({ time, process, kind, a, b, c, d, x, payload }) => `${time} ${process} ${kind} ${a} ${b} ${c} ${d} ${x} ${payload.join()}`)
    .join('\n')
const onOneThread = startOnOneThread()

describe('random time', () => {
  for (let seed = 1; seed <= 24; seed++) {
    it(`up to a hand on data, clock or cluster all is as without it; traced or not, here or on threads it is one run (${seed})`, async () => {
      const { program, options } = randomTime(seed)
      const { scenario } = options
      const run = await testRun(program, options)
      invariants(run)
      const kept = scenario.interventions.slice(0, seed % (scenario.interventions.length + 1))
      const fork = scenario.interventions[kept.length]?.at ?? Infinity
      const without = await testRun(program, { ...options, scenario: { ...scenario, interventions: kept } })
      expect(before(without, fork)).toBe(before(run, fork))
      expect(outputs(await testRun(program, { ...options, tracing: false }))).toEqual(outputs(run))
      if (seed % 4 !== 0) return
      for (const start of seed % 12 === 0 ? [onOneThread, startOnThreads] : [onOneThread]) {
        const elsewhere = await testRun(program, { ...options, start })
        // Where a run that has no end is cut is not the same everywhere.
        expect(before(elsewhere, END)).toBe(before(run, END))
      }
    })
  }
})
