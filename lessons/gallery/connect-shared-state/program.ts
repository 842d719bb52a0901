// Orders in a currency, and its rates: the state belongs to both
import {
  type Collector,
  KeyedCoProcessFunction,
  LogSource,
  type OpenContext,
  PrintSink,
  StreamExecutionEnvironment,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface Order {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const watermarks = WatermarkStrategy.forMonotonousTimestamps<Order>()

class Convert extends KeyedCoProcessFunction<string, Order, Order, string> {
  private rate!: ValueState<number>

  override open(_context: OpenContext) {
    this.rate = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('rate'))
  }

  processElement1(order: Order, _ctx: KeyedCoProcessFunction.Context<string>, out: Collector<string>) {
    const rate = this.rate.value()
    out.collect(rate === null ? `no rate for ${order.user} yet` : `${order.amount} ${order.user} are ${order.amount * rate}`)
  }

  processElement2(rate: Order) {
    this.rate.update(rate.amount)
  }
}

const orders = env.fromSource(LogSource.topic<Order>('orders').setBounded(), watermarks, 'orders')
const rates = env.fromSource(LogSource.topic<Order>('rates').setBounded(), watermarks, 'rates')

orders
  .keyBy((order) => order.user)
  .connect(rates.keyBy((rate) => rate.user))
  .process(new Convert())
  .name('Convert')
  .sinkTo(new PrintSink())

env.execute('convert')
