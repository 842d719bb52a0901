// Four windows on the same clicks
import {
  Duration,
  EventTimeSessionWindows,
  LogSource,
  PrintSink,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  WatermarkStrategy,
  type Collector,
  type TimeWindow,
} from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const clicks = env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)

const counted = (name: string) => (user: string, window: TimeWindow, all: Iterable<Click>, out: Collector<string>) =>
  out.collect(`${name} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s) ${user}: ${[...all].length}`)

clicks
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply(counted('tumbling'))
  .name('Tumbling 10 s')
  .sinkTo(new PrintSink())
clicks
  .window(SlidingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(5)))
  .apply(counted('sliding'))
  .name('Sliding 10 s every 5 s')
  .sinkTo(new PrintSink())
clicks
  .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(5)))
  .apply(counted('session'))
  .name('Session, gap 5 s')
  .sinkTo(new PrintSink())
clicks
  .countWindow(3)
  .apply((user: string, _window, all: Iterable<Click>, out: Collector<string>) => out.collect(`every 3 ${user}: ${[...all].length}`))
  .name('Count 3')
  .sinkTo(new PrintSink())

env.execute('four windows')
