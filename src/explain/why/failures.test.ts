import { describe, expect, test } from 'vitest'
import { outcomesOf, topicOf, whyRun, type WhyRun, type WhySetting } from '../../testing/whyRun'
import { TraceKind } from '../../trace/kinds'
import { askedOf } from './again'
import { questionOf } from './index'
import type { Question } from './types'
import { sayCause, sayFix, sayQuestion, sayRoot } from './words'

/** Counts by key in state; a record each half second. */
const program = (
  sink: string,
  before = '',
) => `import { KeyedProcessFunction, LogSource, StreamExecutionEnvironment, TopicSink, TransactionalSink, Types, UpsertSink, ValueStateDescriptor, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
class Count extends KeyedProcessFunction {
  open() { this.count = this.getRuntimeContext().getState(new ValueStateDescriptor('count', Types.LONG)) }
  processElement(e, ctx, out) { const n = (this.count.value() ?? 0) + 1; this.count.update(n); out.collect(e.key + n) }
}
class Field extends KeyedProcessFunction {
  n = 0
  processElement(e, ctx, out) { this.n++; out.collect(e.key + this.n) }
}
${before}
env.fromSource(LogSource.topic('input'), WatermarkStrategy.noWatermarks(), 'in').keyBy(e => e.key).process(new Count()).name('count').uid('count').sinkTo(${sink})
env.execute('job')`
const PLAIN = "TopicSink.topic('plain')"
const TX = "TransactionalSink.topic('tx')"
const EACH_SECOND = { 'execution.checkpointing.interval': '1 s', 'heartbeat.interval': '200 ms', 'heartbeat.timeout': '1 s' }
const FAIL = { at: 2_300_000, do: 'fail-task', vertex: 1, subtask: 0 } as const

const run = (text: string, setting: Omit<WhySetting, 'topics' | 'program'> = {}): Promise<WhyRun> =>
  whyRun({ topics: [topicOf('input', 'a@1 b@2 a@3 b@4 a@5 b@6 a@7 a@8', { every: 500 })], program: text, seconds: 8, ...setting })

const TONGUE = { language: 'zh', eventTime: String, span: (ms: number) => `${ms} ms`, processingTime: String } as const

/** `restart no-checkpointing | state no-checkpoint-yet`: each answered question with its root, in order, said in words without gaps. */
function story(seen: WhyRun): string {
  return seen.questions
    .flatMap((question) => {
      const answer = seen.ask(question)
      if (answer === null) return []
      const said = [
        sayQuestion(question, seen, TONGUE),
        ...answer.causes.map((cause) => sayCause(cause, TONGUE)),
        ...answer.fixes.map((fix) => sayFix(fix, TONGUE)),
        ...(answer.root === null ? [] : [sayRoot(answer.root, TONGUE)]),
      ]
      for (const sentence of said) expect(sentence).not.toMatch(/\{\w+\}|^[a-z-]+$/)
      for (const { event } of answer.causes) expect(event).toBeLessThanOrEqual(seen.event)
      expect(askedOf(question, seen.log)).not.toBeNull()
      return [`${question.about} ${answer.root}`]
    })
    .join(' | ')
}
const fixesOf = (seen: WhyRun, question: Question): string[] =>
  seen.ask(question)!.fixes.map(({ code, args }) => (args.key === undefined ? code : `${String(args.key)}=${String(args.value)}`))
const ofKind = (seen: WhyRun, about: Question['about']): Question => seen.questions.find((question) => question.about === about)!
/** The last event of a kind. */
const last = (seen: WhyRun, kind: number): number => {
  for (let index = seen.log.length - 1; index >= 0; index--) if (seen.log.kindAt(index) === kind) return index
  return -1
}

