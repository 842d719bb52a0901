// Each click is reported 1 s of the clock later: look what a clock that stands does to them
import { type Collector, KeyedProcessFunction, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

class OneSecondLater extends KeyedProcessFunction<string, Click, string> {
  processElement(_click: Click, ctx: KeyedProcessFunction.Context<string>) {
    ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 1000)
  }

  override onTimer(_timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    out.collect(`a second after ${ctx.getCurrentKey()}`)
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Click>('clicks'), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .process(new OneSecondLater())
  .name('OneSecondLater')
  .sinkTo(new PrintSink())

env.execute('clicks')
