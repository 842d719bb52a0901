import { expect, test } from 'vitest'
import { ofKind, sinkLines, testRun } from './testRun'
import type { TestRun } from './testRun'

/** A source that could give far more than the operator behind it takes: 1 ms for each record. */
const SLOW = `
  import { StreamExecutionEnvironment } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.setParallelism(1)
  env.fromSequence(1, 8000).map((n) => ({ n, text: 'x'.repeat(80) })).rebalance().map((r) => r.n).name('slow').print()
  env.execute()
`
const run = (configuration: Readonly<Record<string, string>> = {}, tracing = true): Promise<TestRun> =>
  testRun(SLOW, { tracing, configuration: { 'tidemark.cost.slow': '1000', ...configuration } })
const DEBLOATED = {
  'taskmanager.network.memory.buffer-debloat.enabled': 'true',
  'taskmanager.network.memory.buffer-debloat.target': '100 ms',
  'taskmanager.network.memory.buffer-debloat.samples': '3',
}
const largest = (finished: TestRun, fromMs: number): number =>
  Math.max(...ofKind(finished, 'BufferSent').flatMap(({ d, time }) => (time >= fromMs * 1000 ? [d] : [])))

test('a slow reader makes buffers small until what is in flight takes about the time that is wanted', async () => {
  const [plain, debloated] = [await run(), await run(DEBLOATED)]
  expect(ofKind(plain, 'BufferSize')).toEqual([])
  expect(largest(plain, 4000)).toBe(32768)
  const sizes = ofKind(debloated, 'BufferSize')
  const last = sizes.at(-1)!
  // 1000 records a second of a little over 100 bytes, of which each buffer in flight holds a few.
  expect(last.b).toBeLessThan(1000)
  expect(last.x).toBeLessThan(200)
  expect(largest(debloated, 4000)).toBeLessThan(2000)
  expect(sinkLines(debloated)).toEqual(sinkLines(plain))
})

test('nothing else changes with it but the size of buffers, and nothing by watching', async () => {
  const [traced, untraced] = [await run(DEBLOATED), await run(DEBLOATED, false)]
  expect(ofKind(untraced, 'SinkRecord').map(({ time }) => time)).toEqual(ofKind(traced, 'SinkRecord').map(({ time }) => time))
})
