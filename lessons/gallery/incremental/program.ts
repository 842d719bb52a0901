// Each checkpoint uploads what is new, and shares the rest with those before it
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  PrintSink,
  RocksDBStateBackend,
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
  private note!: ValueState<string>

  override open() {
    this.note = this.getRuntimeContext().getState(new ValueStateDescriptor<string>('note'))
  }

  processElement(order: Order, _ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    this.note.update(`${order.amount} pieces, `.repeat(100))
    out.collect(`order of ${order.time} ms is noted`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(2000)
env.setStateBackend(new RocksDBStateBackend('hdfs:///checkpoints', true))

env
  .fromSource(LogSource.topic<Order>('orders'), WatermarkStrategy.noWatermarks<Order>(), 'orders')
  .keyBy((order) => `${order.time}`)
  .process(new Notes())
  .name('notes')
  .sinkTo(new PrintSink())

env.execute('orders')
