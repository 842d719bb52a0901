// Sessions that merge: the click at 7 s comes after those at 1 … 3 s and at 11 … 12 s
import { Duration, EventTimeSessionWindows, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks').setBounded(),
    WatermarkStrategy.forBoundedOutOfOrderness<Click>(Duration.ofSeconds(8)),
    'clicks',
  )
  .keyBy((click) => click.user)
  .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(5)))
  .apply((user, window, all, out) =>
    out.collect(`${user} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('Session, gap 5 s')
  .sinkTo(new PrintSink())

env.execute('sessions')
