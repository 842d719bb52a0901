// What each store takes, by the minute
import { DataGeneratorSource, Duration, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Order {
  time: number
  store: number
  till: number
  cents: number
}

const random = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1))

// 16 stores, 40 to 55, with 10 tills each; an order every 100 ms
const source = new DataGeneratorSource<Order>(
  (n) => ({ time: n * 100, store: random(40, 55), till: random(1, 10), cents: random(100, 9900) }),
  2000,
)

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(4)

env
  .fromSource(
    source,
    WatermarkStrategy.forMonotonousTimestamps<Order>().withTimestampAssigner((order) => order.time),
    'orders',
  )
  .setParallelism(1)
  .keyBy((order) => order.store)
  .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
  .reduce((a, b) => ({ ...a, cents: a.cents + b.cents }))
  .name('takings')
  .sinkTo(new PrintSink())

env.execute('takings by store')
