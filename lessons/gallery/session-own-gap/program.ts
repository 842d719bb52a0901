// Sessions whose gap comes from the element: amount is how many seconds to wait for more
import { DynamicEventTimeSessionWindows, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Play {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(LogSource.topic<Play>('plays').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Play>(), 'plays')
  .keyBy((play) => play.user)
  .window(DynamicEventTimeSessionWindows.withDynamicGap((play: Play) => play.amount * 1000))
  .apply((user, window, all, out) =>
    out.collect(`${user} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].length}`),
  )
  .name('Session, own gap')
  .sinkTo(new PrintSink())

env.execute('listening')
