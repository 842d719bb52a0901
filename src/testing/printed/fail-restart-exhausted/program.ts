import { RestartStrategies, StreamExecutionEnvironment, Time } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
env.setRestartStrategy(RestartStrategies.fixedDelayRestart(2, Time.milliseconds(1)))
env
  .fromData('a', 'b')
  .map((s: string): string => {
    throw new Error('always ' + s)
  })
  .print()

env.execute('fail-restart-exhausted')
