import { StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(1)
  .map((n) => n)
  .uid('x')
  .map((n) => n)
  .uid('x')
  .print()

env.execute('fail-duplicate-uid')
