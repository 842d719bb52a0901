import { describe, expect, test } from 'vitest'
import { CheckpointTrace } from '../../testing/checkpointTrace'
import { runJob } from '../../testing/runJob'
import type { JobRun } from '../../testing/runJob'
import { JobTrace } from '../../testing/traceBuilder'
import { FoldRunner } from '../fold'
import { TraceKind } from '../kinds'
import { TraceLog } from '../log'
import { verdictOf } from './bottleneck'
import { bufferSettings, channelBuffers, inputGates, outputPools } from './buffers'
import { networkFold } from './fold'
import { jobMetrics, levelOf, taskMetrics } from './metrics'
import type { TaskMetric } from './metrics'
import { momentAt } from './state'

const SECOND = 1_000_000

function read(job: JobTrace) {
  const log = new TraceLog()
  log.append(job.take())
  const runner = new FoldRunner(networkFold, job.header, log)
  /** A subtask's metrics when the playhead stands at a second. */
  const at = (seconds: number, vertex = 2) => {
    const time = seconds * SECOND
    const moment = momentAt(runner.seek(log.lastAt(time)), time)
    const values = taskMetrics(moment, log, job.header.streamGraph, vertex, bufferSettings({}))!
    return (...names: TaskMetric[]) => names.map((name) => values.get(name)?.value)
  }
  return { log, runner, at }
}

describe('gauges as TimerGauge has them', () => {
  const TIMES = ['idleTimeMsPerSecond', 'busyTimeMsPerSecond', 'backPressuredTimeMsPerSecond'] as const
  const job = new JobTrace().deploy()
  const after = (seconds: number) => (job.now = seconds * SECOND)
  after(1)
  job.io(2, 1)
  after(3)
  job.io(2, 2)
  after(4)
  job.io(2, 0)
  after(70)
  job.io(2, 1)
  const { at } = read(job)

  test('nothing is known of it before the first update: it counts as busy', () => {
    expect(at(4.9)(...TIMES)).toEqual([0, 1000, 0])
  })
  test('each 5 s, over what there was, at last over a minute', () => {
    expect(at(5)(...TIMES)).toEqual([400, 400, 200])
    expect(at(9.9)(...TIMES)).toEqual([400, 400, 200])
    expect(at(10)(...TIMES)).toEqual([700, 200, 100])
    expect(at(60)(...TIMES)).toEqual([950, 34, 16])
    expect(at(65)(...TIMES)).toEqual([1000, 0, 0])
  })
  test('soft and hard, and the sums', () => {
    expect(at(5)('softBackPressuredTimeMsPerSecond', 'hardBackPressuredTimeMsPerSecond')).toEqual([200, 0])
    expect(at(6)('accumulateIdleTimeMs', 'accumulateBusyTimeMs', 'accumulateBackPressuredTimeMs')).toEqual([3000, 2000, 1000])
  })
  test('levels', () => {
    expect([0, 0.1, 0.11, 0.5, 0.51].map(levelOf)).toEqual(['ok', 'ok', 'low', 'low', 'high'])
  })
})

test('rates are means of a minute, as MeterView has them; records count at the task', () => {
  const job = new JobTrace().deploy()
  for (let i = 0; i < 120; i++) job.emitRecord(0, 'a', i)
  job.now = 100 * SECOND
  job.io(0, 0)
  const { at } = read(job)
  const RATES = ['numRecordsIn', 'numRecordsOut', 'numRecordsOutPerSecond'] as const
  expect(at(4, 0)(...RATES)).toEqual([120, 120, 0])
  expect(at(5, 0)(...RATES)).toEqual([120, 120, 2])
  expect(at(60, 0)(...RATES)).toEqual([120, 120, 2])
  expect(at(65, 0)(...RATES)).toEqual([120, 120, 0])
})

test('an attempt has metrics of its own', () => {
  const job = new JobTrace().deploy().emit(0, 'a@1 b@2').settle()
  job.executionState(2, 'FAILED')
  job.processes[2] = 3 * 65536
  job.executionState(2, 'DEPLOYING', '', 1)
  const { at, runner, log } = read(job)
  expect(at(job.now / SECOND)('numRecordsIn', 'inputQueueLength')).toEqual([0, 0])
  expect(runner.seek(log.length - 1).index.attempts[2]!.map(({ recordsIn }) => recordsIn.count(log.length))).toEqual([1, 0])
})

