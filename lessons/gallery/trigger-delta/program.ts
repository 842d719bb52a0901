// Fires when an amount differs by more than 5 from the one that fired last
import { DeltaTrigger, GlobalWindows, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Order {
  shop: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const orders = env
  .fromSource(LogSource.topic<Order>('orders').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Order>(), 'orders')
  .keyBy((order) => order.shop)

orders
  .window(GlobalWindows.create())
  .trigger(DeltaTrigger.of(5, (last: Order, order: Order) => Math.abs(order.amount - last.amount)))
  .apply((shop, _window, all, out) => out.collect(`${shop}: ${[...all].map(({ amount }) => amount).join(' + ')}`))
  .name('Global, delta 5')
  .sinkTo(new PrintSink())

env.execute('orders')
