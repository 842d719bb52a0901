// The warmest reading of each sensor, in °F
import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Reading {
  time: number
  sensor: string
  value: number // °C
  arrival: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

env
  .fromSource(LogSource.topic<Reading>('readings').setBounded(), WatermarkStrategy.noWatermarks<Reading>(), 'readings')
  .map((reading) => ({ ...reading, value: reading.value * 1.8 + 32 }))
  .filter((reading) => reading.value > 0)
  .keyBy((reading) => reading.sensor)
  .reduce((a, b) => (b.value > a.value ? b : a))
  .map((reading) => `${reading.sensor}: ${reading.value.toFixed(1)} °F`)
  .sinkTo(new PrintSink())

env.execute('the warmest readings')