describe('a healthy job', () => {
  test.each([
    ['with checkpoints', program(TX), EACH_SECOND],
    ['with unaligned ones', program(PLAIN), { ...EACH_SECOND, 'execution.checkpointing.unaligned.enabled': 'true' }],
    ['in RocksDB', program(PLAIN), { ...EACH_SECOND, 'state.backend.type': 'rocksdb', 'execution.checkpointing.dir': 'hdfs:///cp' }],
    ['without checkpoints', program(PLAIN), {}],
  ])('%s raises no question', async (_name, text, configuration) => {
    expect(story(await run(text, { configuration }))).toBe('')
  })
  test('its checkpoint and what it wrote can be asked about all the same', async () => {
    const seen = await run(program(PLAIN), { configuration: EACH_SECOND })
    const checkpoint = questionOf({ kind: 'event', index: last(seen, TraceKind.CheckpointCompleted) }, seen)!
    expect(seen.ask(checkpoint)).toMatchObject({ root: null, causes: [{ code: 'checkpoint-took' }, {}] })
    const wrote = questionOf({ kind: 'event', index: last(seen, TraceKind.ExternalWrote) }, seen)!
    expect(seen.ask(wrote)).toMatchObject({ root: null, causes: [{ code: 'stands-there' }] })
  })
})

describe('restarts', () => {
  test('none, because checkpointing is off (R-2)', async () => {
    const seen = await run(program(PLAIN), { interventions: [FAIL] })
    expect(story(seen)).toBe('restart no-checkpointing')
    expect(fixesOf(seen, ofKind(seen, 'restart'))).toEqual([
      'execution.checkpointing.interval=1 s',
      'restart-strategy.type=fixed-delay',
      'undo-hand',
    ])
    // Now it restarts, and one asks what made it fail; without the hand there is nothing to ask.
    expect(await outcomesOf(seen, ofKind(seen, 'restart'), 8)).toEqual({ 'set-option': 'failed-on-purpose', 'undo-hand': 'gone' })
  })
  test('a killed TaskManager', async () => {
    const seen = await run(program("UpsertSink.table('t', v => v[0])"), {
      configuration: EACH_SECOND,
      interventions: [{ at: 2_300_000, do: 'kill-task-manager', host: 1 }],
    })
    expect(story(seen)).toBe('restart task-manager-killed')
  })
  test.each([
    ['none', { 'restart-strategy.type': 'none' }, 'strategy-none'],
    ['fixed-delay', { 'restart-strategy.type': 'fixed-delay', 'restart-strategy.fixed-delay.attempts': '0' }, 'attempts-used-up'],
    ['failure-rate', { 'restart-strategy.type': 'failure-rate' }, 'failure-rate'],
  ])('the strategy %s gives up', async (_name, configuration, root) => {
    const seen = await run(program(TX), {
      configuration: { ...EACH_SECOND, ...configuration },
      interventions: [FAIL, { ...FAIL, at: 5_000_000 }],
    })
    const restart = seen.questions.filter(({ about }) => about === 'restart').at(-1)!
    expect(seen.ask(restart)!.root).toBe(root)
    story(seen)
  })
  test('the program throws', async () => {
    const seen = await run(program(PLAIN).replace('this.count.update(n)', "if (n === 3) throw new Error('three'); this.count.update(n)"), {
      configuration: EACH_SECOND,
    })
    expect(seen.ask(ofKind(seen, 'restart'))!.root).toBe('user-code-throws')
    story(seen)
  })
  test('a JobManager that dies, and nothing is kept', async () => {
    const hand = { at: 2_300_000, do: 'kill-job-manager', downtime: 500_000 } as const
    const seen = await run(program("UpsertSink.table('t', v => v)"), { configuration: EACH_SECOND, interventions: [hand] })
    expect(seen.ask(ofKind(seen, 'restart'))!.root).toBe('no-high-availability')
    const kept = await run(program("UpsertSink.table('t', v => v)"), {
      configuration: { ...EACH_SECOND, 'high-availability.type': 'zookeeper', 'high-availability.storageDir': 'hdfs:///ha' },
      interventions: [hand],
    })
    expect(kept.ask(ofKind(kept, 'restart'))!.root).toBe('job-manager-died')
    story(seen)
    story(kept)
  })
})

