import {
  Collector,
  Duration,
  GlobalWindows,
  KeyedProcessFunction,
  ProcessingTimeSessionWindows,
  StreamExecutionEnvironment,
  TumblingProcessingTimeWindows,
  Tuple2,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const s = env.fromData(Tuple2.of('a', 1), Tuple2.of('a', 2), Tuple2.of('b', 3))
s.keyBy((t) => t.f0)
  .window(TumblingProcessingTimeWindows.of(Duration.ofHours(1)))
  .sum(1)
  .print('never')
s.keyBy((t) => t.f0)
  .window(ProcessingTimeSessionWindows.withGap(Duration.ofMinutes(10)))
  .sum(1)
  .print('session')
s.keyBy((t) => t.f0)
  .process({
    processElement(t: Tuple2<string, number>, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>): void {
      ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 3_600_000)
      out.collect(`seen ${t}`)
    },
    onTimer(ts: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>): void {
      out.collect('fired')
    },
  })
  .print()
s.keyBy((t) => t.f0)
  .window(GlobalWindows.create())
  .reduce((a, b) => a)
  .print('global')

env.execute('processing-time-end')
