// The function sees the last 5 seconds of the window alone
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TimeEvictor, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

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
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .evictor(TimeEvictor.of(Duration.ofSeconds(5)))
  .apply((shop, window, all, out) =>
    out.collect(
      `${shop} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].map(({ amount }) => amount).join(' + ')}`,
    ),
  )
  .name('10 s, last 5 s')
  .sinkTo(new PrintSink())

env.execute('orders')
