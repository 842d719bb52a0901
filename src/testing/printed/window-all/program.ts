import {
  Collector,
  Duration,
  EventTimeSessionWindows,
  ProcessAllWindowFunction,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  Time,
  TimeWindow,
  TumblingEventTimeWindows,
  Tuple2,
  WatermarkStrategy,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const numbers = env
  .fromData(5, 1, 9, 3, 12, 8, 21, 33, 27)
  .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps<number>().withTimestampAssigner((n) => n * 1_000))
numbers
  .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((window: TimeWindow, values: Iterable<number>, out: Collector<string>) => {
    out.collect(`apply ${window.getStart()} ${[...values].join('+')}`)
  })
  .setParallelism(1)
  .print()
  .setParallelism(1)
class All extends ProcessAllWindowFunction<number, Tuple2<number, number>, TimeWindow> {
  process(context: ProcessAllWindowFunction.Context<TimeWindow>, elements: Iterable<number>, out: Collector<Tuple2<number, number>>): void {
    let sum = 0
    for (const e of elements) sum += e
    out.collect(Tuple2.of(context.window().maxTimestamp(), sum))
  }
}
numbers
  .windowAll(SlidingEventTimeWindows.of(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(-3)))
  .process(new All())
  .print('process')
  .setParallelism(1)
numbers
  .windowAll(EventTimeSessionWindows.withGap(Duration.ofSeconds(5)))
  .reduce((a, b) => a + b, {
    apply(window: TimeWindow, values: Iterable<number>, out: Collector<string>): void {
      out.collect(`session ${window} ${[...values]}`)
    },
  })
  .print()
  .setParallelism(1)
numbers
  .windowAll(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
  .aggregate({
    createAccumulator: () => Tuple2.of(0, 0),
    add: (v: number, acc: Tuple2<number, number>) => Tuple2.of(acc.f0 + v, acc.f1 + 1),
    getResult: (acc: Tuple2<number, number>) => acc.f0 / acc.f1,
    merge: (a: Tuple2<number, number>, b: Tuple2<number, number>) => Tuple2.of(a.f0 + b.f0, a.f1 + b.f1),
  })
  .print('mean')
  .setParallelism(1)
numbers.countWindowAll(4).max(0).print('max4').setParallelism(1)
numbers
  .countWindowAll(3, 2)
  .reduce((a, b) => a * 100 + b)
  .print('slide')
  .setParallelism(1)
numbers.timeWindowAll(Time.seconds(10)).sum(0).print('legacy').setParallelism(1)

env.execute('window-all')
