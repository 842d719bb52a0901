import { RichMapFunction, StreamExecutionEnvironment, Types, ValueStateDescriptor } from 'flink'

class S extends RichMapFunction<number, number> {
  open(): void {
    this.getRuntimeContext().getState(new ValueStateDescriptor<number>('s', Types.INT))
  }
  map(n: number): number {
    return n
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env.fromData(1, 2).map(new S()).print()

env.execute('fail-state-unkeyed')
