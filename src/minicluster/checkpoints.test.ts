import { describe, expect, it } from 'vitest'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { bytesOfPages } from '../testing/kernel/network'
import { startOnThreads } from './node'
import { ofKind, problemsOf, sinkLines, testRun, topicOf } from './testRun'
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

const CHECKPOINTED_SOURCE = `
  class Numbers extends RichParallelSourceFunction {
    next = 0;
    *run(context) { while (this.next < 12) { context.collect(this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() * 100 + this.next++); yield 250 } }
    cancel() {}
    snapshotState() { this.state.update([this.next]) }
    initializeState(context) {
      this.state = context.getOperatorStateStore().getListState(new ListStateDescriptor('next', Number))
      for (const next of this.state.get()) this.next = next
    }
  }
  env.addSource(new Numbers())`

describe('sources go back to where the checkpoint saw them', () => {
  const numbers = (finished: TestRun) => sinkLines(finished).map((line) => Number(line.replace(/^\d> /, '')))
  it.each([
    ['a SourceFunction with state, at its own pace', CHECKPOINTED_SOURCE, 24],
    ['one that emits all at once', CHECKPOINTED_SOURCE.replace('*run', 'run').replace('; yield 250', ''), 24],
    ['a generator', `env.fromSource(new DataGeneratorSource(n => n, 30), WatermarkStrategy.noWatermarks(), 'in')`, 30],
    ['a sequence', 'env.fromSequence(0, 29)', 30],
  ])('%s', async (_, source, count) => {
    const program = `${source}.map(n => n).name('Slow').print()`
    const slow = { 'tidemark.cost.Slow': '150000' }
    const killed = await run(program, slow, [{ at: 1_300_000, do: 'kill-task-manager', host: 1 }])
    expect([killed.status, problemsOf(killed)]).toEqual(['FINISHED', []])
    expect(new Set(numbers(killed)).size).toBe(count)
    // Not from the beginning: some were not read again.
    expect(numbers(killed).length).toBeLessThan(count * 1.7)
    expect(ofKind(killed, 'OffsetRestored').some(({ c }) => c > 0)).toBe(true)
  })

  it('without state it begins again', async () => {
    const program = CHECKPOINTED_SOURCE.replace(/snapshotState[^]*?\n    }\n/, '') + '.print()'
    const killed = await run(program, {}, [{ at: 2_000_000, do: 'kill-task-manager', host: 1 }])
    expect(killed.status).toBe('FINISHED')
    expect(numbers(killed).filter((n) => n === 0)).toHaveLength(2)
  })
})

describe('back-pressure', () => {
  const program = `source('t').union(source('u')).map(r => r).disableChaining()${COUNT}.name('Slow').map(r => r.key + r.n).print()`
  const many = [0, 1].map((p) => Array.from({ length: 600 }, (_, i) => `${'abcdefgh'[(i * 7 + p) % 8]}@${i}`).join(' '))
  const slow = (configuration: Readonly<Record<string, string>>, interventions: readonly Intervention[] = []) =>
    testRun(`${HEAD} ${program}; env.execute()`, {
      topics: [topicOf('t', many), topicOf('u', many)],
      configuration: {
        ...CHECKPOINTS,
        'tidemark.cost.Slow': '10000',
        'taskmanager.memory.segment-size': '256 b',
        ...configuration,
      },
      scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 }, interventions: [...interventions] },
      until: 60_000_000,
    })
  it('unaligned checkpoints hold what is under way; it comes back, once', async () => {
    const killed = await slow(UNALIGNED, [{ at: 3_500_000, do: 'kill-task-manager', host: 1 }])
    expect([killed.status, problemsOf(killed)]).toEqual(['FINISHED', []])
    expect(ofKind(killed, 'ChannelStatePersisted').filter(({ c, x }) => c > 0 && x === 0).length).toBeGreaterThan(0)
    expect(ofKind(killed, 'ChannelStatePersisted').filter(({ c, x }) => c > 0 && x === 1).length).toBeGreaterThan(0)
    expect(results(killed)).toEqual(results(await slow({})))
  })
  it('at least once: nothing is missing, some is counted twice', async () => {
    const killed = await slow({ 'execution.checkpointing.mode': 'AT_LEAST_ONCE' }, [{ at: 3_500_000, do: 'kill-task-manager', host: 1 }])
    expect(killed.status).toBe('FINISHED')
    const greatest = (key: string): number =>
      Math.max(
        ...results(killed)
          .filter((text) => text.startsWith(key))
          .map((text) => Number(text.slice(1))),
      )
    for (const key of 'abcdefgh') expect(greatest(key)).toBeGreaterThanOrEqual(300)
  })
})

