// Clicks by user, from the web and from an app whose clicks must be located first, which takes its time
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  StreamExecutionEnvironment,
  UpsertSink,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface Click {
  user: string
  page: string
}
interface Clicks {
  user: string
  clicks: number
}

class Count extends KeyedProcessFunction<string, Click, Clicks> {
  private clicks!: ValueState<number>

  override open() {
    this.clicks = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('clicks'))
  }

  processElement({ user }: Click, _ctx: KeyedProcessFunction.Context<string>, out: Collector<Clicks>) {
    const clicks = (this.clicks.value() ?? 0) + 1
    this.clicks.update(clicks)
    out.collect({ user, clicks })
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(3000)

const from = (topic: string) => env.fromSource(LogSource.topic<Click>(topic).setBounded(), WatermarkStrategy.noWatermarks<Click>(), topic)

const located = from('app')
  .rebalance()
  .map((click) => click)
  .name('locate')

from('web')
  .union(located)
  .keyBy((click) => click.user)
  .process(new Count())
  .name('count')
  .setParallelism(2)
  .sinkTo(UpsertSink.table<Clicks>('clicks', ({ user }) => user))
  .setParallelism(2)

env.execute('clicks by user')
