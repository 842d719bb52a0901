import { StreamExecutionEnvironment, Tuple2 } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(Tuple2.of('a', 'x'))
  .keyBy((t) => t.f0)
  .sum(1)
  .print()

env.execute('fail-sum-of-strings')
