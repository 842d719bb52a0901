import { compile } from '../../client/compile'
import { runToEnd } from '../../minicluster/headless'
import { newScenario } from '../../scenario/defaults'
import { TraceKind } from '../../trace/kinds'

const KEYS = 100_000

/** What the records are: bare numbers, which cost next to nothing but what a checkpoint costs, or objects of two fields, as programs have them. */
export type Records = 'numbers' | 'objects'

/** Sums by key over records that come as fast as they are read, 100,000 keys, parallelism 2. */
const programOf = (records: number, what: Records): string => `
import { DataGeneratorSource, DiscardingSink, KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor, WatermarkStrategy } from 'flink'

class Sum extends KeyedProcessFunction {
  open() {
    this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum'))
  }
  processElement(record, ctx, out) {
    const sum = (this.sum.value() ?? 0) + ${what === 'numbers' ? 'record' : 'record.amount'}
    this.sum.update(sum)
    if (sum % 1000 === 0) out.collect(sum)
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env.fromSource(new DataGeneratorSource(n => ${what === 'numbers' ? `(n * 7919) % ${KEYS}` : `({ user: (n * 7919) % ${KEYS}, amount: n % 7 })`}, ${records}), WatermarkStrategy.noWatermarks(), 'records')
  .keyBy(record => ${what === 'numbers' ? 'record' : 'record.user'})
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
export async function checkpointedJob(
  records: number,
  configuration: Readonly<Record<string, string>> | null,
  what: Records = 'objects',
): Promise<CheckpointRun> {
  const text = programOf(records, what)
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
