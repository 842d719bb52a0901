import { describe, expect, test } from 'vitest'
import { ProblemError } from '../core/problem'
import type { Problem } from '../core/problem'
import { problemsOf, sinkLines, testRun, topicOf } from './testRun'
import type { TestRun } from './testRun'

const NAMES =
  'ContinuousEventTimeTrigger, CountEvictor, Duration, EventTimeSessionWindows, EventTimeTrigger, KeyedProcessFunction, LogSource, ProcessWindowFunction, SlidingEventTimeWindows, StreamExecutionEnvironment, TimeWindow, Trigger, TriggerResult, TumblingEventTimeWindows, TumblingProcessingTimeWindows, Watermark, WatermarkStrategy, WindowAssigner'
const IN = 'a@1 b@2 a@12 a@25'
/** `s` reads records `{ value }` with the timestamps of the input. */
const HEAD = `import { ${NAMES} } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
const log = LogSource.topic('t').setBounded()
const s = env.fromSource(log, WatermarkStrategy.forMonotonousTimestamps(), 't')
const k = s.keyBy(r => r.value)
class Mine extends WindowAssigner {
  constructor(assign) { super(); this.assign = assign }
  assignWindows(e, t, c) { return this.assign(e, t, c) }
  getDefaultTrigger() { return EventTimeTrigger.create() }
  isEventTime() { return true }
}
class Fires extends Trigger {
  constructor(on) { super(); this.on = on }
  onElement(e, t, w, c) { return this.on(c, w) }
  onEventTime() { return TriggerResult.CONTINUE }
  onProcessingTime() { return TriggerResult.CONTINUE }
  clear() {}
}
const count = { createAccumulator: () => 0, add: (_, n) => n + 1, getResult: n => n, merge: (a, b) => a + b }
`
const run = (body: string, input = IN): Promise<TestRun> =>
  testRun(`${HEAD}${body}\nenv.execute()`, { topics: [topicOf('t', [input])], until: 3_600_000_000 })

/** `Class: message`, and the line, counted from the first of the body. */
async function refused(body: string, input?: string): Promise<readonly [string, number | undefined]> {
  let problem: Problem
  try {
    problem = problemsOf(await run(body, input))[0]!
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown
    problem = thrown.problem
  }
  const { args = {}, place } = problem
  const line = place?.in === 'program' ? place.line - HEAD.split('\n').length + 1 : undefined
  return [`${String(args.class).split('.').at(-1)}: ${args.message}`, line]
}

const SUM = '.aggregate(count).print()'
const window = (assigner: string, more = ''): string => `k.window(${assigner})${more}${SUM}`
const tumbling = (more: string): string => window('TumblingEventTimeWindows.of(10)', more)
const assigned = (returns: string): string => window(`new Mine(() => ${returns})`)
const from = (strategy: string): string => `env.fromSource(log, ${strategy}, 't').print()`
const assign = (strategy: string): string => `s.assignTimestampsAndWatermarks(${strategy}).print()`
const generator = (methods: string): string => `WatermarkStrategy.forGenerator(() => (${methods}))`

