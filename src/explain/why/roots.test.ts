import { describe, expect, test } from 'vitest'
import { topicOf, whyRun, type WhyRun, type WhySetting } from '../../testing/whyRun'
import type { Question, RootCause } from './types'
import { sayCause, sayFix, sayQuestion, sayRoot } from './words'

const IMPORTS = `import { AscendingTimestampExtractor, AsyncDataStream, ContinuousEventTimeTrigger, CountTrigger, DeltaTrigger, Duration, EventTimeSessionWindows, EventTimeTrigger, ExternalService, GlobalWindows, KeyedProcessFunction,
  LogSource, OutputTag, PrintSink, ProcessingTimeSessionWindows, ProcessingTimeTrigger, PurgingTrigger, SlidingEventTimeWindows, StreamExecutionEnvironment, Time, TimeUnit, Trigger, TriggerResult, TumblingEventTimeWindows,
  TumblingProcessingTimeWindows, Watermark, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const source = (strategy: string, name = 'input') =>
  `env.fromSource(LogSource.topic(${JSON.stringify(name)}), ${strategy}, ${JSON.stringify(name)})`
const bounded = (name = 'input') =>
  `env.fromSource(LogSource.topic(${JSON.stringify(name)}).setBounded(), ${monotonous}, ${JSON.stringify(name)})`
const monotonous = 'WatermarkStrategy.forMonotonousTimestamps()'
const outOfOrder = (seconds: number) => `WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(${seconds}))`
const keyed = '.keyBy(e => e.key)'
const reduced = `.reduce((a, b) => ({ ...a, time: b.time }))`
const tumbling = (seconds: number, more = '') =>
  `${keyed}.window(TumblingEventTimeWindows.of(Duration.ofSeconds(${seconds})))${more}${reduced}`
const program = (body: string, before = '') => `${IMPORTS}${before}\n${body}.sinkTo(new PrintSink())\nenv.execute('job')\n`
const TIMERS = (register: string) => `class Timers extends KeyedProcessFunction {
  processElement(e, ctx, out) { ${register} }
  onTimer(time, ctx, out) { out.collect('timer ' + time) }
}`

type Setting = Omit<WhySetting, 'topics' | 'program'> & { readonly input?: string; readonly topics?: WhySetting['topics'] }

async function run(text: string, setting: Setting): Promise<WhyRun> {
  const { input, topics, ...rest } = setting
  return whyRun({ program: text, topics: topics ?? [topicOf('input', input ?? 'a@1000')], ...rest })
}
const p = (parallelism: number) => ({ configuration: { 'parallelism.default': String(parallelism) } })

const TONGUE = { language: 'zh', eventTime: String, span: (ms: number) => `${ms} ms`, processingTime: String } as const

/** Every answer of a run has its words, with every place in them filled. */
function expectWords(run: WhyRun): void {
  for (const question of run.questions) {
    const answer = run.ask(question)
    if (answer === null) continue
    const said = [
      sayQuestion(question, run, TONGUE),
      ...answer.causes.map((cause) => sayCause(cause, TONGUE)),
      ...answer.fixes.map((fix) => sayFix(fix, TONGUE)),
    ]
    for (const sentence of said) expect(sentence).not.toMatch(/\{\w+\}|^[a-z-]+$/)
    if (answer.root !== null) expect(sayRoot(answer.root, TONGUE)).not.toBe('')
    for (const { event } of answer.causes) expect(event).toBeLessThanOrEqual(run.event)
  }
}

function expectRoot(run: WhyRun, question: Question, root: RootCause | null): void {
  const answer = run.ask(question)
  expect(answer, 'there is an answer').not.toBeNull()
  expect(answer!.root, answer!.causes.map(({ code }) => code).join(' < ')).toBe(root)
  expect(answer!.causes.length).toBeGreaterThan(0)
  expectWords(run)
}
const nodeOf = (run: WhyRun, name: string): number => run.header.streamGraph.nodes.find((node) => node.name.includes(name))!.id
const silence = (run: WhyRun, name = 'Sink'): Question => ({ about: 'silence', node: nodeOf(run, name) })
const some = (run: WhyRun, about: Question['about'], index = 0): Question =>
  run.questions.filter((question) => question.about === about)[index]!

const ONE = 'a@1000 a@2000 b@4000 a@9000 a@12000 a@25000'
const SILENT = `${ONE} | b@500`

describe('no later event', () => {
  test.each([
    ['a tumbling window', tumbling(10), 'a@1000 b@2000 a@9000'],
    ['a session', `${keyed}.window(EventTimeSessionWindows.withGap(Duration.ofSeconds(5)))${reduced}`, 'a@1000 b@2000 a@5000'],
    ['all in one', `.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))${reduced}`, 'a@1000 b@2000 a@9000'],
    ['two partitions that go on', tumbling(10), 'a@1000 a@2000 a@5000 a@6000 | b@1100 b@2100 b@4800 b@6100'],
  ])('%s', async (_name, windows, input) => {
    const seen = await run(program(source(monotonous) + windows), { input })
    expectRoot(seen, some(seen, 'window'), 'no-later-event')
  })
  test('a bound that nothing has passed, either', async () => {
    const seen = await run(program(source(outOfOrder(5)) + tumbling(10)), { input: 'a@1000 a@9000' })
    expectRoot(seen, seen.windowOf('a', 0), 'no-later-event')
  })
})

describe('a silent partition', () => {
  test.each([1, 2, 4])('of two, at parallelism %i', async (parallelism) => {
    const seen = await run(
      program(source(monotonous) + (parallelism === 4 ? '' : tumbling(10)) + (parallelism === 4 ? tumbling(10) : '')),
      { input: `${SILENT} | c@100 | d@100`, ...p(parallelism) },
    )
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
  })
  test('that never said anything', async () => {
    const seen = await run(program(source(outOfOrder(1)) + tumbling(10)), { input: `${ONE} | `, ...p(2) })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
    expectRoot(seen, { about: 'watermark', vertex: seen.header.executionGraph.job.vertices.length - 1, subtask: 0 }, 'silent-partition')
  })
  test('of one of two sources that are united', async () => {
    const text = program(`${source(monotonous)}.union(${source(monotonous, 'other')})${tumbling(10)}`)
    const seen = await run(text, { topics: [topicOf('input', ONE), topicOf('other', 'z@100')] })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
  })
  test('behind a chain of map and assigner', async () => {
    const text = program(
      `${source('WatermarkStrategy.noWatermarks()')}.map(e => e).assignTimestampsAndWatermarks(${monotonous}.withTimestampAssigner(e => e.time))${tumbling(10)}`,
    )
    const seen = await run(text, { input: SILENT, ...p(2) })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
  })
  test('silenced by a hand', async () => {
    const seen = await run(program(source(monotonous) + tumbling(10)), {
      topics: [topicOf('input', 'a@1000 a@2000 a@12000 a@25000 | b@1000 b@2000 b@12000 b@25000', { every: 100 })],
      interventions: [{ at: 150_000, do: 'silence-partition', topic: 'input', partition: 1 }],
    })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
    expect(seen.ask(seen.windowOf('a', 0))!.fixes.map(({ code }) => code)).toContain('unsilence')
  })
  test('whose idleness is not over', async () => {
    const seen = await run(program(`${source(`${monotonous}.withIdleness(Duration.ofMinutes(1))`)}${tumbling(10)}`), { input: SILENT })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
    expect(seen.ask(seen.windowOf('a', 0))!.causes.map(({ code }) => code)).toContain('idleness-not-over')
  })
  test('a timer waits for it', async () => {
    const seen = await run(
      program(
        `${source(monotonous)}${keyed}.process(new Timers())`,
        TIMERS('ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 5000)'),
      ),
      { input: 'a@1000 a@9000 a@20000 | b@500', ...p(2) },
    )
    expectRoot(seen, some(seen, 'timer'), 'silent-partition')
  })
})

test('all are idle', async () => {
  for (const input of ['a@1000 a@9000', 'a@1000 a@9000 | b@1100 b@9100']) {
    const seen = await run(program(`${source(`${monotonous}.withIdleness(Duration.ofSeconds(1))`)}${tumbling(10)}`), {
      input,
      ...p(input.includes('|') ? 2 : 1),
    })
    expectRoot(seen, seen.windowOf('a', 0), 'all-idle')
  }
})

describe('no watermark strategy', () => {
  test('at a source, and behind it', async () => {
    for (const text of [
      program(source('WatermarkStrategy.noWatermarks()') + tumbling(10)),
      program(`${source('WatermarkStrategy.noWatermarks()')}.map(e => e).rebalance().filter(e => true)${tumbling(10)}`),
    ]) {
      const seen = await run(text, { input: ONE, ...p(2) })
      expectRoot(seen, seen.windowOf('a', 0), 'no-watermark-strategy')
    }
  })
  test('of one side of a join', async () => {
    const text = program(
      `${source(monotonous)}.join(${source('WatermarkStrategy.noWatermarks()', 'other')}).where(e => e.key).equalTo(e => e.key).window(TumblingEventTimeWindows.of(Duration.ofSeconds(10))).apply((l, r) => l.key)`,
    )
    const seen = await run(text, { topics: [topicOf('input', ONE), topicOf('other', ONE)] })
    expectRoot(seen, some(seen, 'window'), 'no-watermark-strategy')
  })
})

describe('no timestamps', () => {
  const bare = topicOf('input', ONE)
  delete (bare as { eventTime?: string }).eventTime
  test('windows throw', async () => {
    const seen = await run(program(source(monotonous) + tumbling(10)), { topics: [bare] })
    expectRoot(seen, silence(seen), 'no-timestamps')
  })
  test('timers wait', async () => {
    const seen = await run(
      program(`${source(monotonous)}${keyed}.process(new Timers())`, TIMERS('ctx.timerService().registerEventTimeTimer(e.time + 5000)')),
      { topics: [bare] },
    )
    expectRoot(seen, some(seen, 'timer'), 'no-timestamps')
  })
})

test('no periodic emission', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10)), {
    input: ONE,
    configuration: { 'pipeline.auto-watermark-interval': '0' },
  })
  expectRoot(seen, seen.windowOf('a', 0), 'no-periodic-emission')
  const text = program(
    `${source('WatermarkStrategy.noWatermarks()')}.assignTimestampsAndWatermarks(${outOfOrder(1)})${tumbling(10)}`,
    'env.getConfig().setAutoWatermarkInterval(0)',
  )
  const set = await run(text, { input: ONE })
  expectRoot(set, set.windowOf('a', 0), 'no-periodic-emission')
  const still = await run(program(source(monotonous) + tumbling(10)), {
    input: ONE,
    interventions: [{ at: 0, do: 'set-clock', running: false, forward: 0 }],
  })
  expectRoot(still, still.windowOf('a', 0), 'no-periodic-emission')
})

test('more subtasks than partitions', async () => {
  for (const [input, parallelism] of [
    [ONE, 2],
    ['a@1000 a@12000 a@30000 | b@1100 b@12100 b@30000', 4],
  ] as const) {
    const seen = await run(program(source(monotonous) + tumbling(10)), { input, ...p(parallelism) })
    expectRoot(seen, seen.windowOf('a', 0), 'more-subtasks-than-partitions')
  }
  const text = program(`${source('WatermarkStrategy.noWatermarks()')}.assignTimestampsAndWatermarks(${monotonous})${tumbling(10)}`)
  const seen = await run(text, { input: ONE, ...p(3) })
  expectRoot(seen, seen.windowOf('a', 0), 'more-subtasks-than-partitions')
})

test('a bound too large for the data', async () => {
  for (const windows of [
    tumbling(10),
    `${keyed}.window(SlidingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(5)))${reduced}`,
  ]) {
    const seen = await run(program(source(outOfOrder(60)) + windows), { input: ONE })
    expectRoot(seen, seen.windowOf('a', 0), 'bound-too-large')
  }
})

describe('late', () => {
  test('an event of the future pushed the watermark', async () => {
    const input = 'a@1000 a@2000 a@3000 a@3600000 a@4000 a@5000 a@6000 a@13000'
    for (const parallelism of [1, 2]) {
      const seen = await run(program(source(outOfOrder(1)) + tumbling(10)), {
        topics: [topicOf('input', input, { every: 300 })],
        ...p(1),
        ...(parallelism === 1 ? {} : {}),
      })
      expectRoot(seen, some(seen, 'record'), 'future-event')
    }
    const two = await run(program(source(outOfOrder(1)) + tumbling(10)), {
      topics: [
        topicOf('input', 'a@1000 a@2000 a@900000 a@3000 a@4000 a@5000 | b@1000 b@2000 b@800000 b@3000 b@4000 b@4500', { every: 300 }),
      ],
      ...p(2),
    })
    expectRoot(two, some(two, 'record'), 'future-event')
  })
  test('out of order beyond the bound', async () => {
    const seen = await run(program(source(outOfOrder(1)) + tumbling(10)), {
      topics: [topicOf('input', 'a@1000 a@5000 a@9000 a@13000 a@4000 a@14000 a@17000 a@25000', { every: 300 })],
    })
    expectRoot(seen, some(seen, 'record'), 'out-of-order')
    const join = program(
      `${source(monotonous)}${keyed}.intervalJoin(${source(monotonous, 'other')}${keyed}).between(Duration.ofSeconds(-1), Duration.ofSeconds(1)).process((l, r, ctx, out) => out.collect(l.key))`,
    )
    const joined = await run(join, {
      topics: [
        topicOf('input', 'a@1000 a@5000 a@9000 a@13000 a@4000 a@16000', { every: 300 }),
        topicOf('other', 'a@1000 a@5000 a@9000 a@13000 a@14000', { every: 300 }),
      ],
    })
    const late = joined.questions.filter(({ about }) => about === 'record')[0]!
    expectRoot(joined, late, 'out-of-order')
  })
  test('allowed lateness is over', async () => {
    const seen = await run(program(source(monotonous) + tumbling(10, '.allowedLateness(Duration.ofSeconds(2))')), {
      topics: [topicOf('input', 'a@1000 a@5000 a@9000 a@13000 a@4000 a@14000 a@17000', { every: 300 })],
    })
    expectRoot(seen, some(seen, 'record'), 'lateness-expired')
    const side = await run(
      program(source(monotonous) + tumbling(10, ".allowedLateness(Duration.ofSeconds(2)).sideOutputLateData(new OutputTag('late'))")),
      { topics: [topicOf('input', 'a@1000 a@5000 a@9000 a@13000 a@4000 a@14000 a@17000', { every: 300 })] },
    )
    expectRoot(side, some(side, 'record'), 'lateness-expired')
  })
})

test('the offset moves the edges', async () => {
  const seen = await run(
    program(`${source(monotonous)}${keyed}.window(TumblingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(4)))${reduced}`),
    { input: 'a@5000 a@6000 a@12000' },
  )
  expectRoot(seen, seen.windowOf('a', 4000), 'window-offset')
  const day = 86_400_000
  const zone = await run(
    program(`${source(monotonous)}${keyed}.window(TumblingEventTimeWindows.of(Duration.ofDays(1), Duration.ofHours(-8)))${reduced}`),
    { input: `a@${day + 18 * 3_600_000} b@${day + 30 * 3_600_000}` },
  )
  expectRoot(zone, zone.windowOf('a'), 'window-offset')
})

describe('triggers', () => {
  test('replaced', async () => {
    const seen = await run(program(source(monotonous) + tumbling(10, '.trigger(CountTrigger.of(100))')), { input: ONE })
    expectRoot(seen, seen.windowOf('a', 0), 'trigger-replaced')
    const purging = await run(program(bounded() + tumbling(10, '.trigger(PurgingTrigger.of(CountTrigger.of(100)))')), { input: ONE })
    expectRoot(purging, purging.windowOf('b', 0), 'trigger-replaced')
  })
  test('count not reached for that key', async () => {
    const seen = await run(program(`${source(monotonous)}${keyed}.countWindow(3)${reduced}`), { input: ONE })
    expectRoot(seen, seen.windowOf('b'), 'count-not-reached')
    const timed = await run(program(source(monotonous) + tumbling(10, '.trigger(CountTrigger.of(3))')), { input: ONE })
    expectRoot(timed, timed.windowOf('b', 0), 'count-not-reached')
  })
  test('never', async () => {
    const seen = await run(program(`${source(monotonous)}${keyed}.window(GlobalWindows.create())${reduced}`), { input: ONE })
    expectRoot(seen, seen.windowOf('a'), 'trigger-never')
    const all = await run(program(`${bounded()}.windowAll(GlobalWindows.create())${reduced}`), { input: ONE })
    expectRoot(all, some(all, 'window'), 'trigger-never')
  })
  test("the program's own", async () => {
    const before = `class Mine extends Trigger {
  onElement() { return TriggerResult.CONTINUE }
  onEventTime() { return TriggerResult.CONTINUE }
  onProcessingTime() { return TriggerResult.CONTINUE }
  clear() {}
}`
    for (const from of [source(monotonous), bounded()]) {
      const seen = await run(program(from + tumbling(10, '.trigger(new Mine())'), before), { input: ONE })
      expectRoot(seen, seen.windowOf('a', 0), 'trigger-user')
    }
  })
})

describe('processing time', () => {
  const windows = `${keyed}.window(TumblingProcessingTimeWindows.of(Duration.ofMinutes(1)))${reduced}`
  test('at the end of the input', async () => {
    const seen = await run(program(bounded() + windows), { input: ONE })
    expectRoot(seen, seen.windowOf('a'), 'processing-time-at-end')
    const timers = await run(
      program(
        `${bounded()}${keyed}.process(new Timers())`,
        TIMERS('ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 60000)'),
      ),
      { input: ONE },
    )
    expectRoot(timers, some(timers, 'timer'), 'processing-time-at-end')
  })
  test('not reached, or standing', async () => {
    const seen = await run(program(source(monotonous) + windows), { input: ONE, seconds: 2 })
    expectRoot(seen, seen.windowOf('a'), 'processing-time-not-reached')
    const still = await run(program(source(monotonous) + windows), {
      input: ONE,
      seconds: 90,
      interventions: [{ at: 1_000_000, do: 'set-clock', running: false, forward: 0 }],
    })
    expectRoot(still, still.windowOf('a'), 'processing-time-not-reached')
  })
})

test('alignment', async () => {
  const aligned = `${monotonous}.withWatermarkAlignment('g', Duration.ofSeconds(2))`
  const fast = Array.from({ length: 40 }, (_, i) => `a@${i * 1000}`).join(' ')
  const slow = 'b@100 b@200'
  const seen = await run(program(`${source(aligned)}${tumbling(10)}`, `${source(aligned, 'other')}.sinkTo(new PrintSink())`), {
    topics: [topicOf('input', fast, { every: 200 }), topicOf('other', slow)],
  })
  expectRoot(seen, seen.windowOf('a'), 'alignment')
  const sub = await run(program(`${source(aligned)}${tumbling(10)}`), {
    topics: [topicOf('input', `${fast} | ${fast.replaceAll('a@', 'c@')}`, { every: 200 }), topicOf('other', slow)],
    interventions: [],
  })
  expect(sub.ask(sub.windowOf('a'))!.root).not.toBe('alignment')
})

describe('user code', () => {
  test('throws', async () => {
    const seen = await run(
      program(`${source(monotonous)}.map(e => { if (e.key === 'b') throw new Error('no b'); return e })${tumbling(10)}`),
      { input: ONE, configuration: { 'restart-strategy.type': 'none' } },
    )
    expectRoot(seen, silence(seen), 'user-code-throws')
    const again = await run(program(`${source(monotonous)}${tumbling(10)}.map(e => { throw new Error('none') })`), {
      input: ONE,
      configuration: {
        'restart-strategy.type': 'fixed-delay',
        'restart-strategy.fixed-delay.delay': '5 min',
        'restart-strategy.fixed-delay.attempts': '3',
      },
    })
    expectRoot(again, silence(again), 'user-code-throws')
  })
  test('filters everything', async () => {
    const seen = await run(program(`${source(monotonous)}.filter(e => e.key === 'none')${tumbling(10)}`), { input: ONE })
    expectRoot(seen, silence(seen), 'user-code-filters')
    expectRoot(seen, some(seen, 'record'), 'user-code-filters')
    const flat = await run(
      program(
        `${source('WatermarkStrategy.noWatermarks()')}.flatMap((e, out) => {}).assignTimestampsAndWatermarks(${monotonous})${tumbling(10)}`,
      ),
      { input: ONE, ...p(2) },
    )
    expectRoot(flat, silence(flat), 'user-code-filters')
  })
})

describe('joins', () => {
  test('nobody on the other side', async () => {
    const text = program(
      `${source(monotonous)}${keyed}.intervalJoin(${source(monotonous, 'other')}${keyed}).between(Duration.ofSeconds(-1), Duration.ofSeconds(1)).process((l, r, ctx, out) => out.collect(l.key))`,
    )
    const seen = await run(text, { topics: [topicOf('input', 'a@1000 a@5000'), topicOf('other', 'b@1000 a@9000')] })
    expectRoot(seen, silence(seen), 'no-partner')
    const window = program(
      `${source(monotonous)}.join(${source(monotonous, 'other')}).where(e => e.key).equalTo(e => e.key).window(TumblingEventTimeWindows.of(Duration.ofSeconds(10))).apply((l, r) => l.key)`,
    )
    const joined = await run(window, { topics: [topicOf('input', 'a@1000 a@15000'), topicOf('other', 'b@1000 b@15000')] })
    expectRoot(joined, joined.windowOf('a', 0), 'no-partner')
  })
  test('the other input holds', async () => {
    const text = program(
      `${source(monotonous)}.coGroup(${source(monotonous, 'other')}).where(e => e.key).equalTo(e => e.key).window(TumblingEventTimeWindows.of(Duration.ofSeconds(10))).apply((l, r, out) => out.collect('x'))`,
    )
    const seen = await run(text, { topics: [topicOf('input', ONE), topicOf('other', 'b@100')] })
    expectRoot(seen, seen.windowOf('a', 0), 'silent-partition')
  })
})

test('waiting for an answer', async () => {
  const text = program(
    `AsyncDataStream.orderedWait(${source(monotonous)}, new Ask(), 100, TimeUnit.SECONDS, 10)`,
    `const service = ExternalService.named('slow')
