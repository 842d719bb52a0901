// Visits to a shop: a visit ends with 10 s without a click
import {
  type Collector,
  Duration,
  EventTimeSessionWindows,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TimeWindow,
  WatermarkStrategy,
} from 'flink'

interface Click {
  time: number // the event time, ms
  user: string
  page: string
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks').setBounded(),
    // A watermark 5 s behind the newest click
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofSeconds(5)).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .keyBy((click) => click.user)
  .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(10)))
  .apply((user: string, visit: TimeWindow, clicks: Iterable<Click>, out: Collector<string>) =>
    out.collect(`${user}: ${[...clicks].length} clicks in ${(visit.getEnd() - visit.getStart()) / 1000 - 10} s`),
  )
  .sinkTo(new PrintSink())

env.execute('visits')
