import { StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData('a', 'b')
  .keyBy((s) => (s === 'b' ? null : s))
  .reduce((a, b) => a + b)
  .print()

env.execute('fail-null-key')
