import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { runJob } from '../../testing/runJob'
import type { JobRun } from '../../testing/runJob'
import { pagesOf } from '../codec'
import { FoldRunner } from '../fold'
import { JOB_STATUSES, TraceKind } from '../kinds'
import { narrate } from '../narration'
import { Replay } from '../replay'
import { clusterFold } from './fold'
import { channelItems } from './items'
import { busyShare, jobStatusOf, slotsTotal, taskManagersOf, waitingSharedSlots, watermarkOf } from './queries'

const HEAD = `
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
interface Row { key: string; time: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const marks = WatermarkStrategy.forBoundedOutOfOrderness<Row>(Duration.ofMillis(5)).withTimestampAssigner(r => r.time)
const source = (name: string) => env.fromSource(LogSource.topic<Row>('input').setBounded(), marks, name)
`
const JOBS: Readonly<Record<string, string>> = {
  window: `source('in').keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a, b) => a).sinkTo(new PrintSink())`,
  rebalanced: `source('in').rebalance().map(r => r.key).rebalance().filter(k => k !== 'a').sinkTo(new PrintSink())`,
  union: `source('one').union(source('two')).keyBy(r => r.key).reduce((a, b) => b).sinkTo(new PrintSink()).setParallelism(1)`,
  'watermarks made on the way': `env.fromSource(LogSource.topic<Row>('input').setBounded(), WatermarkStrategy.noWatermarks(), 'in').map(r => r).assignTimestampsAndWatermarks(marks)
    .keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a, b) => b).rebalance().map(r => r).sinkTo(new PrintSink())`,
}

/** Folds the whole trace; at every step counts and cursors make sense, and what is taken from a channel is what was put on it. */
function check({ header, log }: JobRun): ReturnType<typeof clusterFold.init> {
  const state = clusterFold.init(header)
  const reader = log.reader()
  const item = log.reader()
  const wrong: string[] = []
  while (reader.next()) {
    const { kind, a } = reader
    if (kind === TraceKind.RecordIn || kind === TraceKind.WatermarkIn) {
      const read = state.read[a]!
      const next = state.plan.items[a]!.at(read)
      const there = read < state.arrived[a]!
      if (kind === TraceKind.RecordIn && !(there && next >= 0 && item.to(next).b === reader.b && item.c === reader.c))
        wrong.push(`record ${reader.index}`)
      if (kind === TraceKind.WatermarkIn && !(there && next < 0 && item.to(~next).x === reader.x)) wrong.push(`watermark ${reader.index}`)
    }
    clusterFold.apply(state, reader)
    for (const { id } of state.graph.channels) {
      const counts = [state.recordsBuffered[id]!, state.recordsInFlight[id]!, state.recordsQueued[id]!]
      const cursors = [state.read[id]!, state.arrived[id]!, state.sent[id]!, state.appended[id]!]
      if (counts.some((count) => count < 0)) wrong.push(`counts ${counts.join(' ')} of channel ${id} at ${reader.index}`)
      if (cursors.some((cursor, i) => i > 0 && cursor < cursors[i - 1]!))
        wrong.push(`cursors ${cursors.join(' ')} of channel ${id} at ${reader.index}`)
    }
  }
  expect(wrong).toEqual([])
  return state
}

