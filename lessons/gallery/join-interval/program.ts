// A payment belongs to an order at most 5 s before it
import { type Collector, Duration, LogSource, OutputTag, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Order {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const watermarks = WatermarkStrategy.forMonotonousTimestamps<Order>()

const orders = env.fromSource(LogSource.topic<Order>('orders').setBounded(), watermarks, 'orders')
const payments = env.fromSource(LogSource.topic<Order>('payments').setBounded(), watermarks, 'payments')

const late = new OutputTag<Order>('late orders')
const paid = orders
  .keyBy((order) => order.user)
  .intervalJoin(payments.keyBy((payment) => payment.user))
  .between(Duration.ofSeconds(0), Duration.ofSeconds(5))
  .sideOutputLeftLateData(late)
  .process((order, payment, _ctx, out: Collector<string>) => out.collect(`${order.user} ordered ${order.amount}, paid ${payment.amount}`))
paid.sinkTo(new PrintSink())
paid
  .getSideOutput(late)
  .map((order) => `too late: ${order.user}@${order.time / 1000}`)
  .sinkTo(new PrintSink())

env.execute('interval join')
