// A batch is full with three orders, or when a second has passed
import {
  CountTrigger,
  Duration,
  GlobalWindows,
  LogSource,
  PrintSink,
  ProcessingTimeoutTrigger,
  PurgingTrigger,
  StreamExecutionEnvironment,
  WatermarkStrategy,
} from 'flink'

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
  .trigger(PurgingTrigger.of(ProcessingTimeoutTrigger.of(CountTrigger.of(3), Duration.ofSeconds(1))))
  .apply((shop, _window, all, out) => out.collect(`${shop}: ${[...all].map(({ amount }) => amount).join(' + ')}`))
  .name('Batches')
  .sinkTo(new PrintSink())

env.execute('orders')
