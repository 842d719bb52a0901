// What takes longer than 600 ms is answered by timeout
import {
  AsyncDataStream,
  type AsyncFunction,
  ExternalService,
  LogSource,
  PrintSink,
  type ResultFuture,
  StreamExecutionEnvironment,
  TimeUnit,
  WatermarkStrategy,
} from 'flink'

interface Order {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
const watermarks = WatermarkStrategy.forMonotonousTimestamps<Order>()

interface User {
  user: string
  city: string
}
const users = ExternalService.named<User>('users')

class LookUp implements AsyncFunction<Order, string> {
  timeout(order: Order, result: ResultFuture<string>) {
    result.complete([`${order.amount} ${order.user} took too long`])
  }

  asyncInvoke(order: Order, result: ResultFuture<string>) {
    users.request(order.user, (user) => result.complete([`${order.amount} ${order.user} ${user?.city ?? 'nowhere'}`]))
  }
}

const orders = env.fromSource(LogSource.topic<Order>('orders').setBounded(), watermarks, 'orders')

AsyncDataStream.unorderedWait(orders, new LookUp(), 600, TimeUnit.MILLISECONDS, 10).name('Look up').sinkTo(new PrintSink())

env.execute('look up')
