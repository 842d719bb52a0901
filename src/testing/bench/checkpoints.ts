import { compile } from '../../client/compile'
import { runToEnd } from '../../minicluster/headless'
import { newScenario } from '../../scenario/defaults'
import { TraceKind } from '../../trace/kinds'

const KEYS = 100_000

/** Sums by key over numbers that come as fast as they are read, 100,000 keys, parallelism 2. */
const programOf = (records: number): string => `
import { DataGeneratorSource, DiscardingSink, KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor, WatermarkStrategy } from 'flink'

class Sum extends KeyedProcessFunction {
  open() {
    this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum'))
  }
  processElement(n, ctx, out) {
    const sum = (this.sum.value() ?? 0) + n
    this.sum.update(sum)
    if (sum % 1000 === 0) out.collect(sum)
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env.fromSource(new DataGeneratorSource(n => (n * 7919) % ${KEYS}, ${records}), WatermarkStrategy.noWatermarks(), 'numbers')
  .keyBy(n => n)
  .process(new Sum())
  .sinkTo(new DiscardingSink())
env.execute('sums')
`

export interface CheckpointRun {
  readonly completed: number
  /** Virtual s. */
  readonly virtual: number
}

/** Runs it on one thread, trace off. `configuration` null: without checkpoints; else with one each virtual second. */
export async function checkpointedJob(records: number, configuration: Readonly<Record<string, string>> | null): Promise<CheckpointRun> {
  const text = programOf(records)
  const scenario = newScenario({
    program: { language: 'typescript', text },
    configuration: {
      'taskmanager.numberOfTaskSlots': '2',
      ...(configuration === null
        ? {}
        : { 'execution.checkpointing.interval': '1 s', 'execution.checkpointing.dir': 'file:///checkpoints', ...configuration }),
    },
  })
  let completed = 0
  const { status, reason, frontier } = await runToEnd(
    { scenario, compiled: compile(text), topics: [], tracing: false },
    {
      onPage: (page) => {
        for (let i = 0; i < page.count; i++) if (page.kind[i] === TraceKind.CheckpointCompleted) completed++
      },
    },
  )
  if (status !== 'FINISHED') throw new Error(`the job ended ${status}: ${reason}`)
  return { completed, virtual: frontier / 1e6 }
}
