import { describe, expect, it } from 'vitest'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import type { Intervention } from '../scenario/types'
import { ofKind, problemsOf, sinkLines, testRun } from './testRun'
import type { TestRun } from './testRun'

/** A slow counter behind a fast source: whatever is on its way when a barrier comes waits in the channels. */
const SLOW = `
  import { KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(2)
  env.fromSequence(1, 3000)
    .map((n) => ({ n, text: 'x'.repeat(n % 50) }))
    .keyBy((r) => r.n % 7)
    .process(new (class extends KeyedProcessFunction {
      open() { this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum')) }
      processElement(r, context, out) {
        const sum = (this.sum.value() ?? 0) + r.n
        this.sum.update(sum)
        if (r.n > 2993) out.collect(context.getCurrentKey() + ' ' + r.text.length)
        if (r.n > 2993) context.timerService().registerEventTimeTimer(Number.MAX_SAFE_INTEGER)
      }
      onTimer(time, context, out) { out.collect(context.getCurrentKey() + '=' + this.sum.value()) }
    })()).name('sum')
    .print()
  env.execute()
`
/** The same behind a chain that branches: its exchange is not that of the operator which is created first. */
const BRANCHED = SLOW.replace(
  'env.fromSequence(1, 3000)',
  'const numbers = env.fromSequence(1, 3000)\n numbers.map((n) => n).filter(() => false).print()\n numbers',
)
const SUMS = Array.from({ length: 7 }, (_, key) => {
  let sum = 0
  for (let n = 1; n <= 3000; n++) if (n % 7 === key) sum += n
  return `${key}=${sum}`
})

const run = (
  configuration: Readonly<Record<string, string>>,
  interventions: readonly Intervention[] = [],
  tracing = true,
  program = SLOW,
): Promise<TestRun> =>
  testRun(program, {
    tracing,
    configuration: {
      'execution.checkpointing.interval': '100 ms',
      'execution.checkpointing.unaligned.enabled': 'true',
      'taskmanager.memory.segment-size': '512 b',
      'tidemark.cost.sum': '1000',
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '9',
      'restart-strategy.fixed-delay.delay': '50 ms',
      'heartbeat.interval': '50 ms',
      'heartbeat.timeout': '200 ms',
      ...configuration,
    },
    scenario: { cluster: { ...DEFAULT_CLUSTER, taskManagers: 3 }, interventions: [...interventions] },
    until: 60_000_000,
  })
const sums = (finished: TestRun): string[] =>
  [
    ...new Set(
      sinkLines(finished)
        .map((line) => line.replace(/^\d> /, ''))
        .filter((line) => line.includes('=')),
    ),
  ].sort()

describe('what lies in channels', () => {
  it('comes back to the tail of a chain that branches', async () => {
    const failed = await run({}, [{ at: 750_000, do: 'fail-task', vertex: 1, subtask: 0 }], true, BRANCHED)
    expect(problemsOf(failed)).toEqual([])
    expect(sums(failed)).toEqual(SUMS)
    expect(ofKind(failed, 'ChannelStatePersisted').some(({ b }) => b > 0)).toBe(true)
  })
  it.each<Record<string, string>>([{}, { 'execution.checkpointing.aligned-checkpoint-timeout': '20 ms' }])(
    'is kept, and comes back once after a failure (%o)',
    async (more) => {
      const quiet = await run(more)
      expect(problemsOf(quiet)).toEqual([])
      expect(sums(quiet)).toEqual(SUMS)
      expect(ofKind(quiet, 'ChannelStatePersisted').length).toBeGreaterThan(0)
      const faults: Intervention[] = [
        { at: 750_000, do: 'fail-task', vertex: 1, subtask: 0 },
        { at: 900_000, do: 'kill-task-manager', host: 1 },
      ]
      for (const fault of faults) {
        const failed = await run(more, [fault])
        expect(sums(failed)).toEqual(SUMS)
        expect(ofKind(failed, 'StateRestored').length).toBeGreaterThan(0)
      }
    },
  )
})