const HEAD = `
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
interface Row { key: string; time: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const rows = env.fromSource(LogSource.topic<Row>('input').setBounded(), WatermarkStrategy.noWatermarks<Row>(), 'in')
`
const SMALL = {
  'taskmanager.memory.segment-size': '256 b',
  'taskmanager.memory.min-segment-size': '256 b',
  'taskmanager.network.memory.buffers-per-channel': '1',
  'taskmanager.network.memory.floating-buffers-per-gate': '1',
  'execution.buffer-timeout.interval': '0 ms',
}
const many = (count: number, key: (i: number) => string = (i) => 'abcdefgh'[i % 8]!) =>
  Array.from({ length: count }, (_, i) => `${key(i)}@${i}`).join(' ')

function lookAt({ header, log }: JobRun, configuration: Readonly<Record<string, string>> = SMALL) {
  const runner = new FoldRunner(networkFold, header, log)
  const names = header.executionGraph.job.vertices.map(({ name }) => name)
  return {
    names,
    verdictAt: (seconds: number) => {
      const time = seconds * SECOND
      const moment = momentAt(runner.seek(log.lastAt(time)), time)
      const verdict = verdictOf(moment, log, header.streamGraph, 0, 'second')
      return { moment, verdict, task: 'task' in verdict ? names[verdict.task] : '' }
    },
    metric: (moment: ReturnType<typeof runner.seek>, vertex: number, name: TaskMetric) =>
      taskMetrics(moment, log, header.streamGraph, vertex, bufferSettings(configuration))!.get(name)!.value,
    end: () => runner.seek(log.length - 1),
  }
}

describe('who holds the job up', () => {
  test('the first that does not wait, below those that do; its pool is full, theirs are', async () => {
    const program = `${HEAD}rows.rebalance().map(r => r.key).name('early').rebalance().map(k => k).name('slow').rebalance().map(k => k).name('late').sinkTo(new PrintSink())\nenv.execute('job')`
    const run = await runJob(program, { input: many(4000), configuration: { ...SMALL, 'tidemark.cost.slow': '5000' } })
    const { verdictAt, metric, end } = lookAt(run)
    const { verdict, task, moment } = verdictAt(4)
    expect(task).toBe('slow')
    expect(verdict).toMatchObject({ kind: 'bottleneck', waiting: [1, 0], reason: { kind: 'cost' } })
    if (verdict.kind !== 'bottleneck') throw new Error()
    expect(verdict.busy).toBeGreaterThan(0.9)
    expect(Math.round(verdict.cost / 100)).toBe(50)
    expect(run.log.at(verdict.waitingEvent).time).toBeLessThanOrEqual(4 * SECOND)
    const { vertices } = moment.graph
    const early = vertices.find(({ vertex }) => vertex === 1)!.index
    // Of 3: one may be on its way back to the sender as a credit.
    expect(metric(moment, verdict.vertex, 'inPoolUsage')).toBeGreaterThan(0.5)
    expect(metric(moment, early, 'outPoolUsage')).toBeGreaterThan(0.5)
    expect(channelBuffers(moment, verdict.channel)).toMatchObject({ credits: 0 })
    const last = end()
    for (const { id } of last.graph.channels)
      expect(channelBuffers(last, id)).toMatchObject({ sender: { buffers: 0, held: 0 }, receiver: { buffers: 0, held: 0 }, flying: 0 })
  })

  test('one subtask alone: its keys', async () => {
    const program = `${HEAD}rows.keyBy(r => r.key).reduce((a, b) => b).name('slow').sinkTo(new PrintSink())\nenv.execute('job')`
    const input = many(3000, (i) => (i % 10 === 0 ? 'b' : 'a'))
    const run = await runJob(program, { input, configuration: { ...SMALL, 'tidemark.cost.slow': '4000' } })
    expect(lookAt(run).verdictAt(4).verdict).toMatchObject({ kind: 'bottleneck', reason: { kind: 'skew', subtasks: 2 } })
  })

  test('one that waits for answers is busy, as in Flink', async () => {
    const program = `${HEAD.replace('import { ', 'import { AsyncDataStream, ExternalService, TimeUnit, ')}
const ask = { asyncInvoke: (r: Row, future: any) => ExternalService.named('slow').request(r.key, answer => future.complete([String(answer)])) }
AsyncDataStream.unorderedWait(rows.rebalance(), ask, 60, TimeUnit.SECONDS, 2).name('asks').sinkTo(new PrintSink())
env.execute('job')`
    const services = [{ name: 'slow', latency: { least: 100, most: 100 } }] as never
    const run = await runJob(program, { input: many(300), configuration: SMALL, scenario: { services } })
    const { verdict, task } = lookAt(run).verdictAt(2)
    expect(task).toBe('asks -> Sink: Writer')
    expect(verdict).toMatchObject({ kind: 'bottleneck', reason: { kind: 'async', inFlight: 2 } })
    expect(verdict.kind === 'bottleneck' && verdict.busy).toBeGreaterThan(0.9)
  })

  test('a checkpoint whose other barriers are not there', () => {
    const job = new CheckpointTrace().deploy()
    job.io(0, 2).trigger(1).source(0, 1).barrier(0, 1, 'first')
    job.say(job.processes[0]!, 'QueueLength', { a: 0, b: 0, c: 4, d: 400, x: 3 })
    job.wait(SECOND).io(1, 1)
    const { log, runner } = read(job)
    const verdict = verdictOf(runner.seek(log.length - 1), log, job.header.streamGraph, 0, 'second')
    expect(verdict).toMatchObject({ task: 1, waiting: [0], reason: { kind: 'alignment', checkpoint: 1, channel: 0 } })
  })

  test('nobody', async () => {
    const program = `${HEAD}rows.rebalance().map(r => r.key).sinkTo(new PrintSink())\nenv.execute('job')`
    const run = await runJob(program, { input: many(200), every: 20 })
    expect(lookAt(run, {}).verdictAt(2).verdict).toMatchObject({ kind: 'free' })
  })
})

