import { describe, expect, it } from 'vitest'
import { SNAPSHOT_TYPES } from '../core/checkpoints'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { JOB_STATUSES } from '../trace/kinds'
import { Disk } from './testDisk'
import { ofKind, problemsOf, sinkLines, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const decoder = new TextDecoder()
const textOf = ({ payload }: { readonly payload: Uint8Array }): string => decoder.decode(payload)
/** `job STATUS` of what each job came to. */
const ends = (run: TestRun): string[] => {
  const last = new Map<number, string>()
  for (const { a, b } of ofKind(run, 'JobStatus')) last.set(b, JOB_STATUSES[a]!)
  return [...last].map(([job, status]) => `${job} ${status}`)
}
const plain = (run: TestRun): string[] => [...new Set(sinkLines(run).map((line) => line.replace(/^\d+> /, '')))].sort()
const at = (ms: number, action: object): Intervention => ({ at: ms * 1000, ...action }) as Intervention
const asked = (run: TestRun): string[] =>
  ofKind(run, 'SavepointAsked').map((event) => `${event.a} ${SNAPSHOT_TYPES[event.b]} ${event.d} ${textOf(event)}`)

const HEAD = `
  import { KeyedProcessFunction, LogSource, StreamExecutionEnvironment, ValueStateDescriptor, WatermarkStrategy } from 'flink'
  class Counts extends KeyedProcessFunction {
    constructor(total) { super(); this.total = total }
    open() { this.count = this.getRuntimeContext().getState(new ValueStateDescriptor('count')) }
    processElement(n, context, out) {
      const count = (this.count.value() ?? 0) + 1
      this.count.update(count)
      if (count === this.total) out.collect(context.getCurrentKey() + ':' + count)
    }
  }
`
/** Counts of `n % 4` up to the last number; a count too many or too few says nothing. */
const job = (name: string, total: number, submit: 'execute' | 'executeAsync', parallelism: number): string => `{
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(${parallelism})
  env.fromSequence(1, ${total}).setParallelism(1).uid('${name}-numbers')
    .keyBy((n) => n % 4).process(new Counts(${total / 4})).uid('${name}-counts').name('${name}')
    .map((line) => '${name} ' + line).print()
  env.${submit}('${name}')
}`
const linesOf = (name: string, total: number): string[] => [0, 1, 2, 3].map((key) => `${name} ${key}:${total / 4}`)

const PERIODIC = {
  'execution.checkpointing.interval': '20 ms',
  'execution.checkpointing.dir': '/checkpoints',
  'execution.checkpointing.savepoint-dir': '/savepoints',
  'restart-strategy.type': 'fixed-delay',
  'restart-strategy.fixed-delay.delay': '10 ms',
  'heartbeat.interval': '20 ms',
  'heartbeat.timeout': '100 ms',
}

describe('several jobs with checkpoints', () => {
  const TWO = `${HEAD}${job('a', 6000, 'executeAsync', 2)}${job('b', 8000, 'execute', 1)}`
  const run = (interventions: Intervention[], files = new Disk()): Promise<TestRun> =>
    testRun(TWO, { files, configuration: PERIODIC, scenario: { interventions } })

  it('each has its own, under its own id; one that fails restores itself alone', async () => {
    const files = new Disk()
    const both = await run([at(200, { do: 'fail-task', vertex: 1, subtask: 1 })], files)
    expect([ends(both), plain(both)]).toEqual([
      ['0 FINISHED', '1 FINISHED'],
      [...linesOf('a', 6000), ...linesOf('b', 8000)],
    ])
    expect(new Set(ofKind(both, 'JobRestored').map(({ a }) => a))).toEqual(new Set([0]))
    for (const number of [0, 1]) {
      const ids = ofKind(both, 'CheckpointTriggered').flatMap(({ a, b }) => (a === number ? [b] : []))
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => i + 1))
      expect(ids.length).toBeGreaterThan(3)
    }
    const written = ofKind(both, 'FileWritten').map(textOf)
    expect(new Set(written.map((path) => path.split('/')[2])).size).toBe(2)
    expect(files.under('/checkpoints')).toEqual([])
  })

  it('a savepoint is of the job that was asked, and another run of both begins with it where it fits', async () => {
    const files = new Disk()
    const first = await run([at(150, { do: 'stop-with-savepoint', job: 1, drain: false })], files)
    expect(ends(first)).toEqual(['0 FINISHED', '1 FINISHED'])
    expect(plain(first)).toEqual(linesOf('a', 6000))
    const path = /1 stop-with-savepoint 1 (.*)/.exec(asked(first).at(-1)!)![1]!
    const alone = await testRun(`${HEAD}${job('b', 8000, 'execute', 3)}`, {
      files,
      configuration: { ...PERIODIC, 'execution.state-recovery.path': path },
    })
    expect([ends(alone), plain(alone)]).toEqual([['0 FINISHED'], linesOf('b', 8000)])
    const other = await testRun(`${HEAD}${job('a', 6000, 'execute', 1)}`, {
      files,
      configuration: { ...PERIODIC, 'execution.state-recovery.path': path },
    })
    expect([ends(other), problemsOf(other).map(({ code }) => code)]).toEqual([['0 FAILED'], ['restore-other-program']])
  })
})

