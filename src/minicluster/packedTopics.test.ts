import { expect, test } from 'vitest'
import type { ResolvedTopic } from '../scenario/types'
import { packTopics, topicsOfHeader, unpackTopics, withoutRecords } from './packedTopics'

const topic: ResolvedTopic = {
  name: 'input',
  columns: ['key', 'time', '7'],
  partitions: [
    [
      { value: { key: 'a', time: 1.5, '7': true }, timestamp: 1500, arrival: 0, row: 4 },
      { value: { key: null, time: -0, '7': 2 ** 60 }, timestamp: null, arrival: 2_000_000, row: 2 ** 33 },
      // Another shape: a table may have been edited.
      { value: { key: '航班' }, timestamp: -62_135_596_800_000, arrival: 2_000_001, row: 0 },
    ],
    [],
  ],
  ends: [null, 5],
}

test('what crosses packed is what was sent', () => {
  const [crossed] = structuredClone(packTopics([topic]))
  expect(unpackTopics([crossed!])).toEqual([topic])
})

test('a plan needs no records; the header counts them', () => {
  expect(withoutRecords([topic])[0]!.partitions).toEqual([[], []])
  expect(topicsOfHeader([topic])).toEqual([{ name: 'input', partitions: 2, records: 3 }])
})
