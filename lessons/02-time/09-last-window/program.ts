// Clicks on each page, every 10 s
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Click {
  time: number // the event time, ms
  user: string
  page: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks'),
    // A watermark 3 s behind the newest click
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofSeconds(3)).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .map((click) => ({ page: click.page, clicks: 1 }))
  .keyBy((count) => count.page)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => ({ page: a.page, clicks: a.clicks + b.clicks }))
  .map((count) => `${count.page}: ${count.clicks}`)
  .sinkTo(new PrintSink())

env.execute('clicks by page')
