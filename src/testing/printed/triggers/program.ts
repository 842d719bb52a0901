import {
  Collector,
  ContinuousEventTimeTrigger,
  CountTrigger,
  DeltaTrigger,
  Duration,
  EventTimeSessionWindows,
  EventTimeTrigger,
  GlobalWindows,
  PurgingTrigger,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  Tuple3,
  Types,
  Watermark,
  WatermarkGenerator,
  WatermarkOutput,
  WatermarkStrategy,
  Window,
} from 'flink'

type E = Tuple3<string, number, number>
class Every implements WatermarkGenerator<E> {
  onEvent(event: E, eventTimestamp: number, output: WatermarkOutput): void {
    output.emitWatermark(new Watermark(eventTimestamp - 1))
  }
  onPeriodicEmit(output: WatermarkOutput): void {}
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const events = env
  .fromData(
    Tuple3.of('k', 1, 1),
    Tuple3.of('k', 4, 2),
    Tuple3.of('l', 6, 3),
    Tuple3.of('k', 12, 4),
    Tuple3.of('l', 18, 5),
    Tuple3.of('k', 24, 6),
    Tuple3.of('k', 31, 7),
    Tuple3.of('k', 28, 8),
    Tuple3.of('l', 47, 9),
    Tuple3.of('k', 55, 10),
    Tuple3.of('l', 22, 11),
  )
  .assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator<E>(() => new Every()).withTimestampAssigner((e) => e.f1))
const keyed = events.keyBy((e) => e.f0)
const show =
  (label: string) =>
  (key: string, w: Window, es: Iterable<E>, out: Collector<string>): void =>
    out.collect(`${label} ${key} ${w.maxTimestamp() > 1e15 ? 'global' : w.maxTimestamp()} ${[...es].map((e) => e.f2).join(' ')}`)
keyed
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .trigger(ContinuousEventTimeTrigger.of(Duration.ofMillis(5)))
  .apply(show('continuous'))
  .print()
keyed
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .trigger(PurgingTrigger.of(ContinuousEventTimeTrigger.of(Duration.ofMillis(7))))
  .apply(show('purging'))
  .print()
keyed
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .trigger(CountTrigger.of(2))
  .apply(show('count'))
  .print()
keyed
  .window(GlobalWindows.create())
  .trigger(DeltaTrigger.of(10, (a: E, b: E) => b.f1 - a.f1, Types.STRING as never))
  .apply(show('delta'))
  .print()
keyed.window(GlobalWindows.createWithEndOfStreamTrigger()).apply(show('end')).print()
keyed
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .allowedLateness(Duration.ofMillis(15))
  .apply(show('late'))
  .print()
keyed
  .window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(3)))
  .trigger(PurgingTrigger.of(EventTimeTrigger.create()))
  .apply(show('sliding'))
  .print()
keyed
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(8)))
  .trigger(CountTrigger.of(3))
  .apply(show('session'))
  .print()
keyed
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(8)))
  .trigger(PurgingTrigger.of(EventTimeTrigger.create()))
  .allowedLateness(Duration.ofMillis(20))
  .apply(show('sessionlate'))
  .print()

env.execute('triggers')
