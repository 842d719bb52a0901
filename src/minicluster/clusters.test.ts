import { describe, expect, it } from 'vitest'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { JOB_STATUSES, SCHEDULER_STATES, TraceKind } from '../trace/kinds'
import { graphsOf, ofKind, sinkLines, statesOf, testRun, topicOf } from './testRun'
import type { TestRun, TestRunOptions } from './testRun'

const decoder = new TextDecoder()
const HEAD = `
  import { LogSource, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  const log = name => env.fromSource(LogSource.topic(name), WatermarkStrategy.noWatermarks(), name)
`
/** `RUNNING@0.1`, of one job; times in s. */
const statusesOf = (run: TestRun, job = 0): string =>
  ofKind(run, 'JobStatus')
    .filter(({ b }) => b === job)
    .map(({ a, time }) => `${JOB_STATUSES[a]}@${Math.round(time / 100_000) / 10}`)
    .join(' ')
/** `1.0:2` where slot 0 of taskmanager-1 is given to shared slot 2, `1.0:-` where it is kept with nothing in it, `1.0` where it goes back. */
const slotsOf = (run: TestRun): string =>
  run.events.flatMap(({ kind, a, b, c }) => (kind === 4 ? [`${a}.${b}:${c < 0 ? '-' : c}`] : kind === 5 ? [`${a}.${b}`] : [])).join(' ')
const schedulerOf = (run: TestRun): string =>
  ofKind(run, 'SchedulerState')
    .map(({ b }) => SCHEDULER_STATES[b])
    .join(' ')
/** Of each task, in each of the graphs. */
const parallelismsOf = (run: TestRun): string =>
  graphsOf(run)
    .map(({ job, generations, vertices }) =>
      job.vertices
        .map(
          (task) => vertices.find(({ vertex, generation }) => vertex === task.index && generation === generations[task.job])!.parallelism,
        )
        .join(','),
    )
    .join(' → ')
const cluster = (taskManagers: number, ...interventions: Intervention[]) => ({
  cluster: { ...DEFAULT_CLUSTER, taskManagers },
  interventions,
})
const SLOTS = 'taskmanager.numberOfTaskSlots'

