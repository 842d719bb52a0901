// A user has gone 2 s of the clock after the last click arrived
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
  private timer!: ValueState<number>

  override open(_context: OpenContext) {
    this.timer = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('timer'))
  }

  processElement(_click: Click, ctx: KeyedProcessFunction.Context<string>) {
    const at = ctx.timerService().currentProcessingTime() + 2000
    this.timer.update(at)
    ctx.timerService().registerProcessingTimeTimer(at)
  }

  override onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    if (this.timer.value() === timestamp) out.collect(`${ctx.getCurrentKey()} has gone`)
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
