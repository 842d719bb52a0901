// The mean of each sensor, every 10 s
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Reading {
  time: number // when it was measured: the event time, ms
  sensor: string
  value: number // °C
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(4)

const readings = env.fromSource(
  LogSource.topic<Reading>('readings'),
  WatermarkStrategy.forBoundedOutOfOrderness<Reading>(Duration.ofSeconds(1))
    .withTimestampAssigner((reading) => reading.time)
    // Whoever has nothing to say for 3 s, or never has, holds nobody back; three times as long as a sensor usually takes
    .withIdleness(Duration.ofSeconds(3)),
  'readings',
)

readings
  .map((reading) => ({ ...reading, count: 1 }))
  .keyBy((reading) => reading.sensor)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => ({ ...a, value: a.value + b.value, count: a.count + b.count }))
  .map((sum) => `${sum.sensor}: ${(sum.value / sum.count).toFixed(1)} °C`)
  .sinkTo(new PrintSink())

env.execute('mean by sensor')
