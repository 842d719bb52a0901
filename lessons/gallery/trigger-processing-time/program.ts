// Windows of 2 s of the clock: when an order arrives decides, not when it was made
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingProcessingTimeWindows, WatermarkStrategy } from 'flink'

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
  .window(TumblingProcessingTimeWindows.of(Duration.ofSeconds(2)))
  .apply((shop, _window, all, out) => out.collect(`${shop}: ${[...all].map(({ amount }) => amount).join(' + ')}`))
  .name('2 s of the clock')
  .sinkTo(new PrintSink())

env.execute('orders')