describe('checkpoints', () => {
  const files = { ...EACH_SECOND, 'execution.checkpointing.dir': 'hdfs:///cp', 'execution.checkpointing.data-inline-threshold': '0 b' }
  const disk = { at: 100_000, do: 'set-disk', latency: 5, bandwidth: 1000, capacity: 10, failing: false } as const

  test('a full disk fails them, and they the job', async () => {
    const seen = await run(program(TX), { configuration: files, interventions: [disk] })
    expect(seen.ask(ofKind(seen, 'checkpoint'))!.root).toBe('disk-full')
    expect(seen.ask(ofKind(seen, 'restart'))!.root).toBe('disk-full')
    expect(fixesOf(seen, ofKind(seen, 'restart'))).toContain('execution.checkpointing.tolerable-failed-checkpoints=3')
    story(seen)
  })
  test('a disk that fails, a subtask that declines', async () => {
    const failing = await run(program(TX), { configuration: files, interventions: [{ ...disk, capacity: null, failing: true }] })
    expect(failing.ask(ofKind(failing, 'checkpoint'))!.root).toBe('disk-failing')
    const declining = await run(program(TX), {
      configuration: EACH_SECOND,
      interventions: [{ at: 100_000, do: 'decline-checkpoints', vertex: 1, subtask: 0, until: 6_000_000 }],
    })
    expect(declining.ask(ofKind(declining, 'checkpoint'))!.root).toBe('failed-on-purpose')
    story(failing)
    story(declining)
  })
  test('a slow operator: barriers stand behind its records until the time is over, and nothing is committed', async () => {
    const slow = {
      ...EACH_SECOND,
      'execution.checkpointing.timeout': '300 ms',
      'execution.checkpointing.tolerable-failed-checkpoints': '100',
      'tidemark.cost.count': '900000',
    }
    const seen = await run(program(TX), { configuration: slow })
    expect(seen.ask(ofKind(seen, 'checkpoint'))!.root).toBe('slow-operator')
    expect(fixesOf(seen, ofKind(seen, 'checkpoint'))).toEqual(
      expect.arrayContaining(['default-cost', 'execution.checkpointing.unaligned.enabled=true', 'execution.checkpointing.timeout=3 s']),
    )
    const silence = ofKind(seen, 'silence')
    expect(seen.ask(silence)!.root).toBe('slow-operator')
    expect(await outcomesOf(seen, silence, 8)).toMatchObject({ 'default-cost': 'fired' })
    story(seen)
  })
  test('a slow disk', async () => {
    const seen = await run(program(PLAIN), { configuration: files, interventions: [{ ...disk, capacity: null, latency: 700 }] })
    expect(seen.ask(ofKind(seen, 'checkpoint'))!.root).toBe('disk-slow')
    story(seen)
  })
})

describe('what lies outside', () => {
  test('a plain sink shows a replayed record twice, a transactional one does not', async () => {
    const plain = await run(program(PLAIN), { configuration: EACH_SECOND, interventions: [FAIL] })
    expect(story(plain)).toBe('restart failed-on-purpose | output plain-sink')
    expect(plain.ask(ofKind(plain, 'output'))!.causes.map(({ code }) => code)).toEqual([
      'stands-twice',
      'read-again',
      'put-back-to',
      'restarted',
      'visible-at-once',
    ])
    expect(story(await run(program(TX), { configuration: EACH_SECOND, interventions: [FAIL] }))).toBe('restart failed-on-purpose')
  })
  test('transactions without checkpoints are never committed', async () => {
    const seen = await run(program(TX))
    expect(story(seen)).toBe('silence no-checkpointing')
    expect(await outcomesOf(seen, ofKind(seen, 'silence'), 8)).toEqual({ 'set-option': 'fired' })
  })
  test('what the next checkpoint will bring is no puzzle', async () => {
    const seen = await run(program(TX), { configuration: { 'execution.checkpointing.interval': '1 min' } })
    expect(story(seen)).toBe('')
    const wrote = questionOf({ kind: 'event', index: last(seen, TraceKind.ExternalWrote) }, seen)!
    expect(seen.ask(wrote)!.root).toBe('next-checkpoint')
  })
  test('a transaction that times out', async () => {
    const seen = await run(program(`${TX}.withTransactionTimeout(300)`), { configuration: { 'execution.checkpointing.interval': '1 min' } })
    expect(seen.ask(ofKind(seen, 'silence'))!.root).toBe('transaction-timed-out')
    story(seen)
  })
})