describe('the end', () => {
  it.each([true, false])('of a job that stops with a savepoint, drained or not (%s)', async (drain) => {
    const stopped = await run(
      PROGRAMS.windows.replace("source('t')", "source('t', false)"),
      { 'execution.checkpointing.savepoint-dir': 'file:///s' },
      [{ at: 1_500_000, do: 'stop-with-savepoint', drain }],
    )
    expect([stopped.status, problemsOf(stopped)]).toEqual(['FINISHED', []])
    expect(ofKind(stopped, 'SavepointAsked').map(({ d }) => d)).toEqual([0, 1])
    // Windows that were open give what they have when it is drained.
    const calm = await run(PROGRAMS.windows, {})
    expect(results(stopped).some((line) => !results(calm).includes(line))).toBe(drain)
  })
})

it('an asynchronous part that fails declines the checkpoint, and counts', async () => {
  const failing = await run(PROGRAMS.counts, { 'execution.checkpointing.tolerable-failed-checkpoints': '9' }, [
    { at: 1_000_000, do: 'decline-checkpoints', vertex: 0, subtask: 1, until: 2_000_000 },
  ])
  expect(failing.status).toBe('FINISHED')
  const [declined] = ofKind(failing, 'CheckpointDeclined')
  expect(new TextDecoder().decode(declined!.payload)).toContain('Could not materialize checkpoint 2 for operator Source: t -> Map (2/2)#0.')
  expect(completed(failing).map(({ b }) => b)).toContain(3)
  expect(ofKind(failing, 'FaultStruck').map(({ a, b, payload }) => `${a} ${b} ${new TextDecoder().decode(payload)}`)).toEqual([
    '0 1 The snapshot of checkpoint 2 was made to fail.',
  ])
})

it("state that is too large for the memory of the JobManager is declined in Flink's words", async () => {
  const large = await run(
    `source('t', false).map(r => ({ key: r.value, text: 'x'.repeat(3_000_000) })).keyBy(r => r.key).reduce((a, b) => b).map(r => r.key).print()`,
    {},
    [],
    1_500_000,
  )
  const texts = ofKind(large, 'CheckpointDeclined').map(({ payload }) => new TextDecoder().decode(payload))
  expect(texts.join()).toMatch(/Size of the state is larger than the maximum permitted memory-backed state. Size=\d+, maxSize=5242880/)
})

it('the same bytes on threads', async () => {
  const options = {
    topics: TOPICS,
    configuration: { ...CHECKPOINTS, ...MODES['files, incremental RocksDB'], ...UNALIGNED },
    scenario: {
      cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 },
      interventions: [{ at: 2_150_000, do: 'kill-task-manager' as const, host: 1 }],
    },
    until: 60_000_000,
  }
  const [one, threads] = [
    await testRun(`${HEAD} ${PROGRAMS.union}; env.execute()`, options),
    await testRun(`${HEAD} ${PROGRAMS.union}; env.execute()`, { ...options, start: startOnThreads }),
  ]
  const traceOf = ({ pages }: TestRun): string => new TextDecoder().decode(bytesOfPages(pages))
  expect(traceOf(threads)).toBe(traceOf(one))
  expect(one.status).toBe('FINISHED')
})
