// amount 0 is a mark: all up to its time has come
import {
  Duration,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  Watermark,
  type WatermarkGenerator,
  type WatermarkOutput,
  WatermarkStrategy,
} from 'flink'

interface Reading {
  sensor: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

class OnMarks implements WatermarkGenerator<Reading> {
  onEvent(reading: Reading, timestamp: number, output: WatermarkOutput) {
    if (reading.amount === 0) output.emitWatermark(new Watermark(timestamp))
  }
  onPeriodicEmit() {}
}

env
  .fromSource(
    LogSource.topic<Reading>('readings').setBounded(),
    WatermarkStrategy.forGenerator<Reading>(() => new OnMarks()),
    'readings',
  )
  .filter((reading) => reading.amount > 0)
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((sensor, window, all, out) =>
    out.collect(`${sensor} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('10 s')
  .sinkTo(new PrintSink())

env.execute('readings')
