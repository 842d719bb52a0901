import { describe, expect, it } from 'vitest'
import type { Intervention } from '../scenario/types'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import { JOB_STATUSES } from '../trace/kinds'
import { ofKind, sinkLines, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const PROGRAM = `
import { LogSource, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSource(LogSource.topic('in'), WatermarkStrategy.noWatermarks(), 'in').setParallelism(1)
  .rebalance()
  .map((row) => row.value).name('map').setParallelism(2)
  .print()
env.execute('job')
`

/** One slot each: source and one map on taskmanager-1, the other map on taskmanager-2, taskmanager-3 in reserve. Up to 130 s. */
const runWith = (
  interventions: Intervention | readonly Intervention[],
  configuration: Readonly<Record<string, string>> = {},
): Promise<TestRun> =>
  testRun(PROGRAM, {
    topics: [topicOf('in', ['a b c d e f g h i j'], 1000)],
    until: 130_000_000,
    scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 }, interventions: [interventions].flat() },
    configuration: {
      'taskmanager.numberOfTaskSlots': '1',
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '10',
      ...configuration,
    },
  })
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const story = (run: TestRun): string =>
  ofKind(run, 'JobStatus')
    .map(({ a, time }) => `${JOB_STATUSES[a]}@${time / 1e6}`)
    .join(' ')
const lost = (run: TestRun): string[] =>
  ofKind(run, 'TaskManagerLost').map(({ a, b, time, payload }) => `${a} ${b} ${time / 1e6} ${text(payload)}`)
const registered = (run: TestRun): string =>
  ofKind(run, 'TaskManagerRegistered')
    .map(({ a, time }) => `${a}@${time / 1e6}`)
    .join(' ')
/** `2#0@3.02 …` of subtasks that failed. */
const failures = (run: TestRun): string[] =>
  ofKind(run, 'ExecutionState')
    .filter(({ payload }) => payload.length > 0)
    .map(({ a, b, time, payload }) => `${a}#${b}@${time / 1e6} ${text(payload)}`)
const START = 'INITIALIZING@0 CREATED@0 RUNNING@0'

describe('a TaskManager that is killed', () => {
  it('is missed at the second heartbeat that it refuses; what it was to print is lost, and the job starts anew elsewhere', async () => {
    const run = await runWith({ at: 3_000_000, do: 'kill-task-manager', host: 2 })
    expect(story(run)).toBe(`${START} RESTARTING@20.02 RUNNING@21.02`)
    expect(lost(run)).toEqual(['2 1 20.02 TaskManager with id taskmanager-2 is no longer reachable.'])
    expect(sinkLines(run).slice(0, 7).join(' ')).toBe('2> a 1> b 2> c 1> d 1> f 1> h 1> j')
    expect(sinkLines(run).slice(7)).toHaveLength(10)
  })

  it('with the threshold −1 only the timeout counts', async () => {
    const run = await runWith({ at: 3_000_000, do: 'kill-task-manager', host: 2 }, { 'heartbeat.rpc-failure-threshold': '-1' })
    expect(lost(run)).toEqual(['2 1 50.01 Heartbeat of TaskManager with id taskmanager-2 timed out.'])
  })

  it('whoever reads from it fails one latency later; what is deployed there until it is missed is refused', async () => {
    const run = await runWith({ at: 3_000_000, do: 'kill-task-manager', host: 1 }, { 'restart-strategy.fixed-delay.attempts': '100' })
    expect(failures(run)[0]).toMatch(
      /^\d#0@3.02 org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection un/,
    )
    expect(failures(run)[1]).toMatch(/RecipientUnreachableException/)
    expect(lost(run)).toHaveLength(1)
    expect(story(run)).toContain(' RUNNING@2')
    expect(
      sinkLines(run)
        .slice(-10)
        .map((line) => line.slice(3))
        .sort()
        .join(''),
    ).toBe('abcdefghij')
  })
})