test('a record that goes to all subtasks counts once; what it gives several times counts as often', async () => {
  const program = `${HEAD}rows.flatMap<string>((r, out) => { out.collect(r.key); out.collect(r.key) }).broadcast().map(k => k).sinkTo(new PrintSink())\nenv.execute('job')`
  const run = await runJob(program, { input: 'a@1 b@2 c@3' })
  const { end, metric } = lookAt(run, {})
  expect(metric(end(), 0, 'numRecordsOut') + metric(end(), 1, 'numRecordsOut')).toBe(6)
})

test.each(['aligned', 'unaligned'])('buffers never exceed their pools, and all come back: %s checkpoints', async (how) => {
  const program = `${HEAD}env.enableCheckpointing(50)\nrows.keyBy(r => r.key).reduce((a, b) => b).name('slow').rebalance().map(r => r.key).sinkTo(new PrintSink())\nenv.execute('job')`
  const unaligned = { 'execution.checkpointing.unaligned.enabled': how === 'unaligned' ? 'true' : 'false' }
  const { header, log } = await runJob(program, {
    input: many(800),
    configuration: { ...SMALL, ...unaligned, 'tidemark.cost.slow': '2000' },
  })
  const state = networkFold.init(header)
  const settings = bufferSettings(SMALL)
  const reader = log.reader()
  const wrong: string[] = []
  while (reader.next()) {
    networkFold.apply(state, reader)
    if (reader.kind !== TraceKind.QueueLength) continue
    const { from, to, id } = state.graph.channels[reader.a]!
    for (const { used, size } of inputGates(state, to, settings)) if (used > size) wrong.push(`gate of ${to} at ${reader.index}: ${used}`)
    for (const { used } of outputPools(state, from, settings)) if (used < 0) wrong.push(`pool of ${from} at ${reader.index}: ${used}`)
    if (channelBuffers(state, id).credits < -1) wrong.push(`credits of ${id} at ${reader.index}`)
  }
  expect(wrong).toEqual([])
  for (const { index } of state.graph.vertices)
    for (const { used } of [...inputGates(state, index, settings), ...outputPools(state, index, settings)]) expect(used).toBe(0)
})

test('checkpoints of a job, in its metrics', async () => {
  const program = `${HEAD}env.enableCheckpointing(100)\nrows.keyBy(r => r.key).reduce((a, b) => b).sinkTo(new PrintSink())\nenv.execute('job')`
  const run = await runJob(program, { input: many(400) })
  const values = jobMetrics(new FoldRunner(networkFold, run.header, run.log).seek(run.log.length - 1), 0)
  expect(values.get('numberOfCompletedCheckpoints')!.value).toBeGreaterThan(2)
  expect(values.get('lastCheckpointDuration')!.value).toBeGreaterThanOrEqual(0)
  expect(values.get('numRestarts')!.value).toBe(0)
})
