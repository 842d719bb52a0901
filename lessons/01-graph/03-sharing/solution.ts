// How unusual is a click?
import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

interface Click {
  time: number
  user: string
  page: string
  arrival: number
}

// A large model, loaded by each subtask of the operator: here it throws dice
const model = (click: Click) => ({ user: click.user, page: click.page, score: Math.floor(Math.random() * 100) })

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)

env
  .fromSource(LogSource.topic<Click>('clicks').setBounded(), WatermarkStrategy.noWatermarks<Click>(), 'clicks')
  .keyBy((click) => click.user)
  .map(model)
  .name('score')
  .slotSharingGroup('models')
  .filter((scored) => scored.score >= 90)
  .name('unusual')
  .slotSharingGroup('default') // else it would go along
  .sinkTo(new PrintSink())

env.execute('unusual clicks')
