import { describe, expect, it } from 'vitest'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { bytesOfPages } from '../testing/kernel/network'
import { startOnThreads } from './node'
import { ofKind, problemsOf, sinkLines, statesOf, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const HEAD = `
  import { Duration, DataGeneratorSource, KeyedProcessFunction, LogSource, ProcessingTimeSessionWindows, RichParallelSourceFunction, SlidingEventTimeWindows,
    StreamExecutionEnvironment, TumblingEventTimeWindows, ValueStateDescriptor, ListStateDescriptor, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(2)
  const source = (topic, bounded = true) => env.fromSource(bounded ? LogSource.topic(topic).setBounded() : LogSource.topic(topic),
    WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(5)), topic)
`
const COUNT = `.map(r => ({ key: r.value, n: 1 })).keyBy(r => r.key).reduce((a, b) => ({ key: a.key, n: a.n + b.n }))`
const PROGRAMS = {
  counts: `source('t')${COUNT}.map(r => r.key + r.n).print()`,
  windows: `source('t').map(r => ({ key: r.value, n: 1 })).keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
    .reduce((a, b) => ({ key: a.key, n: a.n + b.n }), { process: (key, context, elements, out) => { for (const e of elements) out.collect(key + context.window().getStart() + ':' + e.n) } }).print()`,
  sliding: `source('t').map(r => ({ key: r.value, n: 1 })).keyBy(r => r.key).window(SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5)))
    .sum('n').map(r => r.key + r.n).print()`,
  timers: `source('t').keyBy(r => r.value).process(new class extends KeyedProcessFunction {
      open() { this.times = this.getRuntimeContext().getListState(new ListStateDescriptor('times', Number)) }
      processElement(r, context) {
        this.times.add(context.timestamp())
        context.timerService().registerEventTimeTimer(Math.floor(context.timestamp() / 10) * 10 + 10)
      }
      onTimer(time, context, out) {
        out.collect(context.getCurrentKey() + time + ':' + [...this.times.get()].filter(at => at < time).length)
      }
    }).print()`,
  union: `source('t').union(source('u')).rebalance().map(r => r)${COUNT}.map(r => r.key + r.n).print()`,
  join: `source('t').keyBy(r => r.value).intervalJoin(source('u').keyBy(r => r.value)).between(Duration.ofMillis(-4), Duration.ofMillis(4))
    .process({ processElement: (a, b, context, out) => out.collect(a.value + ':' + context.getLeftTimestamp() + ',' + context.getRightTimestamp()) }).print()`,
}
const TOPICS = [
  topicOf(
    't',
    ['a@1 b@3 a@4 c@9 a@12 b@14 d@16 a@22 c@31 a@33 b@41 a@48 d@55 a@60', 'c@2 a@5 b@8 d@13 c@17 a@21 b@27 c@35 d@38 a@44'],
    300,
  ),
  topicOf('u', ['a@2 b@5 a@11 c@13 d@14 a@25 b@33 c@36 a@45', 'b@4 d@12 c@19 a@29 d@37 c@50'], 400),
]
const CHECKPOINTS = {
  'execution.checkpointing.interval': '700 ms',
  'restart-strategy.type': 'fixed-delay',
  'restart-strategy.fixed-delay.attempts': '9',
  'restart-strategy.fixed-delay.delay': '500 ms',
  'taskmanager.numberOfTaskSlots': '1',
  'heartbeat.interval': '300 ms',
  'heartbeat.timeout': '1 s',
}
const UNALIGNED = { 'execution.checkpointing.unaligned.enabled': 'true' }
const MODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aligned: {},
  unaligned: UNALIGNED,
  'aligned with timeout': { ...UNALIGNED, 'execution.checkpointing.aligned-checkpoint-timeout': '30 ms' },
  'files, incremental RocksDB': {
    'execution.checkpointing.dir': 'file:///checkpoints',
    'state.backend.type': 'rocksdb',
    'execution.checkpointing.incremental': 'true',
    'execution.checkpointing.data-inline-threshold': '0 b',
  },
}
const run = (
  program: string,
  configuration: Readonly<Record<string, string>>,
  interventions: readonly Intervention[] = [],
  until = 60_000_000,
) =>
  testRun(`${HEAD} ${program}; env.execute()`, {
    topics: TOPICS,
    configuration: { ...CHECKPOINTS, ...configuration },
    scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 }, interventions: [...interventions] },
    until,
  })
/** What came to sinks, each text once: what is told again after a failure is the same. */
const results = (finished: TestRun): string[] => [...new Set(sinkLines(finished).map((line) => line.replace(/^\d> /, '')))].sort()
const completed = (finished: TestRun) => ofKind(finished, 'CheckpointCompleted')

describe('a TaskManager dies, at any time', () => {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    it.each(Object.keys(MODES))(`${name}: what comes out is what comes out without (%s)`, async (mode) => {
      const calm = await run(program, MODES[mode]!)
      expect([calm.status, problemsOf(calm)]).toEqual(['FINISHED', []])
      for (const at of [1_234_567, 2_150_000, 3_111_000]) {
        const killed = await run(program, MODES[mode]!, [{ at, do: 'kill-task-manager', host: 1 }])
        expect([killed.status, problemsOf(killed)]).toEqual(['FINISHED', []])
        expect(ofKind(killed, 'JobRestored').map(({ b }) => b > 0)).toContain(true)
        expect(results(killed)).toEqual(results(calm))
      }
    })
  }
})

