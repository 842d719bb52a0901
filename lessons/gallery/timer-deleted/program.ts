// Who has not paid 5 s after ordering? amount 0: a payment
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

class Unpaid extends KeyedProcessFunction<string, Click, string> {
  private due!: ValueState<number>

  override open(_context: OpenContext) {
    this.due = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('due'))
  }

  processElement(click: Click, ctx: KeyedProcessFunction.Context<string>) {
    if (click.amount > 0) {
      this.due.update(click.time + 5000)
      ctx.timerService().registerEventTimeTimer(click.time + 5000)
    } else if (this.due.value() !== null) {
      ctx.timerService().deleteEventTimeTimer(this.due.value()!)
      this.due.clear()
    }
  }

  override onTimer(_timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    out.collect(`${ctx.getCurrentKey()} has not paid`)
    this.due.clear()
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .process(new Unpaid())
  .name('Unpaid')
  .sinkTo(new PrintSink())

env.execute('clicks')
