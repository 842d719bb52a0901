// withIdleness: a partition without events for 2 s no longer counts
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Reading {
  sensor: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Reading>('readings').setBounded(),
    WatermarkStrategy.forMonotonousTimestamps<Reading>().withIdleness(Duration.ofSeconds(2)),
    'readings',
  )
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((sensor, window, all, out) =>
    out.collect(`${sensor} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('10 s')
  .sinkTo(new PrintSink())

env.execute('readings')
