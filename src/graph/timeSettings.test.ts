import { expect, test } from 'vitest'
import { compile } from '../client/compile'
import { evaluate } from '../client/evaluate'
import { Configuration } from '../core/configuration'
import { planOf } from './index'
import { intervalJoinSettingsOf, watermarkSettingsOf, windowSettingsOf } from './timeSettings'
import type { StreamNode } from './types'

const NAMES =
  'Duration, Time, EventTimeSessionWindows, ProcessingTimeSessionWindows, SlidingEventTimeWindows, SlidingProcessingTimeWindows, TumblingEventTimeWindows, TumblingProcessingTimeWindows, GlobalWindows, WindowAssigner, WindowStagger, Trigger, EventTimeTrigger, CountTrigger, DeltaTrigger, PurgingTrigger, ProcessingTimeoutTrigger, ContinuousEventTimeTrigger, ContinuousProcessingTimeTrigger, CountEvictor, TimeEvictor, DeltaEvictor, OutputTag, WatermarkStrategy, AscendingTimestampExtractor, BoundedOutOfOrdernessTimestampExtractor, LogSource, TimeCharacteristic, StreamExecutionEnvironment'

/** The nodes of a program in which `env` is the environment, `s` a stream and `k` the same with keys. */
function nodes(body: string): readonly StreamNode[] {
  const text = `import { ${NAMES} } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const s = env.fromData(1, 2), k = s.keyBy(n => n)
const late = new OutputTag('late'), early = new OutputTag('early')
class MyTrigger extends Trigger { canMerge() { return true } onElement() {} onEventTime() {} onProcessingTime() {} }
class MyAssigner extends WindowAssigner { assignWindows() { return [] } isEventTime() { return false } getDefaultTrigger() { return new MyTrigger() } }
class MyGenerator { onEvent() {} onPeriodicEmit() {} }
class MyStrategy extends WatermarkStrategy { createWatermarkGenerator() { return new MyGenerator() } }
${body}.print()
env.execute()`
  const world = { configuration: Configuration.fromMap({}), now: () => 0, nextUint32: () => 0, print: () => {} }
  return planOf(evaluate(compile(text), world).jobs, Configuration.fromMap({})).streamGraph.nodes
}

const first = <S>(body: string, settingsOf: (node: StreamNode) => S | null): S => {
  const found = nodes(body).map(settingsOf)
  return found.filter((settings) => settings !== null).at(-1)!
}

const SUM = '.sum(0)'
const tumbling = { type: 'tumbling', time: 'event', size: 1000, offset: 0 }
const eventTime = { type: 'event-time' }
test.each([
  ['k.window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))', tumbling, eventTime, {}],
  [
    'k.window(TumblingProcessingTimeWindows.of(Time.hours(24), Time.hours(-8), WindowStagger.NATURAL))',
    { type: 'tumbling', time: 'processing', size: 86_400_000, offset: -28_800_000, stagger: 'NATURAL' },
    { type: 'processing-time' },
    {},
  ],
  ['k.window(SlidingEventTimeWindows.of(10, 2, 1))', { type: 'sliding', time: 'event', size: 10, slide: 2, offset: 1 }, eventTime, {}],
  ['k.timeWindow(Time.seconds(4), Time.seconds(2))', { type: 'sliding', time: 'event', size: 4000, slide: 2000, offset: 0 }, eventTime, {}],
  [
    's.windowAll(ProcessingTimeSessionWindows.withGap(5))',
    { type: 'session', time: 'processing', gap: 5 },
    { type: 'processing-time' },
    {},
  ],
  ['k.window(EventTimeSessionWindows.withDynamicGap(n => n))', { type: 'dynamic-session', time: 'event' }, eventTime, {}],
  ['k.window(GlobalWindows.create())', { type: 'global' }, { type: 'never' }, {}],
  ['k.window(GlobalWindows.createWithEndOfStreamTrigger())', { type: 'global' }, { type: 'end-of-stream' }, {}],
  ['k.countWindow(3)', { type: 'global' }, { type: 'purging', nested: { type: 'count', count: 3 } }, { triggerSet: true }],
  [
    's.countWindowAll(5, 2)',
    { type: 'global' },
    { type: 'count', count: 2 },
    { triggerSet: true, evictor: { type: 'count', count: 5, after: false } },
  ],
  [
    'k.window(new MyAssigner())',
    { type: 'user', name: 'MyAssigner', time: 'processing', merging: false },
    { type: 'user', name: 'MyTrigger' },
    {},
  ],
  [
    `k.window(TumblingEventTimeWindows.of(1000)).allowedLateness(Duration.ofMillis(7)).sideOutputLateData(late)
      .trigger(ProcessingTimeoutTrigger.of(ContinuousEventTimeTrigger.of(3), 9, true, false)).evictor(TimeEvictor.of(4, true))`,
    tumbling,
    {
      type: 'processing-timeout',
      nested: { type: 'continuous-event-time', interval: 3 },
      timeout: 9,
      resetOnNewRecord: true,
      clearOnTimeout: false,
    },
    { triggerSet: true, allowedLateness: 7, lateTag: 'late', evictor: { type: 'time', size: 4, after: true } },
  ],
  [
    `k.window(TumblingEventTimeWindows.of(1000)).trigger(DeltaTrigger.of(2.5, (a, b) => b - a)).evictor({ evictBefore() {}, evictAfter() {} })`,
    tumbling,
    { type: 'delta', threshold: 2.5 },
    { triggerSet: true, evictor: { type: 'user', name: 'Evictor' } },
  ],
  [
    `k.window(TumblingEventTimeWindows.of(1000)).trigger(new (class Mine extends CountTrigger { onElement() {} })(3)).evictor(DeltaEvictor.of(1, (a, b) => b - a))`,
    tumbling,
    { type: 'user', name: 'Mine' },
    { triggerSet: true, evictor: { type: 'delta', threshold: 1, after: false } },
  ],
])('windows: %s', (body, assigner, trigger, more) => {
  const rest = { triggerSet: false, evictor: null, allowedLateness: 0, lateTag: null }
  expect(first(body + SUM, windowSettingsOf)).toEqual({ assigner, trigger, ...rest, ...more })
})