class Ask { asyncInvoke(e, future) { service.request(e.key, answer => future.complete([answer])) } }`,
  )
  const seen = await run(text, { input: ONE, services: [{ name: 'slow', latency: { least: 60_000, most: 60_000 } }] })
  expectRoot(seen, silence(seen), 'waiting-for-answer')
})

test('between two windows', async () => {
  const seen = await run(
    program(`${source(monotonous)}${keyed}.window(SlidingEventTimeWindows.of(Duration.ofSeconds(2), Duration.ofSeconds(10)))${reduced}`),
    { input: 'a@1000 a@5000 a@20000' },
  )
  expectRoot(seen, some(seen, 'record'), 'no-window')
})

test("the program's own generator", async () => {
  const before = `class Lazy { onEvent(e, t, out) {} onPeriodicEmit(out) {} }
class Back { onEvent(e, t, out) { out.emitWatermark(new Watermark(t > 8000 ? 1 : t)) } onPeriodicEmit(out) {} }`
  const lazy = await run(program(source('WatermarkStrategy.forGenerator(() => new Lazy())') + tumbling(10), before), { input: ONE })
  expectRoot(lazy, lazy.windowOf('a', 0), 'generator-user')
  const back = await run(program(source('WatermarkStrategy.forGenerator(() => new Back())') + tumbling(10), before), { input: ONE })
  expectRoot(back, back.windowOf('a', 0), 'watermark-went-back')
})

test('what is well has no root', async () => {
  const seen = await run(program(source(monotonous) + tumbling(10)), { input: ONE })
  expectRoot(seen, seen.windowOf('a', 0), null)
})
