import { expect, test } from 'vitest'
import { topicOf, whyRun, type WhyRun, type WhySetting } from '../../testing/whyRun'
import type { Question, RootCause } from './types'

const IMPORTS = `import { AscendingTimestampExtractor, AsyncDataStream, BoundedOutOfOrdernessTimestampExtractor, ContinuousEventTimeTrigger, ContinuousProcessingTimeTrigger, CountTrigger, DeltaTrigger, Duration, EventTimeSessionWindows, EventTimeTrigger, ExternalService, GlobalWindows, KeyedProcessFunction,
  LogSource, OutputTag, PrintSink, ProcessFunction, ProcessingTimeSessionWindows, ProcessingTimeTrigger, PurgingTrigger, SlidingEventTimeWindows, StreamExecutionEnvironment, Time, TimeUnit, Trigger, TriggerResult, TumblingEventTimeWindows,
  TumblingProcessingTimeWindows, Watermark, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const source = (strategy: string, name = 'input') =>
  `env.fromSource(LogSource.topic(${JSON.stringify(name)}), ${strategy}, ${JSON.stringify(name)})`
const monotonous = 'WatermarkStrategy.forMonotonousTimestamps()'
const outOfOrder = (seconds: number) => `WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(${seconds}))`
const keyed = '.keyBy(e => e.key)'
const reduced = `.reduce((a, b) => ({ ...a, time: b.time }))`
const tumbling = (seconds: number, more = '') =>
  `${keyed}.window(TumblingEventTimeWindows.of(Duration.ofSeconds(${seconds})))${more}${reduced}`
const program = (body: string, before = '') => `${IMPORTS}${before}\n${body}.sinkTo(new PrintSink())\nenv.execute('job')\n`

const run = (
  text: string,
  { input, topics, ...rest }: Omit<WhySetting, 'topics' | 'program'> & { input?: string; topics?: WhySetting['topics'] },
) => whyRun({ program: text, topics: topics ?? [topicOf('input', input ?? 'a@1000')], ...rest })
const p = (parallelism: number) => ({ configuration: { 'parallelism.default': String(parallelism) } })
function expectRoot(run: WhyRun, question: Question | undefined, root: RootCause | null): void {
  expect(question).toBeDefined()
  const answer = run.ask(question!)
  expect(answer).not.toBeNull()
  expect(answer!.root, answer!.causes.map(({ code }) => code).join(' < ')).toBe(root)
}
const some = (run: WhyRun, about: Question['about'], index = 0) => run.questions.filter((question) => question.about === about)[index]
const silence = (run: WhyRun): Question => ({
  about: 'silence',
  node: run.header.streamGraph.nodes.find(({ name }) => name.includes('Sink'))!.id,
})
const ONE = 'a@1000 a@2000 b@4000 a@9000 a@12000 a@25000'

test('a slow partition that still speaks is no silent one', async () => {
  const fast = Array.from({ length: 20 }, (_, i) => `a@${i * 2000}`).join(' ')
  const slow = Array.from({ length: 20 }, (_, i) => `b@${i * 100}`).join(' ')
  const seen = await run(program(source(monotonous) + tumbling(10)), {
    topics: [topicOf('input', `${fast} | ${slow}`, { every: 500 })],
    seconds: 20,
  })
  expectRoot(seen, seen.windowOf('a', 0), 'no-later-event')
})

test('partitions of which none is past the end: nothing later yet, even if one is silent', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10)), { input: 'a@1000 a@2000 a@3000 a@9000 | b@500' })
  expectRoot(seen, seen.windowOf('a', 0), 'no-later-event')
})

test('idleness that works leaves nothing to ask', async () => {
  const seen = await run(program(source(`${monotonous}.withIdleness(Duration.ofSeconds(1))`) + tumbling(10)), {
    topics: [topicOf('input', `${ONE} a@26000 a@27000 a@28000 | b@500`, { every: 500 })],
    ...p(2),
  })
  expectRoot(seen, seen.windowOf('a', 0), null)
})

test('idleness upstream of an assigner does not help', async () => {
  const text = program(
    `${source(`${monotonous}.withIdleness(Duration.ofSeconds(1))`)}.assignTimestampsAndWatermarks(${monotonous})${tumbling(10)}`,
  )
  const seen = await run(text, { input: `${ONE} | b@500`, ...p(2) })
  expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
})

test('an idle source that ends lets its last watermark be swallowed', async () => {
  const seen = await run(
    program(
      `env.fromSource(LogSource.topic('input').setBounded(), ${monotonous}.withIdleness(Duration.ofMillis(500)), 'input')${tumbling(10)}`,
    ),
    { topics: [topicOf('input', 'a@1000 a@2000 a@3000', { every: 3000 })], seconds: 30 },
  )
  const answer = seen.ask(seen.windowOf('a', 0))
  expect([null, 'all-idle']).toContain(answer!.root)
})

test('a canceled job', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10)), {
    input: 'a@1000 a@2000',
    interventions: [{ at: 3_000_000, do: 'cancel' }],
    seconds: 5,
  })
  expectRoot(seen, seen.windowOf('a', 0), 'job-over')
})

test('legacy sources and extractors', async () => {
  const text = program(
    `env.addSource({ run(ctx) { ctx.collect({ key: 'a', time: 1000 }); ctx.collect({ key: 'a', time: 12000 }) }, cancel() {} })${tumbling(10)}`,
  )
  const seen = await run(text, {})
  expectRoot(seen, silence(seen), 'no-timestamps')
  const timed = program(
    `env.addSource({ run(ctx) { for (const time of [1000, 2000, 15000]) ctx.collectWithTimestamp({ key: 'a', time }, time); while (this.on) ctx.wait?.() ; }, on: false, cancel() {} })${tumbling(10)}`,
  )
  const done = await run(timed, {})
  expect(done.ask(done.windowOf('a', 0))!.root).toBe(null)
  const extractor = program(
    `${source('WatermarkStrategy.noWatermarks()')}.assignTimestampsAndWatermarks(new Mine())${tumbling(10)}`,
    `class Mine extends BoundedOutOfOrdernessTimestampExtractor { constructor() { super(Time.seconds(60)) } extractTimestamp(e) { return e.time } }`,
  )
  const old = await run(extractor, { input: ONE })
  expectRoot(old, old.windowOf('a', 0), 'bound-too-large')
})

test('collections end and everything fires', async () => {
  const seen = await run(
    program(
      `env.fromData([{ key: 'a', time: 1000 }, { key: 'b', time: 2000 }]).assignTimestampsAndWatermarks(${monotonous}.withTimestampAssigner(e => e.time))${tumbling(10)}`,
    ),
    {},
  )
  expectRoot(seen, seen.windowOf('a', 0), null)
  const bare = await run(program(`env.fromData([{ key: 'a', time: 1000 }, { key: 'b', time: 2000 }])${tumbling(10)}`), {})
  expectRoot(bare, silence(bare), 'no-timestamps')
})

test('a window that fired, with an element that fired again', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10, '.allowedLateness(Duration.ofSeconds(60))')), {
    topics: [topicOf('input', 'a@1000 a@12000 a@2000', { every: 300 })],
  })
  expectRoot(seen, seen.windowOf('a', 0), null)
})

test('a count trigger that waits while time has not come, and continuous ones', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10, '.trigger(CountTrigger.of(5))')), { input: 'a@1000 a@2000' })
  expectRoot(seen, seen.windowOf('a', 0), 'count-not-reached')
  const every = await run(program(source(monotonous) + tumbling(60, '.trigger(ContinuousEventTimeTrigger.of(Duration.ofSeconds(5)))')), {
    input: 'a@1000 a@2000 a@4000',
  })
  expectRoot(every, every.windowOf('a', 0), 'no-later-event')
  const delta = await run(
    program(
      `${source(monotonous)}${keyed}.window(GlobalWindows.create()).trigger(DeltaTrigger.of(5000, (a, b) => b.time - a.time))${reduced}`,
    ),
    { input: 'a@1000 a@2000' },
  )
  expectRoot(delta, delta.windowOf('a'), 'delta-not-reached')
})

test('a filter before a window of which only one key gets through', async () => {
  const seen = await run(program(`${source(monotonous)}.filter(e => e.key === 'a')${tumbling(10)}`), { input: ONE })
  const dropped = seen.questions.filter(({ about }) => about === 'record')
  expectRoot(seen, dropped[0], 'user-code-filters')
  expectRoot(seen, seen.windowOf('a', 0), null)
})

test('a timer in processing time, and one of a process function that waits for a silent side', async () => {
  const before = `class Two { processElement1(e, ctx, out) { ctx.timerService().registerEventTimeTimer(e.time + 1000) } processElement2(e, ctx, out) {} onTimer(t, ctx, out) { out.collect('x') } }`
  const text = program(
    `${source(monotonous)}${keyed}.connect(${source(monotonous, 'other')}${keyed}).process(new Two())`,
    before.replace('class Two', 'class Two extends KeyedCoProcessFunction'),
  ).replace('KeyedProcessFunction,', 'KeyedProcessFunction, KeyedCoProcessFunction,')
  const seen = await run(text, { topics: [topicOf('input', ONE), topicOf('other', 'b@10')] })
  expectRoot(seen, some(seen, 'timer'), 'silent-partition')
})

test('two jobs: what one does is nothing to the other', async () => {
  const text = `${IMPORTS}${source(monotonous)}.map(e => { throw new Error('x') }).sinkTo(new PrintSink())