test.each([
  'k.join(s).where(n => n).equalTo(n => n).window(TumblingEventTimeWindows.of(1000)).allowedLateness(5).apply((a, b) => a)',
  'k.coGroup(s).where(n => n).equalTo(n => n).window(TumblingEventTimeWindows.of(1000)).allowedLateness(5).apply((a, b, out) => {})',
])('windows of two streams: %s', (body) => {
  const rest = { trigger: eventTime, triggerSet: false, evictor: null, lateTag: null }
  expect(first(body, windowSettingsOf)).toEqual({ assigner: tumbling, allowedLateness: 5, ...rest })
})

const from = (strategy: string): string => `env.fromSource(LogSource.topic('t'), ${strategy}, 't')`
const assign = (strategy: string): string => `s.assignTimestampsAndWatermarks(${strategy})`
const bounded = { type: 'bounded', bound: 5000 }
test.each([
  ['env.fromData(1)', { type: 'none' }, {}],
  [from('WatermarkStrategy.noWatermarks()'), { type: 'none' }, {}],
  [from('WatermarkStrategy.forMonotonousTimestamps().withTimestampAssigner(e => e.t)'), { type: 'monotonous' }, { assigner: true }],
  [
    from(`WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofSeconds(5)).withIdleness(Duration.ofMinutes(1))
      .withTimestampAssigner({ extractTimestamp: e => e.t }).withWatermarkAlignment('g', Duration.ofSeconds(20))`),
    bounded,
    { assigner: true, idleness: 60_000, alignment: { group: 'g', maxDrift: 20_000, updateInterval: 1000 } },
  ],
  [assign('WatermarkStrategy.forGenerator(() => new MyGenerator())'), { type: 'user', name: 'WatermarkGenerator' }, {}],
  [assign('new MyStrategy().withIdleness(3)'), { type: 'user', name: 'MyStrategy' }, { idleness: 3 }],
  [
    assign('{ createWatermarkGenerator: () => new MyGenerator(), createTimestampAssigner: () => ({ extractTimestamp: n => n }) }'),
    { type: 'user', name: 'WatermarkStrategy' },
    { assigner: true },
  ],
  [
    assign('new (class extends BoundedOutOfOrdernessTimestampExtractor { extractTimestamp(n) { return n } })(Time.seconds(5))'),
    { type: 'legacy', name: 'BoundedOutOfOrdernessTimestampExtractor', bound: 5000 },
    { assigner: true },
  ],
  [
    assign('new (class extends AscendingTimestampExtractor { extractAscendingTimestamp(n) { return n } })()'),
    { type: 'legacy', name: 'AscendingTimestampExtractor', bound: 1 },
    { assigner: true },
  ],
  [
    assign('new (class Marks { extractTimestamp(n) { return n } checkAndGetNextWatermark() { return null } })()'),
    { type: 'user', name: 'Marks' },
    { assigner: true },
  ],
])('watermarks: %s', (body, generator, more) => {
  expect(first(body, watermarkSettingsOf)).toEqual({ generator, assigner: false, idleness: null, alignment: null, ...more })
})

test('a source of the old kind says nothing', () => {
  const [source] = nodes('env.fromElements(1)').slice(-2)
  expect(watermarkSettingsOf(source!)).toBeNull()
})

test('an interval join: bounds both included, after exclusive ones were narrowed (W-28)', () => {
  const join = (between: string): string => `k.intervalJoin(k).between(${between}).process((a, b, c, out) => {})`
  expect(first(join('-5, Duration.ofMillis(8)'), intervalJoinSettingsOf)).toEqual({
    lower: -5,
    upper: 8,
    leftLateTag: null,
    rightLateTag: null,
  })
  const exclusive = '-5, 8).lowerBoundExclusive().upperBoundExclusive().sideOutputLeftLateData(early).sideOutputRightLateData(late'
  expect(first(join(exclusive), intervalJoinSettingsOf)).toEqual({ lower: -4, upper: 7, leftLateTag: 'early', rightLateTag: 'late' })
})
