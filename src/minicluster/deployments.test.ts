import { describe, expect, it } from 'vitest'
import { ProblemError } from '../core/problem'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import { bytesOfPages } from '../testing/kernel/network'
import { startOnOneThread, startOnThreads } from './node'
import type { StartRun } from './types'
import { ofKind, sinkLines, testRun, topicOf, type TestRun, type TestRunOptions } from './testRun'

const HEAD = `
  import { CollectSink, Duration, LogSource, StreamExecutionEnvironment, TumblingEventTimeWindows, Tuple2, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const onOneThread = startOnOneThread()
const traceOf = ({ pages }: TestRun): string => new TextDecoder().decode(bytesOfPages(pages))
const everyWay = async (program: string, options: TestRunOptions = {}) => {
  const local = await testRun(program, options)
  for (const start of [startOnThreads, onOneThread]) {
    const workers = await testRun(program, { ...options, start })
    expect(traceOf(workers)).toBe(traceOf(local))
    expect({ ...workers, pages: [], events: [] }).toEqual({ ...local, pages: [], events: [] })
  }
  return local
}

describe('local, on threads and on one thread: one trace, byte for byte', () => {
  it('windows over a topic, shuffled, with randomness and the clock in user code', async () => {
    const run = await everyWay(
      `${HEAD}
      env.setParallelism(3)
      env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(2)), 'in')
        .map(r => ({ key: r.value, n: Math.floor(Math.random() * 1000), at: Date.now() })).keyBy(r => r.key)
        .window(TumblingEventTimeWindows.of(Duration.ofMillis(5)))
        .reduce((a, b) => ({ ...a, n: a.n + b.n })).rebalance().map(r => { console.log(r.key); return r }).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@1 b@2 a@4 a@7 c@3 b@9 a@1 b@14', 'c@1 c@2 a@3 b@8 a@21', 'd@5 d@6'], 30)] },
    )
    expect(run.end).toEqual({ state: 'ended' })
    expect(sinkLines(run).length).toBeGreaterThan(4)
  })

  it('a function that throws: the task fails alike', async () => {
    const run = await everyWay(`${HEAD}
      env.setParallelism(2)
      env.fromData(1, 2, 3).map(n => { if (n === 3) throw new Error('three'); return n }).print()
      env.execute()`)
    expect(run.status).toBe('FAILED')
  })

  it.each(['Default', 'Adaptive'])('two jobs on TaskManagers that come and go (%s)', async (scheduler) => {
    const run = await everyWay(
      `${HEAD}
      env.setParallelism(2)
      const log = () => env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.noWatermarks(), 'in')
      log().rebalance().map(r => [Math.random(), Date.now()]).print()
      env.executeAsync('first')
      log().keyBy(r => r.value).map(r => r.value).sinkTo(new CollectSink())
      env.execute('second')`,
      {
        topics: [topicOf('t', ['a b c d e f', 'g h i'], 700)],
        configuration: {
          'jobmanager.scheduler': scheduler,
          'jobmanager.adaptive-scheduler.resource-stabilization-timeout': '1 s',
          'restart-strategy.type': 'exponential-delay',
          'taskmanager.numberOfTaskSlots': '2',
        },
        scenario: {
          interventions: [
            { at: 1_000_000, do: 'start-task-manager' },
            { at: 1_500_000, do: 'stop-task-manager', host: 1 },
            { at: 1_600_000, do: 'stop-task-manager', host: 7 },
            { at: 2_800_000, do: 'start-task-manager' },
            { at: 3_200_000, do: 'stop-task-manager', host: 3 },
          ],
        },
      },
    )
    expect(run.jobs.map(({ status }) => status)).toEqual(['FINISHED', 'FINISHED'])
    expect(ofKind(run, 'TaskManagerLost')).toHaveLength(2)
  })

  it('what is not simulated is refused alike', async () => {
    const run = await everyWay(`${HEAD} env.fromData(1).print(); env.execute()`, { configuration: { 'execution.runtime-mode': 'BATCH' } })
    expect(run.end).toMatchObject({ state: 'broken', problem: { code: 'batch-mode' } })
    expect(run.status).toBeNull()
  })

  it('cut into many advances', async () => {
    const program = `${HEAD}
      env.fromSequence(1, 200).map(n => n % 7).keyBy(n => n).sum(0).print()
      env.execute()`
    const whole = await testRun(program)
    const { startLocal } = await import('./local')
    for (const start of [startLocal, startOnThreads, onOneThread]) {
      const cut = await testRun(program, {
        start: async (request) => {
          const run = await start(request)
          return {
            ...run,
            advance: async (until, onPage) => {
              for (let t = 0; t < whole.frontier; t += 7_777) await run.advance(t, onPage)
              return run.advance(until, onPage)
            },
          }
        },
      })
      expect(traceOf(cut)).toBe(traceOf(whole))
    }
  })
})

