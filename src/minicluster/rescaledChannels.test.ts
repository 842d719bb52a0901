import { expect, test } from 'vitest'
import type { Intervention } from '../scenario/types'
import { JOB_STATUSES } from '../trace/kinds'
import { Disk } from './testDisk'
import { ofKind, problemsOf, sinkLines, testRun } from './testRun'
import type { TestRun } from './testRun'

const RECORDS = 2400
const KEYS = 11

/** Each exchange of it deals records in another way, and lies before an operator that is too slow. */
const program = (first: number, second: number, third: number): string => `
  import { KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(2)
  env.fromSequence(1, ${RECORDS}).uid('numbers').setParallelism(1)
    .rebalance()
    .map((n) => ({ n, text: 'x'.repeat(n % 40) })).name('first').uid('first').setParallelism(${first})
    .partitionCustom((key, n) => key % n, (r) => r.n % 5)
    .map((r) => r).name('second').uid('second').setParallelism(${second})
    .keyBy((r) => r.n % ${KEYS})
    .process(new (class extends KeyedProcessFunction {
      open() { this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum')) }
      processElement(r, context) {
        this.sum.update((this.sum.value() ?? 0) + r.n)
        context.timerService().registerEventTimeTimer(Number.MAX_SAFE_INTEGER)
      }
      onTimer(time, context, out) { out.collect(context.getCurrentKey() + '=' + this.sum.value()) }
    })()).name('third').uid('third').setParallelism(${third})
    .print().uid('printed').setParallelism(1)
  env.execute()
`
const SUMS = Array.from({ length: KEYS }, (_, key) => {
  let sum = 0
  for (let n = 1; n <= RECORDS; n++) if (n % KEYS === key) sum += n
  return `${key}=${sum}`
}).sort()

const CONFIGURATION = {
  'execution.checkpointing.interval': '100 ms',
  'execution.checkpointing.dir': '/checkpoints',
  'execution.checkpointing.unaligned.enabled': 'true',
  'execution.checkpointing.unaligned.forced': 'true',
  'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
  'taskmanager.memory.segment-size': '512 b',
  'taskmanager.numberOfTaskSlots': '4',
  'tidemark.cost.first': '200',
  'tidemark.cost.second': '400',
  'tidemark.cost.third': '800',
}
const run = (
  text: string,
  files: Disk,
  more: Readonly<Record<string, string>> = {},
  interventions: Intervention[] = [],
): Promise<TestRun> => testRun(text, { files, configuration: { ...CONFIGURATION, ...more }, scenario: { interventions } })
const textOf = (payload: Uint8Array): string => new TextDecoder().decode(payload)
const ends = (finished: TestRun): string[] => ofKind(finished, 'JobStatus').map(({ a, payload }) => `${JOB_STATUSES[a]} ${textOf(payload)}`)

/** Where the last checkpoint lies, which holds records of each of the first three exchanges. */
async function stopped(files: Disk): Promise<string> {
  const first = await run(program(2, 2, 2), files, {}, [{ at: 330_000, do: 'cancel' }])
  expect(problemsOf(first)).toEqual([])
  const [path] = files.under('/checkpoints').filter((each) => each.endsWith('/_metadata'))
  const id = Number(/chk-(\d+)/.exec(path!)![1])
  const { channels } = first.header.executionGraph
  const edges = ofKind(first, 'ChannelStatePersisted').flatMap(({ a, b, c }) => (b === id && c > 0 ? [channels[a]!.edge] : []))
  expect(new Set(edges).size).toBe(3)
  return path!
}

test('records on their way are dealt anew to more and fewer subtasks, behind REBALANCE, CUSTOM and HASH: none is lost, none comes twice', async () => {
  const files = new Disk()
  const path = await stopped(files)
  const changes: readonly (readonly [number, number, number])[] = [
    [2, 2, 2],
    [3, 3, 3],
    [1, 1, 1],
    [4, 1, 3],
    [1, 3, 2],
    [2, 3, 2],
    [3, 2, 2],
    [2, 2, 1],
  ]
  for (const parallelism of changes) {
    const second = await run(program(...parallelism), files, { 'execution.state-recovery.path': path })
    expect([parallelism, ends(second).at(-1), sinkLines(second).sort()]).toEqual([parallelism, 'FINISHED ', SUMS])
    namesAreOnes(second)
  }
})

/** No two records of a run have one name, and who gave it is of this run. */
function namesAreOnes(finished: TestRun): void {
  const processes = new Set(finished.events.map(({ process }) => process))
  const names = new Set<string>()
  for (const { a, b, c } of ofKind(finished, 'RecordIn')) {
    if (!processes.has(c)) throw new Error(`nobody is ${c}`)
    const name = `${a} ${b} ${c}`
    if (names.has(name)) throw new Error(`${name} comes twice`)
    names.add(name)
  }
}

test('a custom partitioner with unaligned checkpoints has to be forced', async () => {
  await expect(run(program(2, 2, 2), new Disk(), { 'execution.checkpointing.unaligned.forced': 'false' })).rejects.toThrow(
    /Unaligned checkpoints are currently not supported for custom partitioners/,
  )
})
