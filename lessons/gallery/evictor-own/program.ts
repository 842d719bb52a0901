// After each firing the smallest order goes; the trigger fires on every second one
import {
  CountTrigger,
  Duration,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  type EvictableElements,
  type Evictor,
  type TimeWindow,
  WatermarkStrategy,
} from 'flink'

class WithoutSmallest implements Evictor<Order, TimeWindow> {
  evictBefore(): void {}
  evictAfter(orders: EvictableElements<Order>): void {
    let smallest = Infinity
    for (const order of orders) smallest = Math.min(smallest, order.getValue().amount)
    for (const iterator = orders.iterator(); iterator.hasNext();) if (iterator.next().getValue().amount === smallest) iterator.remove()
  }
}

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
  .trigger(CountTrigger.of(2))
  .evictor(new WithoutSmallest())
  .apply((shop, window, all, out) =>
    out.collect(
      `${shop} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].map(({ amount }) => amount).join(' + ')}`,
    ),
  )
  .name('10 s, own evictor')
  .sinkTo(new PrintSink())

env.execute('orders')
