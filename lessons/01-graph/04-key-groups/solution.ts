// What each store takes, by the minute
import {
  DataGeneratorSource,
  Duration,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  Tuple2,
  WatermarkStrategy,
} from 'flink'

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
  // 160 keys instead of 16: first what each till takes
  .keyBy((order) => Tuple2.of(order.store, order.till))
  .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
  .reduce((a, b) => ({ ...a, cents: a.cents + b.cents }))
  .name('takings')
  // then ten sums a store: few records, wherever they go
  .keyBy((sum) => sum.store)
  .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
  .reduce((a, b) => ({ ...a, cents: a.cents + b.cents }))
  .name('by store')
  .sinkTo(new PrintSink())

env.execute('takings by store')