describe.each(Object.entries(JOBS))('a real run: %s', (_, job) => {
  test('what is on the channels adds up, and nothing is left at the end', async () => {
    const word = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(200)).map(([key, time]) => `${key}@${time}`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('0 ms', '7 ms', '100 ms'),
        fc.constantFrom(20, 3000),
        // Small segments: records that reach over several, channels without credit, tasks under back-pressure.
        fc.boolean(),
        async (words, parallelism, partitions, timeout, recordCost, small) => {
          const run = await runJob(`${HEAD}${job}\nenv.execute('job')`, {
            input: words.join(' '),
            partitions,
            cluster: { recordCost },
            configuration: {
              'parallelism.default': String(parallelism),
              'taskmanager.numberOfTaskSlots': '3',
              'execution.buffer-timeout.interval': timeout,
              ...(small
                ? {
                    'taskmanager.memory.segment-size': '256 b',
                    'taskmanager.network.memory.buffers-per-channel': '1',
                    'taskmanager.network.memory.floating-buffers-per-gate': '1',
                  }
                : {}),
            },
          })
          const state = check(run)
          expect(jobStatusOf(state)).toBe('FINISHED')
          for (const { index } of run.header.executionGraph.vertices) expect(watermarkOf(state, index)).toBe(LONG_MAX)
          for (const columns of [state.recordsBuffered, state.recordsInFlight, state.recordsQueued, state.timers, state.windows])
            expect([...columns].every((count) => count === 0)).toBe(true)
          for (const { id } of run.header.executionGraph.channels) expect(state.read[id]).toBe(state.appended[id])
        },
      ),
      { numRuns: 8 },
    )
  }, 60_000)
})

test('a seek in a real trace gives what folding from the start gives; things fly for the latency of the link', async () => {
  const run = await runJob(`${HEAD}${JOBS.window}\nenv.execute('job')`, {
    input: Array.from({ length: 60 }, (_, i) => `${'abcd'[i % 4]}@${i * 3}`).join(' '),
  })
  const { header, log } = run
  const runner = new FoldRunner(clusterFold, header, log)
  const flying: number[] = []
  const state = clusterFold.init(header)
  const reader = log.reader()
  while (reader.next()) {
    clusterFold.apply(state, reader)
    for (const { id } of header.executionGraph.channels) {
      for (const { station, progress } of channelItems(state, header, log, id, reader.time)) if (station === 'flying') flying.push(progress)
    }
    for (const { index } of header.executionGraph.vertices) {
      const { idle, busy, backPressured } = busyShare(state, index, reader.time)
      expect(idle + busy + backPressured).toBeLessThanOrEqual(1.000001)
    }
    const event = (reader.index * 7919) % log.length
    expect(runner.seek(event).event).toBe(event)
  }
  expect(flying.length).toBeGreaterThan(0)
  expect(Math.min(...flying)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...flying)).toBeLessThanOrEqual(1)
  const { plan: _, ...sought } = runner.seek(log.length - 1)
  const { plan: __, ...folded } = state
  expect(sought).toEqual(folded)
})

test('every event of a real run has its sentence in both languages', async () => {
  const { header, log } = await runJob(`${HEAD}${JOBS.window}\nenv.execute('job')`, { input: 'a@1 b@30 a@2 c@90' })
  const reader = log.reader()
  while (reader.next()) {
    for (const language of ['en', 'zh'] as const) {
      expect(narrate(reader, { header, log, language, times: 'clock' }).text).not.toMatch(
        /\{[a-zA-Z]+\}|undefined|host \d|operator \d|channel \d/,
      )
    }
  }
})

test('a job that is cancelled leaves nothing on its channels', async () => {
  const run = await runJob(`${HEAD}${JOBS.window}\nenv.execute('job')`, {
    input: Array.from({ length: 60 }, (_, i) => `${'abcd'[i % 4]}@${i}`).join(' '),
    every: 20,
    interventions: [{ at: 700_000, do: 'cancel' }],
  })
  const state = check(run)
  expect(JOB_STATUSES[state.jobStatus[0]!]).toBe('CANCELED')
  expect([...state.recordsInFlight, ...state.recordsQueued, ...state.recordsBuffered].every((count) => count === 0)).toBe(true)
})

