// Clicks of each user, every 10 s
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Click {
  time: number // the event time, ms
  user: string
  page: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const counts = env
  .fromSource(
    LogSource.topic<Click>('clicks').setBounded(),
    // A watermark 1 s behind the newest click
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofSeconds(1)).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .map((click) => ({ ...click, clicks: 1 }))
  .keyBy((count) => count.user)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => ({ ...a, clicks: a.clicks + b.clicks }))

counts.map((count) => `${count.user}: ${count.clicks}`).sinkTo(new PrintSink())

env.execute('clicks by user')
