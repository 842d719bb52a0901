// Two inputs of one function: its watermark is the least of both
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Reading {
  sensor: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const watermarks = WatermarkStrategy.forMonotonousTimestamps<Reading>()
const fast = env.fromSource(LogSource.topic<Reading>('fast').setBounded(), watermarks, 'fast')
const slow = env.fromSource(LogSource.topic<Reading>('slow').setBounded(), watermarks, 'slow')

fast
  .connect(slow)
  .map({ map1: (reading: Reading) => reading, map2: (reading: Reading) => reading })
  .name('Both')
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((sensor, window, all, out) =>
    out.collect(`${sensor} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('10 s')
  .sinkTo(new PrintSink())

env.execute('readings')
