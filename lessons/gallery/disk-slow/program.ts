// From 2.5 s to 8 s each write waits for 2 s: the job does not mind, its checkpoints do
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface Order {
  time: number
  shop: string
  amount: number
}

class Total extends KeyedProcessFunction<string, Order, string> {
  private total!: ValueState<number>

  override open() {
    this.total = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('total'))
  }

  processElement(order: Order, _ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    const total = (this.total.value() ?? 0) + order.amount
    this.total.update(total)
    out.collect(`${order.shop} ${total}`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(2000)

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .keyBy((order) => order.shop)
  .process(new Total())
  .name('total')
  .sinkTo(new PrintSink())

env.execute('orders')
