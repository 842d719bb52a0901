import {
  Collector,
  CountEvictor,
  CountTrigger,
  Duration,
  EventTimeTrigger,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  TimeEvictor,
  TimeWindow,
  Trigger,
  TumblingEventTimeWindows,
  Tuple3,
  WatermarkStrategy,
  WindowAssigner,
} from 'flink'

type E = Tuple3<string, number, number>
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
  )
  .assignTimestampsAndWatermarks(WatermarkStrategy.forBoundedOutOfOrderness<E>(Duration.ofDays(1)).withTimestampAssigner((e) => e.f1))
const show =
  (label: string) =>
  (key: string, w: TimeWindow, es: Iterable<E>, out: Collector<string>): void =>
    out.collect(`${label} ${key} ${w.getStart()} ${[...es].map((e) => e.f2).join(' ')}`)
events
  .keyBy((e) => e.f0)
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .trigger(CountTrigger.of(2))
  .evictor(CountEvictor.of(1, true))
  .apply(show('after'))
  .print()
events
  .keyBy((e) => e.f0)
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .evictor(TimeEvictor.of(Duration.ofMillis(3), true))
  .trigger(CountTrigger.of(1))
  .apply(show('timeafter'))
  .print()
events
  .keyBy((e) => e.f0)
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20)))
  .evictor(CountEvictor.of(2))
  .reduce((a, b) => Tuple3.of(a.f0, a.f1 + b.f1, a.f2 * 10 + b.f2))
  .map((t) => `reduce ${t}`)
  .print()
events
  .keyBy((e) => e.f0)
  .window(SlidingEventTimeWindows.of(Duration.ofMillis(30), Duration.ofMillis(10)))
  .evictor(CountEvictor.of(2))
  .aggregate(
    {
      createAccumulator: () => 0,
      add: (e: E, acc: number) => acc + e.f2,
      getResult: (acc: number) => acc,
      merge: (a: number, b: number) => a + b,
    },
    (key, w, rs, out: Collector<string>) => out.collect(`aggregate ${key} ${w.getStart()} ${[...rs].join(',')}`),
  )
  .print()
class Halves extends WindowAssigner<E, TimeWindow> {
  assignWindows(element: E, timestamp: number, context: WindowAssigner.WindowAssignerContext): Iterable<TimeWindow> {
    return element.f2 % 2 === 0 ? [new TimeWindow(0, 50)] : [new TimeWindow(0, 50), new TimeWindow(timestamp, timestamp + 5)]
  }
  getDefaultTrigger(): Trigger<E, TimeWindow> {
    return EventTimeTrigger.create() as Trigger<E, TimeWindow>
  }
  isEventTime(): boolean {
    return true
  }
}
events
  .keyBy((e) => e.f0)
  .window(new Halves())
  .apply(show('own'))
  .print()

env.execute('own-evictor-and-assigner')