describe('the adaptive scheduler', () => {
  const ADAPTIVE = { ...PERIODIC, 'jobmanager.scheduler': 'Adaptive' }
  it.each([true, false])('stops with a savepoint (drain: %s), from which either scheduler begins', async (drain) => {
    const files = new Disk()
    const text = `${HEAD}${job('a', 6000, 'execute', 2)}`
    const first = await testRun(text, {
      files,
      configuration: ADAPTIVE,
      scenario: { interventions: [at(150, { do: 'stop-with-savepoint', drain })] },
    })
    expect(ends(first)).toEqual(['0 FINISHED'])
    const path = / 1 (\/savepoints\/.*)/.exec(asked(first).at(-1)!)![1]!
    for (const scheduler of ['Default', 'Adaptive']) {
      const second = await testRun(text, {
        files,
        configuration: { ...ADAPTIVE, 'jobmanager.scheduler': scheduler, 'execution.state-recovery.path': path },
      })
      expect([ends(second), plain(second)]).toEqual([['0 FINISHED'], linesOf('a', 6000)])
    }
  })

  it('a TaskManager that comes: the job is scheduled anew from its last checkpoint, with more', async () => {
    const text = `${HEAD}${job('a', 20_000, 'execute', 4)}`
    const run = await testRun(text, {
      configuration: { ...ADAPTIVE, 'jobmanager.adaptive-scheduler.scaling-interval.min': '0 ms', 'taskmanager.numberOfTaskSlots': '1' },
      scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 2 }, interventions: [at(10_150, { do: 'start-task-manager' })] },
    })
    expect([ends(run), plain(run)]).toEqual([['0 FINISHED'], linesOf('a', 20_000)])
    expect(ofKind(run, 'JobRestored').some(({ b }) => b > 0)).toBe(true)
    expect(ofKind(run, 'ExecutionGraphCreated').length).toBeGreaterThan(0)
  })
})

describe('a JobManager that dies in the middle of a checkpoint', () => {
  const text = `${HEAD}${job('a', 12_000, 'execute', 2)}`
  const HA = { 'high-availability.type': 'zookeeper', 'high-availability.storageDir': 'hdfs:///ha' }
  /** Writing takes 15 ms, so that something is always being written. */
  const SLOW_DISK = { fileSystem: { latency: 15, bandwidth: 100_000 } }

  it.each(Array.from({ length: 10 }, (_, i) => 250 + 3 * i))(
    'at %i ms: the next one goes on from the last that was completed',
    async (ms) => {
      const files = new Disk()
      const run = await testRun(text, {
        files,
        configuration: { ...PERIODIC, ...HA, 'execution.checkpointing.data-inline-threshold': '0' },
        scenario: { ...SLOW_DISK, interventions: [at(ms, { do: 'kill-job-manager', downtime: 20_000 })] },
        until: 60_000_000,
      })
      expect([ends(run), plain(run)]).toEqual([['0 FINISHED'], linesOf('a', 12_000)])
      const died = ofKind(run, 'JobManagerDied')[0]!.time
      const last = ofKind(run, 'CheckpointCompleted')
        .filter(({ time }) => time < died)
        .at(-1)!
      expect(ofKind(run, 'JobRestored').map(({ b }) => b)[0]).toBe(last.b)
      // An id that was used for one that came to nothing is not used again.
      const ids = ofKind(run, 'CheckpointTriggered').map(({ b }) => b)
      expect(new Set(ids).size).toBe(ids.length)
      expect(files.under('/checkpoints').filter((path) => path.endsWith('_metadata'))).toEqual([])
    },
  )
})

