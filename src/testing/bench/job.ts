import { compile } from '../../client/compile'
import { newScenario } from '../../scenario/defaults'
import { runToEnd } from '../../minicluster/headless'
import { TraceKind } from '../../trace/kinds'
import { TraceLog } from '../../trace/log'

/** Source → map → keyBy → tumbling event-time count (1 s windows, 100 keys, a record a millisecond) → sink, at parallelism 2. */
export const programOf = (records: number): string => `
import { CollectSink, DataGeneratorSource, Duration, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
// Each subtask counts through half of the numbers: one has the even milliseconds, the other the odd ones.
const half = ${records / 2}
env.fromSource(
    new DataGeneratorSource<number>(n => n < half ? 2 * n : 2 * (n - half) + 1, ${records}),
    WatermarkStrategy.forMonotonousTimestamps<number>().withTimestampAssigner(time => time),
    'numbers',
  )
  .map(time => ({ key: time % 100, time }))
  .keyBy(record => record.key)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
  .aggregate({ createAccumulator: () => 0, add: (_record, count) => count + 1, getResult: count => count, merge: (a, b) => a + b })
  .sinkTo(new CollectSink())
env.execute('count')
`

export interface Measured {
  readonly seconds: number
  readonly results: number
  readonly events: number
  readonly bytesPerEvent: number
}

/** Runs it on one thread. With `traced` every record's way is kept in a TraceLog, as on the page. */
export async function pipeline(records: number, traced: boolean): Promise<Measured> {
  const scenario = newScenario({
    program: { language: 'typescript', text: programOf(records) },
    configuration: { 'taskmanager.numberOfTaskSlots': '1', 'tidemark.cost.default': '1' },
  })
  const compiled = compile(scenario.program.text)
  const log = traced ? new TraceLog() : null
  let results = 0
  const started = performance.now()
  const { status, reason } = await runToEnd(
    { scenario: { ...scenario, cluster: { ...scenario.cluster, recordCost: 1 } }, compiled, topics: [], tracing: traced },
    {
      onPage: (page) => {
        for (let i = 0; i < page.count; i++) if (page.kind[i] === TraceKind.SinkRecord) results++
        log?.append(page)
      },
    },
  )
  if (status !== 'FINISHED') throw new Error(`the job ended ${status}: ${reason}`)
  return {
    seconds: (performance.now() - started) / 1000,
    results,
    events: log?.length ?? 0,
    bytesPerEvent: log === null ? 0 : log.bytes / log.length,
  }
}
