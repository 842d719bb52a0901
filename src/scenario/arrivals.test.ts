import { expect, it } from 'vitest'
import { withInterventions } from './arrivals'
import type { Intervention, ResolvedTopic } from './types'

/** One partition with records `a b c …` that arrive at these µs. */
const topic = (...arrivals: number[]): ResolvedTopic => ({
  name: 't',
  columns: ['value'],
  partitions: [arrivals.map((arrival, row) => ({ value: { value: 'abcdefgh'[row]! }, timestamp: row, arrival, row })), []],
})
const silence = (at: number, until?: number, partition = 0): Intervention => ({
  at,
  do: 'silence-partition',
  topic: 't',
  partition,
  ...(until === undefined ? {} : { until }),
})
const delay = (at: number, by: number): Intervention => ({ at, do: 'delay-partition', topic: 't', partition: 0, by })

/** `a10 b50 | 20`: when each comes, and when it ends before its last record. */
function written(interventions: readonly Intervention[], ...arrivals: number[]): string {
  const [{ partitions, ends }] = withInterventions([topic(...arrivals)], interventions) as [ResolvedTopic]
  const records = partitions[0]!.map(({ value, arrival }) => `${value.value}${arrival}`).join(' ')
  const end = ends?.[0] ?? null
  return end === null ? records : `${records} | ${end}`
}

it('a silence holds back what would come meanwhile, and gives it at its end', () => {
  expect(written([silence(10, 30)], 5, 10, 20, 29, 30, 40)).toBe('a5 b30 c30 d30 e30 f40')
  expect(written([silence(10, 12)], 5, 20)).toBe('a5 b20')
  expect(written([silence(10, 10), silence(10, 5)], 5, 10, 20)).toBe('a5 b10 c20')
  expect(written([silence(10, 30, 1), silence(10, 30, 7)], 10)).toBe('a10')
})

it('one that does not end takes it away, and that can be known from its beginning on', () => {
  expect(written([silence(10)], 5, 10, 20)).toBe('a5 | 10')
  expect(written([silence(50)], 5, 10)).toBe('a5 b10')
  expect(written([silence(20), silence(10)], 5, 15, 25)).toBe('a5 | 10')
  expect(written([silence(10, 40), silence(20)], 5, 15, 50)).toBe('a5 | 20')
})

it('two that overlap are one, however they lie', () => {
  expect(written([silence(10, 30), silence(20, 50)], 15, 25, 40, 60)).toBe('a50 b50 c50 d60')
  expect(written([silence(10, 50), silence(20, 30)], 15, 25, 40, 60)).toBe('a50 b50 c50 d60')
  expect(written([silence(20, 50), silence(10, 30)], 15, 25, 40, 60)).toBe('a50 b50 c50 d60')
})

it('a delay moves all that comes from then on; silences and delays act on what was made of it before', () => {
  expect(written([delay(10, 100)], 5, 10, 20)).toBe('a5 b110 c120')
  expect(written([delay(10, 100), delay(15, 1)], 5, 10, 20)).toBe('a5 b111 c121')
  expect(written([delay(10, 100), silence(20, 60)], 5, 15, 20)).toBe('a5 b115 c120')
  expect(written([silence(10, 50), delay(30, 100)], 5, 15, 60)).toBe('a5 b150 c160')
  expect(written([silence(10, 50), delay(51, 100)], 5, 15, 60)).toBe('a5 b50 c160')
})

it('nothing before an intervention changes; nobody else’s topic does', () => {
  const topics = [topic(1, 2, 3)]
  expect(withInterventions(topics, [{ at: 1, do: 'silence-partition', topic: 'u', partition: 0 }])).toEqual(topics)
  expect(withInterventions(topics, [{ at: 1, do: 'set-clock', running: false, forward: 0 }])).toBe(topics)
})
