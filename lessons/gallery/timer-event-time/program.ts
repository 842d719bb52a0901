// A user has gone 5 s of event time after the last click
import {
  type Collector,
  KeyedProcessFunction,
  LogSource,
  type OpenContext,
  PrintSink,
  StreamExecutionEnvironment,
  type ValueState,
  ValueStateDescriptor,
  WatermarkStrategy,
} from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

class Gone extends KeyedProcessFunction<string, Click, string> {
  private clicks!: ValueState<number>
  private last!: ValueState<number>

  override open(_context: OpenContext) {
    this.clicks = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('clicks'))
    this.last = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('last'))
  }

  processElement(click: Click, ctx: KeyedProcessFunction.Context<string>) {
    this.clicks.update((this.clicks.value() ?? 0) + 1)
    this.last.update(click.time)
    ctx.timerService().registerEventTimeTimer(click.time + 5000)
  }

  override onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    if (this.last.value() !== timestamp - 5000) return
    out.collect(`${ctx.getCurrentKey()} was here ${this.clicks.value()} times`)
    this.clicks.clear()
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .process(new Gone())
  .name('Gone')
  .sinkTo(new PrintSink())

env.execute('clicks')