describe('sources', () => {
  const TOPIC = topicOf(
    't',
    [0, 1, 2, 3, 4].map((p) => Array.from({ length: 40 }, (_, i) => `${p}.${i}`).join(' ')),
    10,
  )
  const reading = (parallelism: number): string => `${HEAD}
    const env = StreamExecutionEnvironment.getExecutionEnvironment()
    env.fromSource(LogSource.topic('t'), WatermarkStrategy.noWatermarks(), 't').uid('t').setParallelism(${parallelism})
      .map((row) => row.value).uid('values').setParallelism(${parallelism}).print().uid('printed').setParallelism(1)
    env.fromSequence(1, 4000).uid('numbers').setParallelism(${parallelism})
      .keyBy((n) => n % 4).process(new Counts(1000)).uid('counts').setParallelism(2).print().uid('counted').setParallelism(1)
    env.execute()`
  const ALL = [0, 1, 2, 3, 4]
    .flatMap((p) => Array.from({ length: 40 }, (_, i) => `${p}.${i}`))
    .concat(['0:1000', '1:1000', '2:1000', '3:1000'])

  it('partitions and ranges are dealt to another number of subtasks: each is read on where it was, once', async () => {
    for (const [before, after] of [
      [2, 3],
      [3, 1],
      [1, 4],
      [4, 2],
    ] as const) {
      const files = new Disk()
      const first = await testRun(reading(before), {
        topics: [TOPIC],
        files,
        configuration: { ...PERIODIC, 'tidemark.cost.counts': '1' },
        scenario: { interventions: [at(155, { do: 'stop-with-savepoint', drain: false })] },
      })
      const path = / 1 (\/savepoints\/.*)/.exec(asked(first).at(-1)!)![1]!
      const second = await testRun(reading(after), {
        topics: [TOPIC],
        files,
        configuration: { ...PERIODIC, 'execution.state-recovery.path': path },
        until: 3_000_000,
      })
      expect([before, after, [...sinkLines(first), ...sinkLines(second)].sort()]).toEqual([before, after, [...ALL].sort()])
    }
  })
})

describe('tasks that had finished', () => {
  const PROGRAM = (parallelism: number): string => `${HEAD}
    const env = StreamExecutionEnvironment.getExecutionEnvironment()
    env.setParallelism(${parallelism})
    const short = env.fromSequence(1, 8).setParallelism(1).uid('short').map((n) => n).setParallelism(1).uid('mapped')
    const long = env.fromSequence(9, 8000).setParallelism(1).uid('long')
    short.union(long).keyBy((n) => n % 4).process(new Counts(2000)).uid('counts').print().uid('printed').setParallelism(1)
    env.execute()`
  const LINES = ['0:2000', '1:2000', '2:2000', '3:2000']

  it('begin finished after a failure, and in a run of its own with another parallelism, and read nothing again', async () => {
    const files = new Disk()
    const failed = await testRun(PROGRAM(2), {
      files,
      configuration: { ...PERIODIC, 'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION' },
      scenario: { interventions: [at(200, { do: 'fail-task', vertex: 2, subtask: 0 }), at(300, { do: 'cancel' })] },
    })
    const restored = ofKind(failed, 'JobRestored')[0]!
    expect(restored.b).toBeGreaterThan(0)
    const kept = files.under('/checkpoints').find((path) => path.endsWith('/_metadata'))!
    for (const parallelism of [1, 2, 3]) {
      const second = await testRun(PROGRAM(parallelism), {
        files,
        configuration: { ...PERIODIC, 'execution.state-recovery.path': kept },
      })
      expect([parallelism, ends(second), plain(second)]).toEqual([parallelism, ['0 FINISHED'], LINES])
      expect(ofKind(second, 'CheckpointCompleted').length).toBeGreaterThan(0)
    }
  })
})
