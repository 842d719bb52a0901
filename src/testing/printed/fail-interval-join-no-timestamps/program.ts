import { Collector, Duration, StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const a = env.fromData('a', 'b').keyBy((s) => s)
a.intervalJoin(a)
  .between(Duration.ofSeconds(-1), Duration.ofSeconds(1))
  .process((l, r, ctx, out: Collector<string>) => out.collect(l + r))
  .print()

env.execute('job')