describe('state', () => {
  const restarting = { 'restart-strategy.type': 'fixed-delay', 'restart-strategy.fixed-delay.attempts': '9' }
  test.each([
    ['checkpointing is off', restarting, 'no-checkpointing'],
    ['no checkpoint was complete', { ...restarting, 'execution.checkpointing.interval': '1 min' }, 'no-checkpoint-yet'],
  ])('does not come back: %s', async (_name, configuration, root) => {
    const seen = await run(program("UpsertSink.table('t', v => v)"), { configuration, interventions: [FAIL] })
    expect(story(seen)).toBe(`restart failed-on-purpose | state ${root}`)
  })
  test('in a field it is gone with the attempt', async () => {
    const text = program(PLAIN).replace('new Count()).name', 'new Field()).name')
    const seen = await run(text, { configuration: EACH_SECOND, interventions: [FAIL] })
    const node = seen.header.streamGraph.nodes.find(({ name }) => name === 'count')!.id
    expect(seen.ask(questionOf({ kind: 'operator', node }, seen)!)!.root).toBe('field-not-state')
  })
  test('a value is what its records made of it since the checkpoint', async () => {
    const seen = await run(program(PLAIN), { configuration: EACH_SECOND, interventions: [FAIL] })
    const answer = seen.ask(questionOf({ kind: 'event', index: last(seen, TraceKind.StateUpdated) }, seen)!)!
    expect(answer.root).toBeNull()
    expect(answer.causes.map(({ code }) => code)).toEqual([
      'value-is',
      'value-restored',
      'value-became-by-record',
      'value-became-by-record',
      'value-became-by-record',
    ])
  })
})

describe('event time held up', () => {
  const WINDOWS = `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setBufferTimeout(0)
const strategy = WatermarkStrategy.forMonotonousTimestamps()
const slow = env.fromSource(LogSource.topic('slow'), strategy, 'slow').rebalance().map(e => e).name('work')
const quick = env.fromSource(LogSource.topic('quick'), strategy, 'quick').map(e => e).name('pass')
slow.union(quick).keyBy(e => e.key).window(TumblingEventTimeWindows.of(Duration.ofSeconds(1))).reduce((a, b) => b).sinkTo(new PrintSink())
env.execute('job')`
  const topics = [
    topicOf('slow', Array.from({ length: 40 }, (_, i) => `a@${100_000 + i * 100}`).join(' '), { every: 400 }),
    topicOf('quick', Array.from({ length: 40 }, (_, i) => `b@${i * 100}`).join(' '), { every: 60 }),
  ]

  test('by a checkpoint that aligns: its channel is blocked until the barrier of the slow input is there', async () => {
    const seen = await whyRun({
      topics,
      program: WINDOWS,
      seconds: 2.2,
      configuration: {
        'tidemark.cost.work': '900000',
        'execution.checkpointing.interval': '1 s',
        'execution.checkpointing.timeout': '1 min',
      },
    })
    expect(seen.questions.filter(({ about }) => about === 'window').map((question) => seen.ask(question)!.root)).toContain(
      'aligning-checkpoint',
    )
    story(seen)
    const blocked = last(seen, TraceKind.ChannelBlocked)
    const channel = seen.log.at(blocked).a
    const question = questionOf({ kind: 'channel', channel }, seen)!
    expect(question).toMatchObject({ about: 'checkpoint' })
    expect(seen.ask(question)!.root).toBe('slow-operator')
  })
})
