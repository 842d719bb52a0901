import { Collector, ProcessFunction, StreamExecutionEnvironment } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
env.fromData('first').print()
env.execute('one')
const numbers = env.fromSequence(1, 3)
numbers.map((n) => n * n).print('squares')
env.execute('two')
env
  .fromData(2, 4)
  .union(env.fromData(6))
  .process({
    processElement(n: number, ctx: ProcessFunction.Context, out: Collector<number>): void {
      out.collect(n / 2)
    },
  })
  .print()
numbers.print('again')
env.execute('three')