describe('a link that is cut', () => {
  const cut = (a: number, b: number, until: number): Promise<TestRun> => runWith({ at: 3_000_000, do: 'cut-link', hosts: [a, b], until })

  it('to the JobManager, for long: each gives the other up, and the TaskManager comes back when the link does', async () => {
    const run = await cut(0, 2, 100_000_000)
    expect(lost(run)).toEqual(['2 1 50.01 Heartbeat of TaskManager with id taskmanager-2 timed out.'])
    expect(registered(run)).toBe('1@0.01 2@0.01 3@0.01 2@100.02')
    expect(story(run)).toBe(`${START} RESTARTING@50.01 RUNNING@51.01`)
  })

  it('to the JobManager, for less than the timeout: nobody is given up', async () => {
    const run = await cut(0, 2, 13_000_000)
    expect(story(run)).toBe(START)
    expect(sinkLines(run)).toHaveLength(10)
  })

  it('between two TaskManagers: who reads fails; new tasks wait until it is back', async () => {
    const run = await cut(1, 2, 13_000_000)
    expect(failures(run)).toHaveLength(1)
    expect(failures(run)[0]).toContain("closed by remote task manager 'taskmanager-1'")
    expect(story(run)).toBe(`${START} RESTARTING@3.02 RUNNING@4.02`)
    expect(sinkLines(run).slice(-5).join(' ')).toBe('2> a 2> c 2> e 2> g 2> i')
  })
})

describe('a JobManager that dies', () => {
  const kill: Intervention = { at: 3_000_000, do: 'kill-job-manager', downtime: 2_000_000 }
  const HIGHLY_AVAILABLE = { 'high-availability.type': 'zookeeper', 'high-availability.storageDir': 'hdfs:///ha' }

  it('without high availability main runs again; TaskManagers notice by their heartbeat timeout', async () => {
    const run = await runWith(kill)
    expect(story(run)).toBe(`${START} INITIALIZING@5 CREATED@5 RUNNING@5`)
    expect(registered(run)).toBe('1@0.01 2@0.01 3@0.01 1@50.02 2@50.02 3@50.02')
    expect(
      sinkLines(run)
        .slice(0, 10)
        .map((line) => line.slice(3))
        .join(''),
    ).toBe('abcdefghij')
    expect(sinkLines(run)).toHaveLength(20)
  })

  it('with it TaskManagers hear of the new one at once', async () => {
    const run = await runWith(kill, HIGHLY_AVAILABLE)
    expect(ofKind(run, 'JobManagerStarted').map(({ a, b, time }) => `${a} ${b} ${time / 1e6}`)).toEqual(['1 1 5'])
    expect(registered(run)).toBe('1@0.01 2@0.01 3@0.01 1@5.02 2@5.02 3@5.02')
    expect(
      sinkLines(run)
        .slice(-10)
        .map((line) => line.slice(3))
        .sort()
        .join(''),
    ).toBe('abcdefghij')
  })

  it('a TaskManager that starts while there is none tries again until there is', async () => {
    const dead: Intervention = { at: 3_000_000, do: 'kill-job-manager', downtime: 4_000_000 }
    const run = await runWith([dead, { at: 5_000_000, do: 'start-task-manager' }], HIGHLY_AVAILABLE)
    expect(registered(run)).toContain('4@15.01')
  })
})

describe('tasks that fail on purpose', () => {
  it('one task fails, and its region restarts', async () => {
    const run = await runWith({ at: 3_000_000, do: 'fail-task', vertex: 1, subtask: 1 })
    expect(failures(run)).toEqual(['2#0@3.02 org.apache.flink.util.FlinkException: The task was made to fail by an intervention.'])
    expect(ofKind(run, 'RestartScheduled').map(({ b, x }) => `${b} ${x}`)).toEqual(['1 1000'])
  })

  it('a function throws at a record, and again after the restart, as often as it was told', async () => {
    const run = await runWith({ at: 3_000_000, do: 'throw-at-record', node: 3, subtask: 0, record: 2, times: 2 })
    const thrown = 'java.lang.RuntimeException: Thrown by an intervention at record 2.'
    expect(failures(run).map((line) => line.replace(/@[\d.]+/, ''))).toEqual([`1#0 ${thrown}`, `1#1 ${thrown}`])
    expect(ofKind(run, 'FaultStruck')).toHaveLength(2)
    expect(
      sinkLines(run)
        .slice(-10)
        .map((line) => line.slice(3))
        .sort()
        .join(''),
    ).toBe('abcdefghij')
  })
})