describe('several jobs', () => {
  it('one after the other where the program waits for them; each has a status and subtasks of its own', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(2)
      env.fromSequence(1, 2).rebalance().map(n => 'a' + n).setParallelism(1).print()
      env.execute('first')
      env.fromSequence(1, 2).rebalance().map(n => 'b' + n).setParallelism(1).print()
      env.execute('second')`,
      { scenario: cluster(1), configuration: { [SLOTS]: '2' } },
    )
    expect(run.jobs.map(({ name, status }) => `${name} ${status}`)).toEqual(['first FINISHED', 'second FINISHED'])
    expect(statusesOf(run, 1)).toMatch(/^INITIALIZING@0.1 CREATED@0.1 RUNNING@0.1 FINISHED@0.2$/)
    expect(sinkLines(run).map((line) => line.replace(/.*> /, ''))).toEqual(['a2', 'a1', 'b2', 'b1'])
    // The second job's slots are asked for anew when the first one's are back.
    expect(ofKind(run, 'SlotFreed')).toHaveLength(4)
  })

  it('each has the configuration of its own environment over that of the cluster', async () => {
    const job = (reuse: boolean): string => `{
      const env = StreamExecutionEnvironment.getExecutionEnvironment()
      env.configure(Configuration.fromMap({ 'pipeline.object-reuse': '${reuse}', 'restart-strategy.type': '${reuse ? 'fixed-delay' : 'none'}' }))
      const kept = []
      env.fromData({ n: 1 }).map(r => { kept.push(r); return r }).map(r => { r.n++; return r })
        .map(r => { if (Date.now() < 978307201000) throw new Error('too early'); return kept[0].n }).print()
      env.executeAsync('${reuse ? 'reuses' : 'copies'}')
    }`
    const run = await testRun(`import { Configuration } from 'flink' ${HEAD} ${job(true)} ${job(false)}`, {
      configuration: { 'parallelism.default': '1' },
    })
    expect(run.jobs.map(({ name, status }) => `${name} ${status}`)).toEqual(['reuses FINISHED', 'copies FAILED'])
    expect(sinkLines(run)).toEqual(['2'])
  })

  it('what the main part prints stands where the program is by then', async () => {
    const told = async (submit: string, map = 'n => n'): Promise<string> => {
      const run = await testRun(`${HEAD} env.setParallelism(1)
        console.log('before'); env.fromData(1).map(${map}).print(); env.${submit}()
        console.log('between'); env.fromData(2).print(); env.${submit}()
        console.log('behind')`)
      return run.events
        .flatMap(({ kind, payload }) =>
          kind === TraceKind.UserOutput ? [decoder.decode(payload)] : kind === TraceKind.SinkRecord ? ['·'] : [],
        )
        .join(' ')
    }
    expect(await told('execute')).toBe('before · between · behind')
    expect(await told('executeAsync')).toBe('before between behind · ·')
    expect(await told('execute', `n => { throw new Error('no') }`)).toBe('before')
  })

  it('behind a job that failed nothing is submitted', async () => {
    const run = await testRun(`${HEAD}
      env.fromData(1).map(n => { throw new Error('no') }).print()
      env.execute('first')
      env.fromData(2).print()
      env.execute('second')`)
    expect(run.jobs.map(({ status }) => status)).toEqual(['FAILED', null])
    expect(run.status).toBe('FAILED')
    expect(run.reason).toContain('Caused by: Error: no')
    expect(run.end).toEqual({ state: 'ended' })
  })

  it('side by side they share the cluster; one waits for slots until another is over, in order of request', async () => {
    const job = (name: string, topic: string) =>
      `log('${topic}').rebalance().map(r => '${name}' + r.value).print(); env.executeAsync('${name}')\n`
    const run = await testRun(`${HEAD} env.setParallelism(2); ${job('a', 't')} ${job('b', 't')} ${job('c', 't')}`, {
      scenario: cluster(
        1,
        { at: 5_000_000, do: 'cancel' },
        { at: 9_000_000, do: 'cancel', job: 1 },
        { at: 12_000_000, do: 'cancel', job: 2 },
      ),
      configuration: { [SLOTS]: '2' },
      topics: [topicOf('t', ['x y'])],
    })
    expect([0, 1, 2].map((number) => statusesOf(run, number))).toEqual([
      'INITIALIZING@0 CREATED@0 RUNNING@0 CANCELLING@5 CANCELED@5',
      'INITIALIZING@0 CREATED@0 RUNNING@0 CANCELLING@9 CANCELED@9',
      'INITIALIZING@0 CREATED@0 RUNNING@0 CANCELLING@12 CANCELED@12',
    ])
    expect(slotsOf(run)).toBe('1.0:0 1.1:1 1.0:- 1.1:- 1.0 1.1 1.0:2 1.1:3 1.0:- 1.1:- 1.0 1.1 1.0:4 1.1:5 1.0:- 1.1:- 1.0 1.1')
    expect(
      ofKind(run, 'SlotRequested')
        .map(({ a, c }) => `${a}${c === 0 ? '?' : ''}`)
        .join(' '),
    ).toBe('0? 1? 2? 3? 4? 5?')
    expect(
      sinkLines(run)
        .map((line) => line.replace(/.*> /, ''))
        .sort()
        .join(' '),
    ).toBe('ax ay bx by cx cy')
  })
})

describe('slots of a job', () => {
  it('one that is free again serves what still waits: slices of a pipeline run one after the other', async () => {
    const run = await testRun(`${HEAD} env.setParallelism(3); env.fromSequence(1, 3).print(); env.execute()`, {
      scenario: cluster(1),
      configuration: { [SLOTS]: '1' },
    })
    expect(run.status).toBe('FINISHED')
    expect(slotsOf(run)).toBe('1.0:0 1.0:1 1.0:2 1.0:- 1.0')
  })

  it('go back to the ResourceManager when nothing has been in them for slot.idle.timeout', async () => {
    const run = await testRun(
      `${HEAD}
      env.fromSequence(1, 1).setParallelism(2).print().setParallelism(2)
      env.executeAsync('short and long')
      env.fromData(1).print(); env.executeAsync('waits')`.replace(
        'env.fromSequence',
        `log('t').print().setParallelism(1); env.fromSequence`,
      ),
      {
        scenario: cluster(1, { at: 200_000_000, do: 'cancel' }),
        configuration: { [SLOTS]: '2', 'parallelism.default': '1' },
        topics: [topicOf('t', ['x'])],
      },
    )
    // The first job's second slot is empty at 0.2 s, and looked at each 50 s.
    const [, second] = run.jobs
    expect(second!.status).toBe('FINISHED')
    expect(statusesOf(run, 1)).toMatch(/RUNNING@0 FINISHED@100\.\d$/)
  })

  it('spread out or filled up (S-4)', async () => {
    const program = `${HEAD} env.setParallelism(2); log('t').rebalance().print(); env.execute()`
    const options = { scenario: cluster(2, { at: 1_000_000, do: 'cancel' as const }), topics: [topicOf('t', ['x'])] }
    const filled = await testRun(program, { ...options, configuration: { [SLOTS]: '2' } })
    expect(slotsOf(filled)).toMatch(/^1.0:0 1.1:1 /)
    for (const [key, value] of [
      ['cluster.evenly-spread-out-slots', 'true'],
      ['taskmanager.load-balance.mode', 'slots'],
    ] as const) {
      expect(slotsOf(await testRun(program, { ...options, configuration: { [SLOTS]: '2', [key]: value } }))).toMatch(/^1.0:0 2.0:1 /)
    }
  })
})

const waiting: TestRunOptions = { topics: [topicOf('t', ['a b c d'], 1000)], configuration: { [SLOTS]: '1' } }
const PAIR = `${HEAD} env.setParallelism(2); log('t').rebalance().map(r => r.value).print(); env.execute()`
const fixedDelay = (attempts: number) => ({
  ...waiting.configuration,
  'restart-strategy.type': 'fixed-delay',
  'restart-strategy.fixed-delay.attempts': String(attempts),
  'restart-strategy.fixed-delay.delay': '1 s',
})

describe('TaskManagers that come and go', () => {
  it('one that comes serves the job that waits for it', async () => {
    const run = await testRun(PAIR, {
      ...waiting,
      scenario: cluster(1, { at: 3_000_000, do: 'start-task-manager' }, { at: 9_000_000, do: 'cancel' }),
    })
    expect(run.header.hosts.map(({ name, startsAt }) => `${name}${startsAt === undefined ? '' : `@${startsAt}`}`)).toEqual([
      'jobmanager',
      'taskmanager-1',
      'taskmanager-2@3000000',
      'log',
    ])
    expect(ofKind(run, 'TaskManagerRegistered').map(({ a, time }) => `${a}@${time}`)).toEqual(['1@10000', '2@3010000'])
    expect(statesOf(run, 0)).toBe('CREATED SCHEDULED DEPLOYING INITIALIZING RUNNING CANCELING CANCELED')
    expect(sinkLines(run)).toHaveLength(4)
  })

  it('one that goes takes its tasks with it; without a restart strategy the job fails', async () => {
    const run = await testRun(PAIR, { ...waiting, scenario: cluster(3, { at: 1_500_000, do: 'stop-task-manager', host: 2 }) })
    expect(ofKind(run, 'TaskManagerLost').map(({ a, b, time }) => `${a} ${b} ${time}`)).toEqual(['2 0 1510000'])
    expect(run.reason).toBe(
      'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy\n' +
        'Caused by: org.apache.flink.util.FlinkExpectedException: The TaskExecutor is shutting down.',
    )
  })

  it('with one the job goes on with what else there is, from its beginning', async () => {
    const run = await testRun(PAIR, {
      ...waiting,
      configuration: fixedDelay(3),
      scenario: cluster(3, { at: 1_500_000, do: 'stop-task-manager', host: 2 }, { at: 9_000_000, do: 'cancel' }),
    })
    expect(statusesOf(run)).toBe('INITIALIZING@0 CREATED@0 RUNNING@0 RESTARTING@1.5 RUNNING@2.5 CANCELLING@9 CANCELED@9')
    expect(slotsOf(run)).toBe('1.0:0 2.0:1 1.0:- 1.0:0 3.0:1 1.0:- 3.0:- 1.0 3.0')
    expect(sinkLines(run).map((line) => line.slice(3))).toEqual(['a', 'b', 'b', 'a', 'c', 'd'])
    expect(ofKind(run, 'ExecutionState').filter(({ a, b }) => a === 1 && b === 1).length).toBeGreaterThan(4)
  })

  it('when the last one goes, the job waits for another', async () => {
    const run = await testRun(PAIR, {
      ...waiting,
      configuration: { ...fixedDelay(1), [SLOTS]: '2' },
      scenario: cluster(
        1,
        { at: 1_500_000, do: 'stop-task-manager', host: 1 },
        { at: 20_000_000, do: 'start-task-manager' },
        { at: 30_000_000, do: 'cancel' },
      ),
    })
    expect(statusesOf(run)).toBe('INITIALIZING@0 CREATED@0 RUNNING@0 RESTARTING@1.5 RUNNING@2.5 CANCELLING@30 CANCELED@30')
    expect(slotsOf(run)).toBe('1.0:0 1.1:1 2.0:0 2.1:1 2.0:- 2.1:- 2.0 2.1')
    expect(
      ofKind(run, 'SlotRequested')
        .map(({ a, c }) => `${a}${c === 0 ? '?' : ''}`)
        .join(' '),
    ).toBe('0? 1? 0? 1?')
  })

  it('each region that is lost counts as a failure (R-8)', async () => {
    const slices = `${HEAD} env.setParallelism(2); log('t').map(r => r.value).print(); env.execute()`
    const lost = (attempts: number): Promise<TestRun> =>
      testRun(slices, {
        ...waiting,
        configuration: { ...fixedDelay(attempts), [SLOTS]: '2' },
        scenario: cluster(2, { at: 1_500_000, do: 'stop-task-manager', host: 1 }, { at: 9_000_000, do: 'cancel' }),
      })
    expect((await lost(1)).reason).toContain('Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=1')
    const two = await lost(2)
    expect(two.status).toBe('CANCELED')
    expect([statesOf(two, 0), statesOf(two, 1)].every((states) => states.includes('RUNNING FAILED CREATED SCHEDULED DEPLOYING'))).toBe(true)
  })

  it('what a finished task has kept for a slow reader is lost with it; what was read is not', async () => {
    const program = `${HEAD}
      env.fromSequence(1, 600).slotSharingGroup('sources').map(n => n).name('Slow').slotSharingGroup('rest').disableChaining().print()
      env.execute()`
    const configuration = {
      [SLOTS]: '1',
      'parallelism.default': '1',
      'tidemark.cost.Slow': '5000',
      'taskmanager.memory.segment-size': '256 b',
    }
    const stopped = (at: number): Promise<TestRun> =>
      testRun(program, { configuration, scenario: cluster(2, { at, do: 'stop-task-manager', host: 1 }) })
    const early = await stopped(2_100_000)
    expect(statesOf(early, 0)).toMatch(/FINISHED$/)
    expect(early.reason).toContain(
      "Caused by: org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed by remote task manager 'taskmanager-1'.",
    )
    expect(early.frontier).toBeLessThan(2_200_000)
    const late = await stopped(2_900_000)
    expect(late.status).toBe('FINISHED')
    expect(sinkLines(late)).toHaveLength(600)
  })

  it('one without tasks leaves without harm; who is not there cannot be stopped', async () => {
    const run = await testRun(PAIR, {
      ...waiting,
      scenario: cluster(
        3,
        { at: 1_000_000, do: 'stop-task-manager', host: 3 },
        { at: 1_000_000, do: 'stop-task-manager', host: 3 },
        { at: 1_000_000, do: 'stop-task-manager', host: 9 },
        { at: 9_000_000, do: 'cancel' },
      ),
    })
    expect(run.status).toBe('CANCELED')
    expect(ofKind(run, 'TaskManagerLost')).toHaveLength(1)
    expect(ofKind(run, 'Intervention').map(({ a }) => a)).toEqual([0, 3])
  })
})

describe('restarts', () => {
  it('a task that fails again and again is tried as often as its strategy says', async () => {
    const run = await testRun(
      `${HEAD} env.fromSequence(1, 4).rebalance().map(n => { if (n === 3) throw new Error('three'); return n }).print(); env.execute()`,
      { configuration: { ...fixedDelay(2), 'parallelism.default': '1' } },
    )
    expect(statusesOf(run)).toMatch(
      /^INITIALIZING@0 CREATED@0 RUNNING@0 RESTARTING@0.1 RUNNING@1.1 RESTARTING@1.\d RUNNING@2.\d FAILING@2.\d FAILED@2.\d$/,
    )
    expect(run.reason).toBe(
      'org.apache.flink.runtime.JobException: Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=2, backoffTimeMS=1000)\nCaused by: Error: three',
    )
    expect(sinkLines(run)).toEqual(['1', '2', '1', '2', '1', '2'])
  })

  it('who reads a result that was there in full needs it made again', async () => {
    const run = await testRun(
      `${HEAD} env.setParallelism(1)
      env.fromSequence(1, 50).fullWindowPartition().mapPartition((values, out) => { for (const n of values) out.collect(n) }).rebalance()
        .map(n => { if (Date.now() < 978307201000 && n === 7) throw new Error('seven'); return n }).print()
      env.execute()`,
      { configuration: fixedDelay(1) },
    )
    expect(run.status).toBe('FINISHED')
    expect(run.header.executionGraph.job.edges.map(({ resultType }) => resultType)).toContain('BLOCKING')
    expect(sinkLines(run).slice(-50)).toEqual(Array.from({ length: 50 }, (_, i) => String(i + 1)))
    expect(ofKind(run, 'JobStatus').filter(({ a }) => JOB_STATUSES[a] === 'RESTARTING')).toHaveLength(1)
  })

  it('what is not connected to the failure goes on (S-10), unless all is to be restarted', async () => {
    const program = `${HEAD}
      env.setParallelism(2)
      log('t').map(r => { if (r.value === 'bad' && Date.now() < 978307202000) throw new Error('bad'); return r.value }).print()
      env.execute()`
    const options = { topics: [topicOf('t', ['a b c d', 'e bad f'], 1000)], scenario: cluster(2, { at: 9_000_000, do: 'cancel' as const }) }
    const region = await testRun(program, { ...options, configuration: fixedDelay(9) })
    expect(sinkLines(region).sort().join(' ')).toBe('1> a 1> b 1> c 1> d 2> bad 2> e 2> e 2> f')
    const full = await testRun(program, {
      ...options,
      configuration: { ...fixedDelay(9), 'jobmanager.execution.failover-strategy': 'full' },
    })
    expect(sinkLines(full).filter((line) => line === '1> a')).toHaveLength(2)
  })
})

describe('the adaptive scheduler', () => {
  const adaptive = {
    ...waiting.configuration,
    'jobmanager.scheduler': 'adaptive',
    'restart-strategy.type': 'fixed-delay',
    'restart-strategy.fixed-delay.attempts': '9',
  }

  it('runs at once with all that was wanted', async () => {
    const run = await testRun(PAIR, { ...waiting, configuration: adaptive, scenario: cluster(2, { at: 9_000_000, do: 'cancel' }) })
    expect(schedulerOf(run)).toBe('Created WaitingForResources CreatingExecutionGraph Executing Canceling Finished')
    expect(statusesOf(run)).toBe('INITIALIZING@0 CREATED@0 RUNNING@0.1 CANCELLING@9 CANCELED@9')
    expect(parallelismsOf(run)).toBe('2,2')
  })

  it('uses what there is, and more when more comes', async () => {
    const run = await testRun(PAIR, {
      ...waiting,
      configuration: adaptive,
      scenario: cluster(
        1,
        { at: 50_000_000, do: 'start-task-manager' },
        { at: 60_000_000, do: 'stop-task-manager', host: 1 },
        { at: 90_000_000, do: 'cancel' },
      ),
    })
    expect(statusesOf(run)).toBe(
      'INITIALIZING@0 CREATED@0 RUNNING@10.1 RESTARTING@50.1 CREATED@50.1 RUNNING@50.1 RESTARTING@60 CREATED@61 RUNNING@71 CANCELLING@90 CANCELED@90',
    )
    expect(parallelismsOf(run)).toBe('2,2 → 1,1 → 2,2 → 1,1')
    expect(sinkLines(run)).toHaveLength(12)
  })

  it('gives up when not even one slot is there in time', async () => {
    const run = await testRun(PAIR, { ...waiting, configuration: adaptive, scenario: cluster(0) })
    expect(statusesOf(run)).toBe('INITIALIZING@0 CREATED@0 FAILED@300')
    expect(run.reason).toBe(
      'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Not enough resources available for scheduling.',
    )
  })
})

it('a restart strategy that is none is told before anything runs', async () => {
  const run = testRun(`${HEAD} env.fromData(1).print(); env.execute()`, {
    configuration: { 'restart-strategy.type': 'exponential-delay', 'restart-strategy.exponential-delay.backoff-multiplier': '1.0' },
  })
  await expect(run).rejects.toMatchObject({
    problem: {
      args: {
        class: 'org.apache.flink.runtime.client.JobInitializationException',
        message: expect.stringContaining('Backoff multiplier must be greater than 1.') as string,
      },
    },
  })
})

it('the adaptive scheduler takes no job with an exchange that is not pipelined', async () => {
  const run = testRun(
    `${HEAD} env.fromSequence(1, 5).fullWindowPartition().mapPartition((values, out) => {}).rebalance().map(n => n).print(); env.execute()`,
    {
      configuration: { 'jobmanager.scheduler': 'adaptive' },
    },
  )
  await expect(run).rejects.toMatchObject({
    problem: {
      args: {
        message: expect.stringContaining(
          'java.lang.IllegalStateException: The adaptive scheduler supports pipelined data exchanges',
        ) as string,
      },
    },
  })
})

it('slots that jobs want at one time are counted: those of jobs that wait for each other are not added', async () => {
  const warned = async (program: string): Promise<unknown> =>
    (
      await testRun(`${HEAD} env.setParallelism(3); ${program}`, { scenario: cluster(2), configuration: { [SLOTS]: '2' }, until: 1 })
    ).header.warnings.map(({ args }) => args)
  const job = 'env.fromSequence(1, 3).rebalance().print();'
  expect(await warned(`${job} env.execute(); ${job} env.execute()`)).toEqual([])
  expect(await warned(`${job} env.executeAsync(); ${job} env.execute()`)).toEqual([{ needed: 6, offered: 4 }])
})

it('what cannot be simulated can be looked at', async () => {
  const run = await testRun(`${HEAD} env.setParallelism(200); env.fromSequence(1, 2).rebalance().map(n => n).rebalance().map(n => n)
    .rebalance().map(n => n).rebalance().map(n => n).rebalance().map(n => n).rebalance().map(n => n).rebalance().print(); env.execute()`)
  expect(run.header.executionGraph.job.vertices).toHaveLength(8)
  expect(run.end).toMatchObject({ state: 'broken', problem: { code: 'plan-too-large' } })
})
