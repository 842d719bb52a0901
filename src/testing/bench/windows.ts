import { compile } from '../../client/compile'
import { runToEnd } from '../../minicluster/headless'
import { newScenario } from '../../scenario/defaults'
import { TraceKind } from '../../trace/kinds'
import { KEYS } from './baselines'

const SIZE = 10_000
const SLIDE = 1000

/** Record n has key n % 100, event time n ms and value n % 7: sums for each key and sliding window, each record in ten of them; parallelism 2. */
const programOf = (records: number): string => `
import { CollectSink, DataGeneratorSource, Duration, SlidingEventTimeWindows, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
// Each subtask counts through half of the numbers: one has the even milliseconds, the other the odd ones.
const half = ${records / 2}
env.fromSource(
    new DataGeneratorSource<number>(n => n < half ? 2 * n : 2 * (n - half) + 1, ${records}),
    WatermarkStrategy.forMonotonousTimestamps<number>().withTimestampAssigner(time => time),
    'numbers',
  )
  .map(time => ({ key: time % ${KEYS}, value: time % 7 }))
  .keyBy(record => record.key)
  .window(SlidingEventTimeWindows.of(Duration.ofMillis(${SIZE}), Duration.ofMillis(${SLIDE})))
  .aggregate({ createAccumulator: () => 0, add: (record, sum) => sum + record.value, getResult: sum => sum, merge: (a, b) => a + b })
  .sinkTo(new CollectSink())
env.execute('sums')
`

/** The same sums by a plain loop over Maps; returns how many there are. */
export function slidingLoop(records: number): number {
  const sums = new Map<number, Map<number, number>>()
  for (let n = 0; n < records; n++) {
    const record = { key: n % KEYS, time: n, value: n % 7 }
    const last = record.time - (record.time % SLIDE)
    for (let start = last; start > record.time - SIZE; start -= SLIDE) {
      let window = sums.get(start)
      if (window === undefined) sums.set(start, (window = new Map()))
      window.set(record.key, (window.get(record.key) ?? 0) + record.value)
    }
  }
  let results = 0
  for (const window of sums.values()) results += window.size
  return results
}

/** Runs the program on one thread, trace off; returns how many sums came out. */
export async function slidingJob(records: number): Promise<number> {
  const text = programOf(records)
  const base = newScenario({ program: { language: 'typescript', text }, configuration: { 'taskmanager.numberOfTaskSlots': '1' } })
  const scenario = { ...base, cluster: { ...base.cluster, recordCost: 1 } }
  let results = 0
  const { status, reason } = await runToEnd(
    { scenario, compiled: compile(text), topics: [], tracing: false },
    {
      onPage: (page) => {
        for (let i = 0; i < page.count; i++) if (page.kind[i] === TraceKind.SinkRecord) results++
      },
    },
  )
  if (status !== 'FINISHED') throw new Error(`the job ended ${status}: ${reason}`)
  return results
}
