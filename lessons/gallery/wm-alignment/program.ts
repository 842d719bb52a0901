// Two topics, one with five times as much event time in the same time: it is held back
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Reading {
  sensor: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const aligned = WatermarkStrategy.forMonotonousTimestamps<Reading>().withWatermarkAlignment(
  'readings',
  Duration.ofSeconds(5),
  Duration.ofMillis(500),
)
const fast = env.fromSource(LogSource.topic<Reading>('fast').setBounded(), aligned, 'fast')
const slow = env.fromSource(LogSource.topic<Reading>('slow').setBounded(), aligned, 'slow')

fast
  .union(slow)
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((sensor, window, all, out) =>
    out.collect(`${sensor} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('10 s')
  .sinkTo(new PrintSink())

env.execute('readings')
