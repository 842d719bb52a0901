// Requests that fail are made again
import {
  AsyncDataStream,
  type AsyncFunction,
  AsyncRetryStrategies,
  ExternalService,
  LogSource,
  PrintSink,
  type ResultFuture,
  RetryPredicates,
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
  asyncInvoke(order: Order, result: ResultFuture<string>) {
    users.request(order.user, (user, error) =>
      error !== undefined
        ? result.completeExceptionally(error)
        : result.complete([`${order.amount} ${order.user} ${user?.city ?? 'nowhere'}`]),
    )
  }
}

const orders = env.fromSource(LogSource.topic<Order>('orders'), watermarks, 'orders')

const retry = new AsyncRetryStrategies.FixedDelayRetryStrategyBuilder<string>(5, 200)
  .ifException(RetryPredicates.HAS_EXCEPTION_PREDICATE)
  .build()
AsyncDataStream.orderedWaitWithRetry(orders, new LookUp(), 5, TimeUnit.SECONDS, 10, retry).name('Look up').sinkTo(new PrintSink())

env.execute('look up')
