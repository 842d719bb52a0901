// A limit that may change, for all orders, on two subtasks
import {
  type Collector,
  KeyedBroadcastProcessFunction,
  LogSource,
  MapStateDescriptor,
  PrintSink,
  StreamExecutionEnvironment,
  WatermarkStrategy,
} from 'flink'

interface Order {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const watermarks = WatermarkStrategy.forMonotonousTimestamps<Order>()

const limit = new MapStateDescriptor<string, number>('limit')

class Check extends KeyedBroadcastProcessFunction<string, Order, Order, string> {
  processElement(order: Order, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<string>, out: Collector<string>) {
    const most = ctx.getBroadcastState(limit).get('most') ?? 0
    out.collect(`${order.user}: ${order.amount} ${order.amount > most ? `is above ${most}` : 'is fine'}`)
  }

  processBroadcastElement(rule: Order, ctx: KeyedBroadcastProcessFunction.Context<string>) {
    ctx.getBroadcastState(limit).put('most', rule.amount)
  }
}

env.setParallelism(2)
const orders = env.fromSource(LogSource.topic<Order>('orders').setBounded(), watermarks, 'orders')
const rules = env.fromSource(LogSource.topic<Order>('rules').setBounded(), watermarks, 'rules')

orders
  .keyBy((order) => order.user)
  .connect(rules.broadcast(limit))
  .process(new Check())
  .name('Check')
  .sinkTo(new PrintSink())

env.execute('limits')
