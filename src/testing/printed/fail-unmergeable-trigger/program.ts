import { DeltaTrigger, Duration, EventTimeSessionWindows, StreamExecutionEnvironment, Tuple2, WatermarkStrategy } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(Tuple2.of('a', 1))
  .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps<Tuple2<string, number>>().withTimestampAssigner((t) => t.f1))
  .keyBy((t) => t.f0)
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(5)))
  .trigger(DeltaTrigger.of(5, (a: Tuple2<string, number>, b: Tuple2<string, number>) => 1, null as never))
  .sum(1)
  .print()

env.execute('fail-late-merge-trigger')