const onThreads = it.each<[string, StartRun]>([
  ['threads', startOnThreads],
  ['one thread', onOneThread],
])

onThreads('what the main part does wrong is told across %s', async (_, start) => {
  const failed = testRun(`${HEAD}\nthrow new TypeError('no')`, { start })
  await expect(failed).rejects.toBeInstanceOf(ProblemError)
  await expect(failed).rejects.toMatchObject({ problem: { args: { message: 'no' }, place: { in: 'program', line: 5 } } })
})

onThreads('a flood ends a run on %s with what came before it, for good', async (_, start) => {
  // Long lines: it must rise faster than a silent thread is given up, also where much else runs.
  const program = `${HEAD}
    const line = 'x'.repeat(10_000)
    env.fromData(1, 2).map(n => { if (n === 2) for (;;) console.log(line); return n }).print()
    env.execute()`
  const flooded = { state: 'broken', problem: { code: 'sandbox-flood', args: { what: 'events' } } }
  const run = await testRun(program, {
    start: async (request) => {
      const run = await start(request)
      return {
        ...run,
        advance: async (until, onPage) => {
          expect(await run.advance(until, onPage)).toMatchObject(flooded)
          return run.advance(until, onPage)
        },
      }
    },
  })
  expect(run.end).toMatchObject(flooded)
  expect(run.status).toBe('RUNNING')
})

it('a thread that is used again shows a program nothing of the one before', async () => {
  const counting = `${HEAD}
    env.setParallelism(1)
    env.fromData(1, 2, 3).map(n => { Object.seen = (Object.seen ?? 0) + n; return Object.seen }).print()
    env.execute()`
  const start = startOnOneThread()
  const first = await testRun(counting, { start })
  expect(sinkLines(first)).toEqual(['1', '3', '6'])
  expect(traceOf(await testRun(counting, { start }))).toBe(traceOf(first))
})

it('processes that die and links that are cut, in the midst of restarts', async () => {
  const run = await everyWay(
    `${HEAD}
      env.setParallelism(2)
      const log = () => env.fromSource(LogSource.topic('t').setBounded(), WatermarkStrategy.noWatermarks(), 'in')
      log().rebalance().map(r => r.value).print()
      env.execute()`,
    {
      topics: [topicOf('t', ['a b c d e f g h', 'i j k'], 900)],
      until: 120_000_000,
      configuration: {
        'heartbeat.interval': '1 s',
        'heartbeat.timeout': '4 s',
        'restart-strategy.type': 'fixed-delay',
        'restart-strategy.fixed-delay.attempts': '100',
        'high-availability.type': 'kubernetes',
        'high-availability.storageDir': 'hdfs:///ha',
        'taskmanager.numberOfTaskSlots': '1',
      },
      scenario: {
        cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 },
        interventions: [
          { at: 1_500_000, do: 'kill-task-manager', host: 1 },
          { at: 5_000_000, do: 'cut-link', hosts: [0, 2], until: 14_000_000 },
          { at: 7_000_000, do: 'start-task-manager' },
          { at: 16_000_000, do: 'kill-job-manager', downtime: 500_000 },
          { at: 17_000_000, do: 'kill-task-manager', host: 3 },
        ],
      },
    },
  )
  expect(run.status).toBe('FINISHED')
  expect(sinkLines(run).length).toBeGreaterThan(11)
})
