import { describe, expect, test } from 'vitest'
import { outcomesOf, topicOf, whyRun, type WhyRun, type WhySetting } from '../../testing/whyRun'
import type { Question, RootCause } from './types'

/** Roots in shapes of all kinds, and what each way out of them leads to. */

const IMPORTS = `import { CountTrigger, Duration, EventTimeSessionWindows, EventTimeTrigger, GlobalWindows, KeyedProcessFunction, LogSource, OutputTag, PrintSink, ProcessingTimeSessionWindows,
  SlidingEventTimeWindows, SlidingProcessingTimeWindows, StreamExecutionEnvironment, TimeCharacteristic, TumblingEventTimeWindows, TumblingProcessingTimeWindows, Watermark, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const source = (strategy: string, name = 'input') => `env.fromSource(LogSource.topic('${name}'), ${strategy}, '${name}')`
const MONOTONOUS = 'WatermarkStrategy.forMonotonousTimestamps()'
const NONE = 'WatermarkStrategy.noWatermarks()'
const bounded = (seconds: number) => `WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(${seconds}))`
const KEYED = '.keyBy(e => e.key)'
const REDUCED = '.reduce((a, b) => ({ ...a, time: b.time }))'
const tumbling = (seconds: number) => `.window(TumblingEventTimeWindows.of(Duration.ofSeconds(${seconds})))`
const session = (seconds: number) => `.window(EventTimeSessionWindows.withGap(Duration.ofSeconds(${seconds})))`
const sliding = (size: number, slide: number) =>
  `.window(SlidingEventTimeWindows.of(Duration.ofSeconds(${size}), Duration.ofSeconds(${slide})))`
const all = (windows: string) => windows.replace('.window(', '.windowAll(')
const program = (body: string, before = '') => `${IMPORTS}${before}\n${body}.sinkTo(new PrintSink())\nenv.execute('job')\n`
const join = (left: string, right: string, windows: string) =>
  `${left}.join(${right}).where(e => e.key).equalTo(e => e.key)${windows}.apply((l, r) => l.key)`
const TIMERS = `class Timers extends KeyedProcessFunction {
  processElement(e, ctx, out) { ctx.timerService().registerEventTimeTimer(e.time + 3000) }
  onTimer(time, ctx, out) { out.collect('timer ' + time) }
}`
const p = (parallelism: number) => ({ configuration: { 'parallelism.default': String(parallelism) } })
const steady = (key: string, count: number, step: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `${key}@${from + i * step}`).join(' ')
const ONE = 'a@1000 a@2000 b@4000 a@9000 a@12000 a@25000'
const topics = (text: string, every = 1) => [topicOf('input', text, { every })]
const untimed = (name: string) => {
  const { eventTime: _none, ...topic } = topicOf(name, ONE)
  return topic
}

type Ask = (run: WhyRun) => Question | undefined
const window =
  (key: string, start?: number): Ask =>
  (run) =>
    run.windowOf(key, start)
const first =
  (about: Question['about']): Ask =>
  (run) =>
    run.questions.find((question) => question.about === about)
const late: Ask = (run) =>
  run.questions.find((question) => question.about === 'record' && run.ask(question)!.causes[0]!.code.startsWith('late'))
const sink: Ask = (run) => ({ about: 'silence', node: run.header.streamGraph.nodes.find(({ name }) => name.includes('Sink'))!.id })

interface Case {
  readonly what: string
  readonly setting: WhySetting
  readonly ask: Ask
  readonly root: RootCause | null
  /** What the ways out that can be taken lead to. */
  readonly ways?: Readonly<Record<string, string>>
}

const FUTURE = 'a@0 a@1000 a@2000 a@3000 a@86400000 a@4000 a@5000 a@6000 a@7000 a@8000 a@9000'

const CASES: readonly Case[] = [
  {
    what: 'both sides of an interval join lack timestamps: one click gives them to both',
    setting: {
      topics: [untimed('input'), untimed('other')],
      program: program(
        `${source(MONOTONOUS)}${KEYED}.intervalJoin(${source(MONOTONOUS, 'other')}${KEYED}).between(Duration.ofSeconds(-1), Duration.ofSeconds(1)).process((l, r, ctx, out) => out.collect(l.key))`,
      ),
    },
    ask: sink,
    root: 'no-timestamps',
    ways: { 'set-timestamps': 'fired' },
  },
  {
    what: 'a timer in processing time gives records without a timestamp, though the source has them',
    setting: {
      topics: topics(ONE),
      program: program(
        `${source(MONOTONOUS)}${KEYED}.process(new Later())${KEYED}${tumbling(10)}${REDUCED}`,
        `class Later extends KeyedProcessFunction {
  processElement(e, ctx, out) { ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 1000) }
  onTimer(time, ctx, out) { out.collect({ key: 'a', time: 1 }) }
}`,
      ),
      configuration: { 'parallelism.default': '1', 'restart-strategy.type': 'none' },
    },
    ask: sink,
    root: 'no-timestamps',
    ways: {},
  },
  {
    what: 'three of six partitions are silent: an event for each of them',
    setting: {
      topics: topics(['a', 'b', 'c'].map((key) => `${steady(key, 30, 1000)} | ${key}@200`).join(' | '), 20),
      program: program(`${source(MONOTONOUS)}${KEYED}${sliding(10, 5)}${REDUCED}`),
      ...p(3),
    },
    ask: window('a', 5000),
    root: 'silent-partition',
    ways: { 'set-idleness': 'fired', 'add-event': 'fired' },
  },
  {
    what: 'two sources of a join end together, one of them with a wide bound: it is the bound, not silence',
    setting: {
      topics: [topicOf('input', ONE), topicOf('other', ONE)],
      program: program(join(source(MONOTONOUS), source(bounded(60), 'other'), tumbling(10))),
    },
    ask: first('window'),
    root: 'bound-too-large',
    ways: { 'set-bound': 'fired', 'add-event': 'fired' },
  },
  {
    what: 'a bound that the next events of a source that goes on will pass',
    setting: {
      topics: topics(steady('a', 300, 100), 100),
      program: program(`${source(bounded(1))}${KEYED}${tumbling(5)}${REDUCED}`),
      seconds: 5.5,
    },
    ask: window('a', 0),
    root: 'no-later-event',
  },
  {
    what: 'too few partitions on both sides of a union',
    setting: {
      topics: [topicOf('input', `${ONE} a@30000 a@31000`, { every: 500 }), topicOf('other', `${ONE} a@30000 a@31000`, { every: 500 })],
      program: program(`${source(MONOTONOUS)}.union(${source(MONOTONOUS, 'other')})${KEYED}${sliding(10, 5)}${REDUCED}`),
      ...p(2),
    },
    ask: window('a', 0),
    root: 'more-subtasks-than-partitions',
    ways: { 'set-parallelism': 'fired', 'set-idleness': 'fired' },
  },
  {
    what: 'an idle session: the event that is added must not prolong it',
    setting: {
      topics: topics('a@1000 a@2000'),
      program: program(`${source(`${MONOTONOUS}.withIdleness(Duration.ofSeconds(1))`)}${KEYED}${session(5)}${REDUCED}`),
    },
    ask: window('a'),
    root: 'all-idle',
    ways: { 'add-event': 'fired' },
  },
  {
    what: 'an event of the future, seen by an assigner in the middle',
    setting: {
      topics: topics(FUTURE, 300),
      program: program(`${source(NONE)}.map(e => e).assignTimestampsAndWatermarks(${bounded(1)})${KEYED}${tumbling(2)}${REDUCED}`),
    },
    ask: late,
    root: 'future-event',
    ways: { 'remove-event': 'no-later-event', 'set-lateness': 'fired' },
  },
  {
    what: 'events of the future out of a source of the old kind',
    setting: {
      topics: [],
      program: program(
        `env.addSource({ run(ctx) { for (const time of [0, 1000, 2000, 86400000, 3000, 4000, 5000, 6000]) { ctx.collectWithTimestamp({ key: 'a', time }, time); ctx.emitWatermark(new Watermark(time - 1)) } }, cancel() {} })${KEYED}${tumbling(2)}${REDUCED}`,
      ),
    },
    ask: late,
    root: 'future-event',
  },
  {
    what: 'after a night without data the day goes on: nothing of that is the future',
    setting: {
      topics: topics(`${steady('a', 10, 1000)} ${steady('a', 10, 1000, 3_600_000)} a@3000 a@3620000 a@3621000`, 300),
      program: program(`${source(bounded(1))}${KEYED}${tumbling(2)}${REDUCED}`),
    },
    ask: late,
    root: 'out-of-order',
  },
  {
    what: 'a strategy without a bound gets one',
    setting: {
      topics: topics('a@1000 a@5000 a@12000 a@4000 a@14000 a@19000 a@30000', 300),
      program: program(`${source(MONOTONOUS)}${KEYED}${tumbling(10)}${REDUCED}`),
    },
    ask: late,
    root: 'out-of-order',
    ways: { 'set-bound': 'fired', 'set-lateness': 'fired' },
  },
  {
    what: 'an offset: the window that holds its first element fires without it',
    setting: {
      topics: topics('a@5000 a@6000 a@12000'),
      program: program(
        `${source(MONOTONOUS)}.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(-6)))${REDUCED}`,
      ),
    },
    ask: first('window'),
    root: 'window-offset',
    ways: { 'set-offset': 'fired' },
  },
  {
    what: 'one partition counts in seconds, the others in ms',
    setting: {
      topics: topics(`${steady('a', 20, 1000, 1_704_844_800_000)} | ${steady('b', 20, 1, 1_704_844_800)}`, 100),
      program: program(`${source(bounded(5))}${KEYED}${tumbling(10)}${REDUCED}`),
      ...p(2),
    },
    ask: window('b'),
    root: 'time-unit',
  },
  {
    what: 'windows by processing time with a trigger that waits for a watermark',
    setting: {
      topics: topics(ONE),
      program: program(
        `${source(MONOTONOUS)}${KEYED}.window(TumblingProcessingTimeWindows.of(Duration.ofSeconds(2))).trigger(EventTimeTrigger.create())${REDUCED}`,
      ),
      seconds: 8,
    },
    ask: window('a'),
    root: 'trigger-replaced',
    ways: { 'default-trigger': 'fired' },
  },
  {
    what: 'a global window with the trigger of event time, and one that waits for an end that never comes',
    setting: {
      topics: topics(ONE),
      program: program(`${source(MONOTONOUS)}${KEYED}.window(GlobalWindows.create()).trigger(EventTimeTrigger.create())${REDUCED}`),
    },
    ask: window('a'),
    root: 'trigger-never',
  },
  {
    what: 'what is kept and sorted until the end of an input without one',
    setting: {
      topics: topics(ONE),
      program: program(`${source(MONOTONOUS)}${KEYED}.window(GlobalWindows.createWithEndOfStreamTrigger())${REDUCED}`),
    },
    ask: sink,
    root: 'trigger-never',
  },
  {
    what: 'a join of which one side is filtered away',
    setting: {
      topics: [topicOf('input', ONE), topicOf('other', ONE)],
      program: program(join(`${source(MONOTONOUS)}.filter(e => false)`, source(MONOTONOUS, 'other'), tumbling(10))),
    },
    ask: sink,
    root: 'user-code-filters',
  },
  {
    what: 'a window function that gives nothing',
    setting: { topics: topics(ONE), program: program(`${source(MONOTONOUS)}${KEYED}${tumbling(10)}.apply((key, w, es, out) => {})`) },
    ask: sink,
    root: 'user-code-filters',
  },
  {
    what: 'a filter lets just those fall that an assigner behind it would need',
    setting: {
      topics: topics(ONE),
      program: program(
        `${source(NONE)}.filter(e => e.time < 10000).assignTimestampsAndWatermarks(${MONOTONOUS})${KEYED}${tumbling(10)}${REDUCED}`,
      ),
    },
    ask: window('a', 0),
    root: 'user-code-filters',
  },
  {
    what: 'alignment holds a timer: both are given room',
    setting: {
      topics: [topicOf('input', steady('a', 60, 1000), { every: 100 }), topicOf('other', steady('b', 200, 100), { every: 100 })],
      program: program(
        `${source(`${MONOTONOUS}.withWatermarkAlignment('g', Duration.ofSeconds(3))`)}${KEYED}.process(new Timers())`,
        `${TIMERS}\n${source(`${MONOTONOUS}.withWatermarkAlignment('g', Duration.ofSeconds(3))`, 'other')}.sinkTo(new PrintSink())`,
      ),
      seconds: 6,
    },
    ask: first('timer'),
    root: 'alignment',
    ways: { 'set-drift': 'fired' },
  },
  {
    what: 'a subtask that was made slow has the watermark before it',
    setting: {
      topics: topics(steady('a', 400, 100), 5),
      program: program(`${source(MONOTONOUS)}${KEYED}${tumbling(10)}${REDUCED}`),
      interventions: [{ at: 100_000, do: 'slow', node: 3, subtask: 0, cost: 300_000 }],
      seconds: 4,
    },
    ask: first('window'),
    root: 'still-on-the-way',
  },
  {
    what: 'processing time at the end, sessions over two subtasks',
    setting: {
      topics: topics(ONE),
      program: program(
        `env.fromSource(LogSource.topic('input').setBounded(), ${MONOTONOUS}, 'input')${KEYED}.window(ProcessingTimeSessionWindows.withGap(Duration.ofMinutes(1)))${REDUCED}`,
      ),
      ...p(2),
    },
    ask: window('a'),
    root: 'processing-time-at-end',
  },
  {
    what: 'the program itself set the interval to 0: no setting of the cluster would help',
    setting: {
      topics: topics(ONE),
      program: program(
        `${source(MONOTONOUS)}${KEYED}${tumbling(10)}${REDUCED}`,
        'env.setStreamTimeCharacteristic(TimeCharacteristic.ProcessingTime)',
      ),
    },
    ask: window('a', 0),
    root: 'no-periodic-emission',
    ways: {},
  },
]

test.each(CASES)('$what', async ({ setting, ask, root, ways }) => {
  const run = await whyRun(setting)
  const question = ask(run)
  expect(question).toBeDefined()
  const answer = run.ask(question!)
  expect(answer?.root, answer?.causes.map(({ code }) => code).join(' < ')).toBe(root)
  if (ways !== undefined) expect(await outcomesOf(run, question!, (setting.seconds ?? 20) + 40)).toEqual(ways)
})

describe('what is well raises no question', () => {
  test.each([
    ['nobody goes by event time', `${source(NONE)}.map(e => e)`],
    [
      'windows by processing time alone',
      `${source(NONE)}${KEYED}.window(SlidingProcessingTimeWindows.of(Duration.ofSeconds(2), Duration.ofSeconds(1)))${REDUCED}`,
    ],
    ['an input that ends', `env.fromSource(LogSource.topic('input').setBounded(), ${bounded(1)}, 'input')${KEYED}${tumbling(5)}${REDUCED}`],
    [
      'a join that has found everybody',
      `${source(MONOTONOUS)}${KEYED}.intervalJoin(${source(MONOTONOUS)}${KEYED}).between(Duration.ofSeconds(-1), Duration.ofSeconds(1)).process((l, r, ctx, out) => out.collect(l.key))`,
    ],
    [
      'windows over all of what ends',
      `env.fromSource(LogSource.topic('input').setBounded(), ${MONOTONOUS}, 'input')${all(sliding(10, 5))}${REDUCED}`,
    ],
  ])('%s', async (_name, body) => {
    const run = await whyRun({ topics: topics(ONE, 50), program: program(body) })
    expect(run.questions.flatMap((question) => run.ask(question)?.root ?? [])).toEqual([])
  })
})
