import {
  CountTrigger,
  Duration,
  GlobalWindows,
  ProcessingTimeSessionWindows,
  ProcessingTimeoutTrigger,
  SourceFunction,
  StreamExecutionEnvironment,
  Time,
  TumblingProcessingTimeWindows,
  Tuple2,
} from 'flink'

type T2 = Tuple2<string, number>
class Slow implements SourceFunction<T2> {
  *run(ctx: SourceFunction.SourceContext<T2>): Generator<number, void> {
    ctx.collect(Tuple2.of('a', 1))
    yield 1_000
    ctx.collect(Tuple2.of('a', 2))
    ctx.collect(Tuple2.of('b', 3))
    yield 1_000
  }
  cancel(): void {}
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
env
  .addSource(new Slow())
  .keyBy((t) => t.f0)
  .window(TumblingProcessingTimeWindows.of(Duration.ofMillis(300)))
  .sum(1)
  .print()
env
  .addSource(new Slow())
  .keyBy((t) => t.f0)
  .window(ProcessingTimeSessionWindows.withGap(Duration.ofMillis(300)))
  .sum(1)
  .print('session')
env
  .addSource(new Slow())
  .keyBy((t) => t.f0)
  .window(GlobalWindows.create())
  .trigger(ProcessingTimeoutTrigger.of(CountTrigger.of(5), Duration.ofMillis(200)))
  .sum(1)
  .print('timeout')

env.execute('processing-windows-live')