env.executeAsync('bad')
${source(monotonous, 'other')}${tumbling(10)}.sinkTo(new PrintSink())
env.executeAsync('good')
`
  const seen = await run(text, {
    topics: [topicOf('input', ONE), topicOf('other', 'a@1000 a@2000')],
    configuration: { 'parallelism.default': '1', 'restart-strategy.type': 'none' },
  })
  expectRoot(seen, seen.windowOf('a', 0), 'no-later-event')
  expectRoot(seen, silence(seen), 'user-code-throws')
})

test('a window in the middle: results of a first window wait in a second', async () => {
  const seen = await run(
    program(`${source(monotonous)}${tumbling(5)}.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(20)))${reduced}`),
    { input: ONE, ...p(2), topics: [topicOf('input', `${ONE} | b@1000 b@26000`)] },
  )
  expectRoot(seen, some(seen, 'window'), 'no-later-event')
})

test('later than the bound, and one of the future in another partition', async () => {
  const seen = await run(program(source(outOfOrder(2)) + tumbling(10)), {
    topics: [topicOf('input', 'a@1000 a@5000 a@12000 a@6000 a@13000 a@14000 a@15000 a@18000', { every: 300 })],
  })
  const late = seen.questions.find(({ about }) => about === 'record')
  if (late !== undefined) expectRoot(seen, late, 'out-of-order')
  const steady = Array.from({ length: 30 }, (_, i) => `a@${i * 1000}${i === 8 ? ' a@100000' : ''}`).join(' ')
  const future = await run(program(source(outOfOrder(2)) + tumbling(5)), { topics: [topicOf('input', steady, { every: 300 })] })
  expectRoot(
    future,
    future.questions.find(({ about }) => about === 'record'),
    'future-event',
  )
})

test('an assigner behind keyBy: subtasks without keys hold the rest, however many partitions there are', async () => {
  const text = program(
    `${source('WatermarkStrategy.noWatermarks()')}${keyed}.map(e => e).assignTimestampsAndWatermarks(${monotonous})${tumbling(10)}`,
  )
  const seen = await run(text, { input: 'a@1000 a@2000 a@12000 a@30000', ...p(3) })
  expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
})
