import {
  Collector,
  Duration,
  EventTimeSessionWindows,
  ProcessWindowFunction,
  StreamExecutionEnvironment,
  TimeWindow,
  Tuple2,
  Types,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(Tuple2.of('a', 1))
  .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps<Tuple2<string, number>>().withTimestampAssigner((t) => t.f1))
  .keyBy((t) => t.f0)
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(5)))
  .process({
    process(k: string, ctx: ProcessWindowFunction.Context<TimeWindow>, es: Iterable<Tuple2<string, number>>, out: Collector<string>): void {
      ctx.windowState().getState(new ValueStateDescriptor<number>('w', Types.INT)).update(1)
    },
  })
  .print()

env.execute('window-state-merging-fail')
