// Allowed lateness, a late firing, and a side output for what is too late
import { Duration, LogSource, OutputTag, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Order {
  shop: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const orders = env
  .fromSource(LogSource.topic<Order>('orders').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Order>(), 'orders')
  .keyBy((order) => order.shop)

const late = new OutputTag<Order>('late')
const sums = orders
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .allowedLateness(Duration.ofSeconds(5))
  .sideOutputLateData(late)
  .apply((shop, window, all, out) =>
    out.collect(
      `${shop} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].map(({ amount }) => amount).join(' + ')}`,
    ),
  )
  .name('10 s, lateness 5 s')
sums.sinkTo(new PrintSink())
sums
  .getSideOutput(late)
  .map((order) => `too late: ${order.shop}@${order.time / 1000}`)
  .sinkTo(new PrintSink())

env.execute('orders')
