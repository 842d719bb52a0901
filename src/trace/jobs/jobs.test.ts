import { expect, test } from 'vitest'
import { runJob } from '../../testing/runJob'
import { exceptionsAt, jobsAt, lanesAt, spanOf } from './facts'
import { jobsFold } from './fold'

const PROGRAM = `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSource(LogSource.topic('input').setBounded(), WatermarkStrategy.noWatermarks(), 'in')
  .map(r => {
    if (r.key === 'bad') throw new Error('no such key')
    return r.key
  })
  .sinkTo(new PrintSink())
env.execute('restless')`

async function run(configuration: Readonly<Record<string, string>>) {
  const { header, log } = await runJob(PROGRAM, {
    input: 'a@1 bad@2 b@3',
    every: 50,
    configuration: { 'parallelism.default': '1', ...configuration },
  })
  const state = jobsFold.init(header)
  for (const reader = log.reader(); reader.next();) jobsFold.apply(state, reader)
  return { state, log }
}

test('a job that gives up tells what failed, where in the program, and how often it tried', async () => {
  const { state, log } = await run({
    'restart-strategy.type': 'fixed-delay',
    'restart-strategy.fixed-delay.attempts': '2',
    'restart-strategy.fixed-delay.delay': '10 ms',
  })
  expect(jobsAt(state)).toMatchObject([{ status: 'FAILED', restarts: 2 }])
  const exceptions = exceptionsAt(state, 0, log)
  expect(exceptions).toHaveLength(3)
  expect(exceptions[0]).toMatchObject({ line: 5 })
  expect(exceptions[0]!.cause).toContain('no such key')
  const [lane] = lanesAt(state, 0)
  expect(lane!.attempts.map((attempt) => spanOf(attempt).state)).toEqual(['FAILED', 'FAILED', 'FAILED'])
})

test('before the failure nothing is known of it', async () => {
  const { state, log } = await run({ 'restart-strategy.type': 'none' })
  const [failure] = exceptionsAt(state, 0, log)
  const before = { ...state, event: failure!.incident.event - 1 }
  expect(exceptionsAt(before, 0, log)).toEqual([])
  expect(jobsAt(before)).toMatchObject([{ status: 'RUNNING', restarts: 0, ended: null }])
})

test('what fails without a task is an exception of the whole job', async () => {
  const { state, log } = await run({ 'execution.state-recovery.path': '/nothing/here' })
  expect(jobsAt(state)).toMatchObject([{ status: 'FAILED', restarts: 0 }])
  expect(exceptionsAt(state, 0, log)).toMatchObject([
    {
      incident: { vertex: -1 },
      cause: expect.stringContaining("Cannot find checkpoint or savepoint file/directory '/nothing/here'") as string,
      decision: null,
    },
  ])
})
