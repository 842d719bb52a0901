import { Duration, StreamExecutionEnvironment, TumblingEventTimeWindows } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(1)
  .keyBy((n) => n)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(-5)))
  .sum(0)
  .print()

env.execute('fail-negative-size')
