// Minutes of delay an hour, by airport
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Flight {
  date: number // due to leave: the event time, ms
  delay: number // minutes
  distance: number
  origin: string
  destination: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

const flights = env.fromSource(
  LogSource.topic<Flight>('flights').setBounded(),
  // A watermark 15 minutes behind the newest flight
  WatermarkStrategy.forBoundedOutOfOrderness<Flight>(Duration.ofMinutes(15)).withTimestampAssigner((flight) => flight.date),
  'flights',
)

const hour = (time: number) => new Date(time).toISOString().slice(5, 13).replace('T', ' ')

flights
  .filter((flight) => flight.delay > 0)
  .keyBy((flight) => flight.origin)
  .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
  .reduce((a, b) => ({ ...a, delay: a.delay + b.delay }))
  .map((sum) => `${sum.origin} ${hour(sum.date)} h: ${sum.delay} min`)
  .sinkTo(new PrintSink())

env.execute('minutes of delay an hour, by airport')
