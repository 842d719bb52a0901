// A window over all users: one subtask, whatever the parallelism
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

interface Click {
  user: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Click>(), 'clicks')
  .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .apply((window, all, out) => {
    const users = [...new Set([...all].map(({ user }) => user))].sort()
    out.collect(`[${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${users.join(' ')}`)
  })
  .name('All, 10 s')
  .sinkTo(new PrintSink())

env.execute('who was here')