describe.each(['Default', 'Adaptive'])('two jobs, a TaskManager that leaves and one that comes: the %s scheduler', (scheduler) => {
  const run = runJob(
    `${HEAD}${JOBS.window}\nenv.executeAsync('one')\nenv.fromSequence(1, 40).map(n => n).rebalance().map(n => n).print()\nenv.execute('two')`,
    {
      input: Array.from({ length: 120 }, (_, i) => `${'abcd'[i % 4]}@${i * 3}`).join(' '),
      every: 50,
      configuration: {
        'jobmanager.scheduler': scheduler,
        'jobmanager.adaptive-scheduler.resource-stabilization-timeout': '300 ms',
        'restart-strategy.type': 'fixed-delay',
        'restart-strategy.fixed-delay.attempts': '3',
        'parallelism.default': '3',
      },
      cluster: { taskManagers: 2 },
      interventions: [
        { at: 2_000_000, do: 'stop-task-manager', host: 1 },
        { at: 4_000_000, do: 'start-task-manager' },
      ],
    },
  )

  test('what the fold says adds up, to the end', async () => {
    const { header, log } = await run
    const state = check(await run)
    expect([jobStatusOf(state, 0), jobStatusOf(state, 1)]).toEqual(['FINISHED', 'FINISHED'])
    expect([...state.restarts]).toEqual([1, 0])
    expect(taskManagersOf(state).map(({ state: known }) => known)).toEqual(['lost', 'registered', 'registered'])
    expect(waitingSharedSlots(state)).toEqual([])
    expect(slotsTotal(state)).toEqual({ total: 4, free: 4 })
    if (scheduler === 'Adaptive') expect(state.graph).not.toBe(header.executionGraph)
    const reader = log.reader()
    while (reader.next())
      for (const language of ['en', 'zh'] as const)
        expect(narrate(reader, { header, log, language, times: 'raw' }).text).not.toMatch(/\{\w+\}|undefined|subtask \d|host \d/)
  })

  test('a seek gives what folding from the start gives', async () => {
    const { header, log } = await run
    const runner = new FoldRunner(clusterFold, header, log)
    runner.advance()
    const state = clusterFold.init(header)
    const reader = log.reader()
    while (reader.next()) {
      clusterFold.apply(state, reader)
      if (reader.index % 97 !== 0) continue
      runner.seek((reader.index * 7919) % log.length)
      const { plan: _, ...sought } = runner.seek(reader.index)
      const { plan: __, ...folded } = state
      expect(sought).toEqual(folded)
    }
  })
})

test('what a task still writes whose TaskManager has gone in the middle of a record is of no account', async () => {
  const run = await runJob(`${HEAD} env.fromSequence(1, 90).map(n => n).name('Slow').rebalance().map(n => n).print()\nenv.execute('job')`, {
    configuration: { 'tidemark.cost.Slow': '30000', 'execution.buffer-timeout.interval': '50 ms', 'parallelism.default': '1' },
    interventions: [{ at: 785_000, do: 'stop-task-manager', host: 1 }],
  })
  check(run)
  const { log } = run
  const lost = log.reader()
  while (lost.next() && lost.kind !== TraceKind.TaskManagerLost);
  const after = log.reader()
  while (after.next() && (after.time <= lost.time || after.kind !== TraceKind.RecordOut));
  expect(after.kind).toBe(TraceKind.RecordOut)
})

test('a fork reproduces all that came before it', async () => {
  const setting = { input: Array.from({ length: 60 }, (_, i) => `${'abcd'[i % 4]}@${i}`).join(' '), every: 20 }
  const program = `${HEAD}${JOBS.window}\nenv.execute('job')`
  const before = await runJob(program, setting)
  for (const at of [1, 700_001, 1_200_000]) {
    const prefix = before.log.lastAt(at - 1) + 1
    const fork = await runJob(program, { ...setting, interventions: [{ at, do: 'slow', node: 3, subtask: 0, cost: 5000 }] })
    const replay = new Replay(before.log, prefix)
    for (const page of pagesOf(fork.log, 100)) replay.append(page)
    expect(replay.state).toEqual({ state: 'reproduced' })
    expect(replay.log.prefixHash()).not.toBe(before.log.prefixHash())
  }
})
