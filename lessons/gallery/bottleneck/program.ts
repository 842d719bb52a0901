// One of these is slow: which one, and how does one see it?
import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Order {
  time: number
  shop: string
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .rebalance()
  .map((order) => ({ ...order, note: '.'.repeat(200) }))
  .name('parse')
  .keyBy((order) => order.shop)
  .map((order) => `${order.shop} ${order.amount}`)
  .name('look up')
  .rebalance()
  .map((line) => line)
  .name('format')
  .sinkTo(new PrintSink())

env.execute('orders')
