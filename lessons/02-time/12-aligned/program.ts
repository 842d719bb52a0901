// What each customer in Shanghai clicks, by the day
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Click {
  time: number // the event time, ms since 1970 in UTC
  user: string
  page: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks').setBounded(),
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofHours(1)).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .map((click) => ({ ...click, clicks: 1 }))
  .keyBy((count) => count.user)
  .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
  .reduce((a, b) => ({ ...a, clicks: a.clicks + b.clicks }))
  .map((count) => `${count.user}: ${count.clicks}`)
  .sinkTo(new PrintSink())

env.execute('clicks by day')
