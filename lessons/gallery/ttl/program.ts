// A total is forgotten 3 s after the last order: look at tea after its pause
import {
  type Collector,
  Duration,
  KeyedProcessFunction,
  LogSource,
  PrintSink,
  StateTtlConfig,
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
    const total = new ValueStateDescriptor<number>('total')
    total.enableTimeToLive(
      StateTtlConfig.newBuilder(Duration.ofSeconds(3))
        .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
        .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
        .build(),
    )
    this.total = this.getRuntimeContext().getState(total)
  }

  processElement(order: Order, _ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    const total = (this.total.value() ?? 0) + order.amount
    this.total.update(total)
    out.collect(`${order.shop} ${total}`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .keyBy((order) => order.shop)
  .process(new Total())
  .name('total')
  .sinkTo(new PrintSink())

env.execute('orders')
