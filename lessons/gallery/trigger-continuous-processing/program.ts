// Early results every second of processing time
import {
  ContinuousProcessingTimeTrigger,
  Duration,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
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
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .trigger(ContinuousProcessingTimeTrigger.of(Duration.ofSeconds(1)))
  .apply((shop, window, all, out) =>
    out.collect(
      `${shop} [${(window.getStart() / 1000) % 60} s, ${(window.getEnd() / 1000) % 60} s): ${[...all].map(({ amount }) => amount).join(' + ')}`,
    ),
  )
  .name('10 s, every 1 s of the clock')
  .sinkTo(new PrintSink())

env.execute('orders')