describe('refused on the line', () => {
  test.each<[string, string]>([
    [
      window('TumblingEventTimeWindows.of(-10)'),
      'IllegalArgumentException: TumblingEventTimeWindows parameters must satisfy abs(offset) < size',
    ],
    [
      window('TumblingProcessingTimeWindows.of(0)'),
      'IllegalArgumentException: TumblingProcessingTimeWindows parameters must satisfy abs(offset) < size',
    ],
    [
      window('TumblingEventTimeWindows.of(10, 10)'),
      'IllegalArgumentException: TumblingEventTimeWindows parameters must satisfy abs(offset) < size',
    ],
    [
      window('SlidingEventTimeWindows.of(10, 0)'),
      'IllegalArgumentException: SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0',
    ],
    [
      window('SlidingEventTimeWindows.of(-10, 5)'),
      'IllegalArgumentException: SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0',
    ],
    [
      window('SlidingEventTimeWindows.of(10, 5, -5)'),
      'IllegalArgumentException: SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0',
    ],
    [window('EventTimeSessionWindows.withGap(0)'), 'IllegalArgumentException: EventTimeSessionWindows parameters must satisfy 0 < size'],
    [window('EventTimeSessionWindows.withDynamicGap(() => 0)'), 'IllegalArgumentException: Dynamic session time gap must satisfy 0 < gap'],
    [
      window("EventTimeSessionWindows.withDynamicGap(() => '5')"),
      'IllegalArgumentException: Dynamic session time gap must satisfy 0 < gap',
    ],
    [
      window('TumblingEventTimeWindows.of(Infinity)'),
      'IllegalArgumentException: Infinity is no length of time: use Duration.ofSeconds(…), or milliseconds',
    ],
    [tumbling('.allowedLateness(-1)'), 'IllegalArgumentException: The allowed lateness cannot be negative.'],
    [tumbling('.trigger(ContinuousEventTimeTrigger.of(0))'), 'ArithmeticException: / by zero'],
    [assigned("{ throw new Error('mine') }").replace('() => {', '() => {'), 'Error: mine'],
    [assigned('undefined'), 'NullPointerException: The window assigner returned undefined, not windows.'],
    [assigned('7'), 'ClassCastException: The window assigner returned 7, not windows.'],
    [assigned("'w'"), 'ClassCastException: The window assigner returned the text "w", not windows.'],
    [assigned('[null]'), 'NullPointerException: The window assigner returned null in place of a window.'],
    [assigned('[{ start: 0, end: 9 }]'), 'ClassCastException: The window assigner returned an object in place of a window.'],
    [
      assigned('[new TimeWindow(0, NaN)]'),
      'IllegalArgumentException: The window assigner returned a window without an end: its maxTimestamp() is NaN.',
    ],
    [window('{ assignWindows: () => [] }'), 'IllegalArgumentException: The window assigner has no method getDefaultTrigger.'],
    [tumbling('.trigger({ onElement() {} })'), 'IllegalArgumentException: The trigger has no method onEventTime.'],
    [tumbling(".trigger(new Fires(() => { throw new Error('mine') }))"), 'Error: mine'],
    [
      tumbling('.trigger(new Fires(() => undefined))'),
      "NullPointerException: The trigger's onElement returned undefined, not a TriggerResult.",
    ],
    [tumbling('.trigger(new Fires(() => true))'), "ClassCastException: The trigger's onElement returned true, not a TriggerResult."],
    [
      tumbling('.trigger(new Fires(c => c.registerEventTimeTimer(undefined)))'),
      'IllegalArgumentException: A timer needs a time in ms, not undefined.',
    ],
    [tumbling('.evictor({ evictBefore() {} })'), 'IllegalArgumentException: The evictor has no method evictAfter.'],
    [tumbling(".evictor({ evictBefore() { throw new Error('mine') }, evictAfter() {} })"), 'Error: mine'],
    [
      'k.window(EventTimeSessionWindows.withGap(5)).trigger(new Fires(() => TriggerResult.FIRE))' + SUM,
      'UnsupportedOperationException: A merging window assigner cannot be used with a trigger that does not support merging.',
    ],
    [
      from('WatermarkStrategy.forMonotonousTimestamps().withTimestampAssigner(e => e.time)'),
      'IllegalArgumentException: The timestamp assigner must return a number of milliseconds, not undefined.',
    ],
    [
      assign("WatermarkStrategy.noWatermarks().withTimestampAssigner(() => '12')"),
      'IllegalArgumentException: The timestamp assigner must return a number of milliseconds, not the text "12".',
    ],
    [
      assign('WatermarkStrategy.noWatermarks().withTimestampAssigner(() => NaN)'),
      'IllegalArgumentException: The timestamp assigner must return a number of milliseconds, not NaN.',
    ],
    [from(generator('undefined')), 'NullPointerException: The watermark generator must not be null.'],
    [assign(generator('{ onEvent() {} }')), 'IllegalArgumentException: The watermark generator has no method onPeriodicEmit.'],
    [
      assign(generator('{ onEvent(e, t, o) { o.emitWatermark(new Watermark(undefined)) }, onPeriodicEmit() {} }')),
      'IllegalArgumentException: A watermark is a number of milliseconds, not undefined.',
    ],
    [from(generator("{ onEvent() { throw new Error('mine') }, onPeriodicEmit() {} }")), 'Error: mine'],
    [
      'k.process({ processElement(e, c) { c.timerService().registerEventTimeTimer(c.timestamp() + e.wait) }, onTimer() {} }).print()',
      'IllegalArgumentException: A timer needs a time in ms, not NaN.',
    ],
  ])('%s', async (body, message) => expect(await refused(body)).toEqual([message, 1]))
})

test('records without timestamps: in Flink’s words', async () => {
  const [message, line] = await refused(tumbling(''), 'a b')
  expect(message).toMatch(/^RuntimeException: Record has Long\.MIN_VALUE timestamp \(= no timestamp marker\)/)
  expect(line).toBe(1)
})

describe('absurd timestamps end, and do what longs do', () => {
  const late = (of: string) =>
    `s.assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps()).keyBy(r => r.value).window(${of})${SUM}`
  test.each([9223372036854775807, -9.2e18, 9.2e18, 1e17, -1e17])('%d', async (time) => {
    for (const assigner of ['TumblingEventTimeWindows.of(10)', 'SlidingEventTimeWindows.of(10, 5)', 'EventTimeSessionWindows.withGap(5)']) {
      const { status } = await run(late(assigner), `a@1 a@${time} a@3`)
      expect([assigner, status]).toEqual([assigner, 'FINISHED'])
    }
  })
  test('a window around the year 292 million wraps around: its end lies before everything, and it fires with the next watermark', () => {
    // W-1 and W-8 by hand: …807 − 807 % 1000 + 1000 leaves the range.
    return expect(run(late('TumblingEventTimeWindows.of(1000)'), 'a@9223372036854775807').then(sinkLines)).resolves.toEqual(['1'])
  })
})

describe('10,000 windows for one record', () => {
  const warnings = async (assigner: string): Promise<unknown> => (await run(window(assigner), '')).header.warnings
  test('are warned of on their line before anything runs', async () => {
    const of = { operator: 'SlidingEventTimeWindows', panes: 10_000, size: 10_000, slide: 1 }
    const place = { in: 'program', line: HEAD.split('\n').length }
    expect(await warnings('SlidingEventTimeWindows.of(10_000, 1)')).toEqual([
      { code: 'window-panes', severity: 'warning', args: of, place },
    ])
    expect(await warnings('SlidingEventTimeWindows.of(1000, 1)')).toEqual([])
  })
})

test('watermarks that go backwards are ignored', async () => {
  const falling = generator('{ onEvent(e, t, o) { o.emitWatermark(new Watermark(t === 25 ? 3 : t)) }, onPeriodicEmit() {} }')
  const windowed = await run(
    `s.assignTimestampsAndWatermarks(${falling}).keyBy(r => r.value).window(TumblingEventTimeWindows.of(10))${SUM}`,
  )
  expect(sinkLines(windowed)).toEqual(['1', '1', '1', '1'])
})
