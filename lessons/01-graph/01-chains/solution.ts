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
  .disableChaining() // a task of its own
  .filter((reading) => reading.value > 0)
  .keyBy((reading) => reading.sensor) // a record may belong to any subtask
  .reduce((a, b) => (b.value > a.value ? b : a))
  .map((reading) => `${reading.sensor}: ${reading.value.toFixed(1)} °F`)
  .startNewChain() // a task may begin here, but not go on
  .sinkTo(new PrintSink())
  .setParallelism(1) // two threads feed one

env.execute('the warmest readings')
