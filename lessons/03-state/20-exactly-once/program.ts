// Readers of a newspaper pay by the page: a line of their bill for each
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  StreamExecutionEnvironment,
  TopicSink,
  Tuple2,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface View {
  user: string
  page: string
}
type Line = Tuple2<string, number> // whose, and which of theirs, from 1

class Bill extends KeyedProcessFunction<string, View, Line> {
  private lines!: ValueState<number>

  override open() {
    this.lines = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('lines'))
  }

  processElement({ user }: View, _ctx: KeyedProcessFunction.Context<string>, out: Collector<Line>) {
    const line = (this.lines.value() ?? 0) + 1
    this.lines.update(line)
    out.collect(Tuple2.of(user, line))
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(2000) // every 2 s, EXACTLY_ONCE

env
  .fromSource(LogSource.topic<View>('views').setBounded(), WatermarkStrategy.noWatermarks<View>(), 'views')
  .keyBy((view) => view.user)
  .process(new Bill())
  .name('bill')
  .sinkTo(TopicSink.topic<Line>('lines'))

env.execute('bills')
