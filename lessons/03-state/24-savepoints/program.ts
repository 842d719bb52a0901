// How often each user has come, ever: what is known goes on from yesterday's savepoint
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface Visit {
  time: number
  user: string
}

class Count extends KeyedProcessFunction<string, Visit, string> {
  private count!: ValueState<number>

  override open() {
    this.count = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('count'))
  }

  processElement(visit: Visit, _ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    const count = (this.count.value() ?? 0) + 1
    this.count.update(count)
    out.collect(`${visit.user}: ${count}`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

env
  .fromSource(LogSource.topic<Visit>('visits'), WatermarkStrategy.noWatermarks<Visit>(), 'visits')
  .uid('visits')
  .keyBy((visit) => visit.user)
  .process(new Count())
  .name('count')
  .sinkTo(new PrintSink())
  .uid('printed')

env.execute('visits by user')
