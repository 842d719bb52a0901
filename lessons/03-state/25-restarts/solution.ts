// Orders of three shops are checked, each shop in a pipeline of its own
import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Order {
  time: number
  shop: string
  number: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(3)
// With checkpoints and nothing else said: exponential delay, as often as it takes
env.enableCheckpointing(2000)

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .map((order) => `${order.shop} ${order.number}`)
  .name('check')
  .sinkTo(new PrintSink())

env.execute('orders')
