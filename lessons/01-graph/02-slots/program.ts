// Clicks by user: the sinks have slots to themselves
import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Click {
  time: number
  user: string
  page: string
  arrival: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.noWatermarks<Click>(), 'clicks')
  .map((click) => ({ user: click.user, clicks: 1 }))
  .keyBy((count) => count.user)
  .reduce((a, b) => ({ user: a.user, clicks: a.clicks + b.clicks }))
  .setParallelism(3)
  .sinkTo(new PrintSink())
  .slotSharingGroup('sinks')

env.execute('clicks by user')
