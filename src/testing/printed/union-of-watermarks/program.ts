import {
  Collector,
  Duration,
  ProcessWindowFunction,
  StreamExecutionEnvironment,
  TimeWindow,
  TumblingEventTimeWindows,
  Tuple3,
  WatermarkStrategy,
} from 'flink'

type E = Tuple3<string, number, number>
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const a = env
  .fromData(Tuple3.of('a', 100, 1), Tuple3.of('b', 900, 2))
  .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps<E>().withTimestampAssigner((e) => e.f1))
const b = env.fromData(Tuple3.of('a', 500, 4), Tuple3.of('b', 1_500, 8), Tuple3.of('a', 200, 16)).assignTimestampsAndWatermarks(
  WatermarkStrategy.forBoundedOutOfOrderness<E>(Duration.ofSeconds(5))
    .withTimestampAssigner((e) => e.f1)
    .withIdleness(Duration.ofMinutes(1)),
)
a.union(b)
  .keyBy((e) => e.f0)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1), Duration.ofMillis(250)))
  .process({
    process(key: string, ctx: ProcessWindowFunction.Context<TimeWindow>, es: Iterable<E>, out: Collector<string>): void {
      out.collect(
        `${key} ${ctx.window()} ${[...es]
          .map((e) => e.f2)
          .sort((x, y) => x - y)
          .join('+')} ${ctx.currentWatermark() > 1e15}`,
      )
    },
  })
  .print()
a.union(b, a)
  .windowAll(TumblingEventTimeWindows.of(Duration.ofDays(1)))
  .sum(2)
  .map((e) => e.f2)
  .print('sum')
  .setParallelism(1)

env.execute('union-of-watermarks')
