import { describe, expect, it } from 'vitest'
import { Prng } from '../base/prng'
import { valueFromBytes } from '../core/values'
import { DEFAULT_CLUSTER } from '../scenario/defaults'
import { ofKind, statesOf, testRun } from './testRun'
import type { TestRun } from './testRun'

const PARTITIONERS = [
  '',
  '.rebalance()',
  '.rescale()',
  '.shuffle()',
  '.keyBy(n => n % 7)',
  '.broadcast()',
  '.global()',
  '.partitionCustom((k, n) => k % n, v => v)',
]

/** A chain of maps with anything between them, on a cluster of any shape with small buffers: `copies` times each number should arrive. */
function randomJob(seed: number) {
  const random = new Prng(seed)
  const pick = <T>(items: readonly T[]): T => items[random.nextInt(items.length)]!
  const count = random.nextInt(400)
  const maps = 1 + random.nextInt(3)
  let copies = 1
  let most = 1
  let parallelism = 1 + random.nextInt(4)
  let program = `
    import { CollectSink, StreamExecutionEnvironment } from 'flink'
    const env = StreamExecutionEnvironment.getExecutionEnvironment()
    env.fromSequence(1, ${count + 1}).setParallelism(${parallelism})`
  most = parallelism
  for (let i = 0; i <= maps; i++) {
    const partitioner = pick(PARTITIONERS)
    const next = i % 2 === 0 ? parallelism : 1 + random.nextInt(4)
    if (partitioner === '.broadcast()') copies *= next
    program += partitioner
    if (i < maps) program += `.map(n => n).name('Map${i}').setParallelism(${next})`
    else program += `.sinkTo(new CollectSink()).setParallelism(${next})`
    parallelism = next
    most = Math.max(most, next)
  }
  program += '\n env.execute()'
  const configuration: Record<string, string> = {
    'taskmanager.numberOfTaskSlots': '2',
    'taskmanager.memory.segment-size': pick(['256 b', '1 kb', '32 kb']),
    'execution.buffer-timeout.interval': pick(['0 ms', '1 ms', '100 ms', '-1']),
    'taskmanager.network.memory.buffers-per-channel': pick(['0', '1', '2']),
    'taskmanager.network.memory.floating-buffers-per-gate': pick(['1', '8']),
    'taskmanager.network.memory.max-buffers-per-channel': pick(['2', '10']),
    [`tidemark.cost.Map${random.nextInt(maps)}`]: pick(['0', '20', '700']),
    'cluster.evenly-spread-out-slots': pick(['true', 'false']),
  }
  if (configuration['execution.buffer-timeout.interval'] === '-1') {
    delete configuration['execution.buffer-timeout.interval']
    configuration['execution.buffer-timeout.enabled'] = 'false'
  }
  const scenario = { seed, cluster: { ...DEFAULT_CLUSTER, taskManagers: Math.ceil(most / 2), linkLatency: pick([1, 10, 50]) } }
  return { program, configuration, scenario, count: count + 1, copies }
}

/** What must hold of any run that finished, seen from outside. */
function invariants(run: TestRun): void {
  const credits = new Map<number, number>()
  const sent = new Map<number, number>()
  for (const { kind, a, b, d } of run.events) {
    if (kind === 22) {
      expect(b).toBeGreaterThanOrEqual(0)
      credits.set(a, b)
    } else if (kind === 20) {
      expect(b).toBe(sent.get(a) ?? 0)
      sent.set(a, b + 1)
      // An event takes no credit and has no bytes.
      if (d > 0) {
        expect(credits.get(a)).toBeGreaterThan(0)
        credits.set(a, credits.get(a)! - 1)
      }
    }
  }
  for (const channel of run.header.executionGraph.channels) {
    const arrived = ofKind(run, 'BufferArrived').filter(({ a }) => a === channel.id)
    expect(arrived.map(({ b }) => b)).toEqual(Array.from({ length: sent.get(channel.id)! }, (_, i) => i))
    const out = ofKind(run, 'RecordOut').filter(({ a }) => a === channel.id)
    const into = ofKind(run, 'RecordIn').filter(({ a }) => a === channel.id)
    expect(into.map(({ b, c }) => `${c}#${b}`)).toEqual(out.map(({ b, c }) => `${c}#${b}`))
  }
  for (const { index } of run.header.executionGraph.vertices) {
    expect(statesOf(run, index)).toBe('CREATED SCHEDULED DEPLOYING INITIALIZING RUNNING FINISHED')
  }
}

describe('random jobs', () => {
  for (let seed = 1; seed <= 30; seed++) {
    it(`every record arrives as often as it should, in order on its channel (${seed})`, async () => {
      const { program, configuration, scenario, count, copies } = randomJob(seed)
      const run = await testRun(program, { configuration, scenario, until: 3_600_000_000 })
      expect(run.reason).toBe('')
      expect(run.status).toBe('FINISHED')
      const arrived = new Map<number, number>()
      for (const { payload } of ofKind(run, 'SinkRecord')) {
        const n = valueFromBytes(payload) as number
        arrived.set(n, (arrived.get(n) ?? 0) + 1)
      }
      expect([...arrived].sort(([a], [b]) => a - b)).toEqual(Array.from({ length: count }, (_, i) => [i + 1, copies]))
      invariants(run)
    })
  }
})
