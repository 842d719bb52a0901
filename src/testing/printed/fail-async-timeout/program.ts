import { AsyncDataStream, ResultFuture, StreamExecutionEnvironment, TimeUnit } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
AsyncDataStream.orderedWait(
  env.fromData('a', 'b'),
  {
    asyncInvoke(s: string, f: ResultFuture<string>): void {
      if (s === 'a') f.complete(['A'])
    },
  },
  100,
  TimeUnit.MILLISECONDS,
).print()

env.execute('fail-async-timeout')
