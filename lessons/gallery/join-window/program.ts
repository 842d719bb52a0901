// Orders and payments in the same 10 s
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Order {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const watermarks = WatermarkStrategy.forMonotonousTimestamps<Order>()

const orders = env.fromSource(LogSource.topic<Order>('orders').setBounded(), watermarks, 'orders')
const payments = env.fromSource(LogSource.topic<Order>('payments').setBounded(), watermarks, 'payments')

orders
  .join(payments)
  .where((order) => order.user)
  .equalTo((payment) => payment.user)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((order, payment) => `${order.user} ordered ${order.amount}, paid ${payment.amount}`)
  .sinkTo(new PrintSink())

env.execute('join')
