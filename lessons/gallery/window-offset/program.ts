// The same orders by days of UTC, and by days of Shanghai
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
import type { Collector, TimeWindow } from 'flink'

interface Order {
  shop: string
  time: number
  amount: number
}

const HOUR = 3_600_000
const env = StreamExecutionEnvironment.getExecutionEnvironment()

const orders = env
  .fromSource(LogSource.topic<Order>('orders').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Order>(), 'orders')
  .keyBy((order) => order.shop)

const sum = (name: string, zone: number) => (_shop: string, window: TimeWindow, all: Iterable<Order>, out: Collector<string>) => {
  const day = new Date(window.getStart() + zone).toISOString().slice(5, 10)
  out.collect(`${name} ${day}: ${[...all].reduce((total, { amount }) => total + amount, 0)}`)
}

orders
  .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
  .apply(sum('UTC', 0))
  .name('Days of UTC')
  .sinkTo(new PrintSink())
orders
  .window(TumblingEventTimeWindows.of(Duration.ofDays(1), Duration.ofHours(-8)))
  .apply(sum('Shanghai', 8 * HOUR))
  .name('Days of Shanghai')
  .sinkTo(new PrintSink())

env.execute('days')
