import { describe, expect, test } from 'vitest'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { ofKind, sinkLines, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

/** Keyed state of all kinds, timers, windows that merge and windows with an evictor, a function with a list, a broadcast state. */
const PROGRAM = `
import { BroadcastProcessFunction, CountEvictor, Duration, EventTimeSessionWindows, KeyedProcessFunction, ListStateDescriptor, LogSource, MapStateDescriptor, StreamExecutionEnvironment, TumblingEventTimeWindows, ValueStateDescriptor, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
class Count extends KeyedProcessFunction {
  open() {
    const context = this.getRuntimeContext()
    this.n = context.getState(new ValueStateDescriptor('n'))
    this.seen = context.getListState(new ListStateDescriptor('seen'))
    this.by = context.getMapState(new MapStateDescriptor('by'))
  }
  processElement(v, ctx, out) {
    const n = (this.n.value() ?? 0) + 1
    this.n.update(n)
    this.seen.add(n)
    this.by.put(n % 2, (this.by.get(n % 2) ?? 0) + 1)
    ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 3500)
    out.collect(['count', v, ...this.seen.get(), ...[...this.by.values()]].join(' '))
  }
  onTimer(time, ctx, out) { out.collect('timer ' + ctx.getCurrentKey() + ' ' + time) }
}
const numbered = (name) => {
  let given = 0
  let list
  return {
    initializeState(ctx) { list = ctx.getOperatorStateStore().getListState(new ListStateDescriptor(name)); for (const n of list.get()) given += n },
    snapshotState() { list.update([given]) },
    map: (v) => v + ' #' + ++given,
  }
}
const strategy = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(0)).withTimestampAssigner((row, offered) => offered)
const words = env.fromSource(LogSource.topic('in'), strategy, 'in').setParallelism(1).map((row) => row.value).setParallelism(1)
words.keyBy((v) => v).process(new Count()).print('counts')
words.keyBy((v) => v).window(EventTimeSessionWindows.withGap(2500)).reduce((a, b) => a + b).print('sessions')
words.keyBy((v) => v).window(TumblingEventTimeWindows.of(Duration.ofMillis(5000))).evictor(CountEvictor.of(2))
  .apply((key, window, values, out) => out.collect([key, window.getStart(), ...values].join(' '))).print('evicted')
words.map(numbered('given')).setParallelism(1).print('numbered').setParallelism(1)
env.execute('job')
`
const WORDS = [
  'a b a b c a b a b c a b c a b a a b c'
    .split(' ')
    .map((word, i) => `${word}@${i * 1000}`)
    .join(' '),
]

const run = (interventions: readonly Intervention[], configuration: Record<string, string>): Promise<TestRun> =>
  testRun(PROGRAM, {
    until: 45_000_000,
    topics: [topicOf('in', WORDS, 1000)],
    scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 }, interventions },
    configuration: {
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '3',
      'execution.checkpointing.interval': '2 s',
      'state.backend.rocksdb.writebuffer.size': '1 kb',
      'taskmanager.numberOfTaskSlots': '4',
      ...configuration,
    },
  })

/** What was printed, each line once, whoever printed it. After a failure elements come faster, so no timer tells what it found. */
const lines = (of: TestRun): string[] => [...new Set(sinkLines(of).map((line) => line.replace(/:\d+> |^\d+> /, '> ')))].sort()

describe.each([
  ['hashmap', { 'state.backend.type': 'hashmap' }],
  ['RocksDB', { 'state.backend.type': 'rocksdb' }],
  ['RocksDB, incremental', { 'state.backend.type': 'rocksdb', 'execution.checkpointing.incremental': 'true' }],
])('state on %s', (_name, configuration) => {
  test('after failures everything that was printed is what is printed without them', async () => {
    const whole = lines(await run([], configuration))
    expect(whole.length).toBeGreaterThan(30)
    const failed = await run(
      [
        { at: 7_300_000, do: 'kill-task-manager', host: 1 },
        { at: 13_300_000, do: 'fail-task', vertex: 1, subtask: 0 },
      ],
      configuration,
    )
    expect(ofKind(failed, 'JobRestored').length).toBeGreaterThan(0)
    expect(ofKind(failed, 'StateRestored').length).toBeGreaterThan(0)
    expect(lines(failed)).toEqual(whole)
  })
})
