import { expect, test } from 'vitest'
import { valueFromBytes } from '../core/values'
import type { Intervention } from '../scenario/types'
import { ofKind, testRun } from './testRun'
import type { TestRun } from './testRun'

/** a, b, c, d: one each half second. */
const topics = [
  {
    name: 'in',
    columns: ['value'],
    partitions: [['a', 'b', 'c', 'd'].map((value, row) => ({ value: { value }, timestamp: null, arrival: row * 500_000, row }))],
  },
]

const run = (sinks: string, interventions: readonly Intervention[] = []): Promise<TestRun> =>
  testRun(
    `import { BasePathBucketAssigner, ExternalTopic, FileSink, LogSource, StreamExecutionEnvironment, TopicSink, TransactionalSink, TwoPhaseCommitSinkFunction, UpsertSink, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const values = env.fromSource(LogSource.topic('in').setBounded(), WatermarkStrategy.noWatermarks(), 'in').map(r => r.value)
${sinks}
env.execute('sinks')`,
    {
      topics,
      configuration: {
        'execution.checkpointing.interval': '1 d',
        'restart-strategy.type': 'fixed-delay',
        'restart-strategy.fixed-delay.attempts': '50',
        'restart-strategy.fixed-delay.delay': '10 ms',
      },
      scenario: { interventions },
    },
  )

/** What is visible of a system in the end, in the order in which it became visible; with its state, what is not. */
function contentOf(run: TestRun, name: string): { visible: string; hidden: string } {
  const text = new TextDecoder()
  const system = ofKind(run, 'ExternalNamed').find(({ payload }) => text.decode(payload) === name)!.a
  const visible: unknown[] = []
  const open = new Map<number, unknown[]>()
  const committed = ofKind(run, 'ExternalCommitted').filter(({ a }) => a === system)
  for (const { a, b, payload } of ofKind(run, 'ExternalWrote')) {
    if (a !== system) continue
    const [, value] = valueFromBytes(payload) as [unknown, unknown]
    if (b < 0) visible.push(value)
    else if (open.has(b)) open.get(b)!.push(value)
    else open.set(b, [value])
  }
  for (const { b, c } of committed) {
    if (c === 0) visible.push(...(open.get(b) ?? []))
    open.delete(b)
  }
  return { visible: visible.join(' '), hidden: [...open.values()].flat().join(' ') }
}

const CHECKPOINT = { at: 750_000, do: 'trigger-checkpoint' } as const
const FAILURE = { at: 1_200_000, do: 'fail-task', vertex: 0, subtask: 0 } as const

test('a failure behind a checkpoint: c comes again, and only what has no transaction shows it', async () => {
  const ran = await run(
    `values.sinkTo(TopicSink.topic('plain'))
values.sinkTo(TransactionalSink.topic('exactly'))
values.sinkTo(FileSink.forRowFormat('/out').withBucketAssigner(new BasePathBucketAssigner()).build())`,
    [CHECKPOINT, FAILURE],
  )
  expect(ran.status).toBe('FINISHED')
  expect(contentOf(ran, 'plain')).toEqual({ visible: 'a b c c d', hidden: '' })
  expect(contentOf(ran, 'exactly')).toEqual({ visible: 'a b c d', hidden: 'c' })
  expect(contentOf(ran, '/out')).toEqual({ visible: 'a b c d', hidden: 'c' })
})

test('a part file is whole before its checkpoint is complete, and has its last name before the task is over', async () => {
  const ran = await run(`values.sinkTo(FileSink.forRowFormat('/out').withBucketAssigner(new BasePathBucketAssigner()).build())`, [
    CHECKPOINT,
  ])
  const files = ofKind(ran, 'FileWritten').map(({ time, payload }) => ({ time, path: new TextDecoder().decode(payload) }))
  const [completed] = ofKind(ran, 'CheckpointCompleted')
  expect(files[0]!.path).toMatch(/^\/out\/\.part-[0-9a-f]{8}-0\.inprogress$/)
  expect(files[0]!.time).toBeLessThan(completed!.time)
  expect(files.map(({ path }) => path).filter((path) => !path.endsWith('.inprogress'))).toHaveLength(2)
  expect(contentOf(ran, '/out')).toEqual({ visible: 'a b c d', hidden: '' })
})

test('a transaction that is open for too long is aborted outside, and its records are lost', async () => {
  const ran = await run(`values.sinkTo(TransactionalSink.topic('exactly').withTransactionTimeout(300))`, [CHECKPOINT])
  expect(ofKind(ran, 'ExternalAborted').map(({ c }) => c)).toContain(1)
  expect(contentOf(ran, 'exactly').hidden).toContain('a')
})

test('a topic that is out while it should commit fails the job until it is there again', async () => {
  const ran = await run(
    `class Sink extends TwoPhaseCommitSinkFunction {
  topic = ExternalTopic.named('own')
  beginTransaction() { const id = 't' + this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() + '-' + Date.now(); this.topic.begin(id); return id }
  invoke(id, value) { this.topic.append(value, id) }
  preCommit(id) { this.topic.preCommit(id) }
  commit(id) { this.topic.commit(id) }
  abort(id) { this.topic.abort(id) }
}
values.addSink(new Sink())`,
    [CHECKPOINT, { at: 770_000, do: 'system-outage', system: 'own', until: 900_000 }],
  )
  expect(ran.status).toBe('FINISHED')
  expect(ofKind(ran, 'TransactionMoved').filter(({ c }) => c === 6).length).toBeGreaterThan(0)
  expect(ofKind(ran, 'TransactionMoved').filter(({ c }) => c === 4).length).toBeGreaterThan(0)
  expect(contentOf(ran, 'own').visible).toBe('a b c d')
})

test('outside a sink nobody reaches outside', async () => {
  const ran = await run(`values.map(v => ExternalTopic.named('x').append(v)).print()`)
  expect(ofKind(ran, 'Problem').map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)).code)).toContain('outside-elsewhere')
})
