// Orders of three shops are checked, each shop in a pipeline of its own
import { LogSource, PrintSink, RestartStrategies, StreamExecutionEnvironment, Time, WatermarkStrategy } from 'flink'

interface Order {
  time: number
  shop: string
  number: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(3)
env.enableCheckpointing(2000)
// Twice, after a second each
env.setRestartStrategy(RestartStrategies.fixedDelayRestart(2, Time.seconds(1)))

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .map((order) => `${order.shop} ${order.number}`)
  .name('check')
  .sinkTo(new PrintSink())

env.execute('orders')
