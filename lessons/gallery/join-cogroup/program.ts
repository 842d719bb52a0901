// Both sides of each window, also when one is empty
import {
  type Collector,
  Duration,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  WatermarkStrategy,
} from 'flink'

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
  .coGroup(payments)
  .where((order) => order.user)
  .equalTo((payment) => payment.user)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((ordered, paid, out: Collector<string>) => {
    const [user] = [...ordered, ...paid].map((one) => one.user)
    out.collect(`${user}: ${[...ordered].length} orders, ${[...paid].length} payments`)
  })
  .sinkTo(new PrintSink())

env.execute('coGroup')
