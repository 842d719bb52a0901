// A result each 5 s, for whoever clicked: equal timers are one
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

class EveryFiveSeconds extends KeyedProcessFunction<string, Click, string> {
  private clicks!: ValueState<number>

  override open(_context: OpenContext) {
    this.clicks = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('clicks'))
  }

  processElement(click: Click, ctx: KeyedProcessFunction.Context<string>) {
    this.clicks.update((this.clicks.value() ?? 0) + 1)
    ctx.timerService().registerEventTimeTimer(Math.ceil(click.time / 5000) * 5000)
  }

  override onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    out.collect(`${ctx.getCurrentKey()}: ${this.clicks.value()} clicks up to ${timestamp / 1000} s`)
    this.clicks.clear()
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .process(new EveryFiveSeconds())
  .name('EveryFiveSeconds')
  .sinkTo(new PrintSink())

env.execute('clicks')
