// Nobody waits, and after the failure some orders are counted twice
import {
  CheckpointingMode,
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
env.enableCheckpointing(60000, CheckpointingMode.AT_LEAST_ONCE)

const orders = (topic: string) => env.fromSource(LogSource.topic<Order>(topic), WatermarkStrategy.noWatermarks<Order>(), topic)

orders('quick')
  .union(
    orders('slow')
      .rebalance()
      .map((order) => order)
      .name('crawl'),
  )
  .keyBy((order) => order.shop)
  .process(new Total())
  .name('total')
  .sinkTo(new PrintSink())

env.execute('orders')
