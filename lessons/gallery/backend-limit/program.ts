// 400 KB more with each order, and 5 MB are the limit
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  MemoryStateBackend,
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

class Notes extends KeyedProcessFunction<string, Order, string> {
  private notes!: ValueState<string>

  override open() {
    this.notes = this.getRuntimeContext().getState(new ValueStateDescriptor<string>('notes'))
  }

  processElement(order: Order, _ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    this.notes.update('x'.repeat(400_000))
    out.collect(`${order.time} is noted`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(2000)
env.setStateBackend(new MemoryStateBackend())

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .keyBy((order) => `${order.time}`)
  .process(new Notes())
  .name('notes')
  .sinkTo(new PrintSink())

env.execute('orders')
