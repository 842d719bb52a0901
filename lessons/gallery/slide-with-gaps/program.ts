// Windows with gaps between them
import { Duration, LogSource, PrintSink, SlidingEventTimeWindows, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .window(SlidingEventTimeWindows.of(Duration.ofSeconds(4), Duration.ofSeconds(10)))
  .apply((user, window, all, out) =>
    out.collect(`[${window.getStart() / 1000} s, ${window.getEnd() / 1000} s) ${user}: ${[...all].length}`),
  )
  .name('4 s every 10 s')
  .sinkTo(new PrintSink())

env.execute('gaps')
