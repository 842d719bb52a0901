import { expect, test } from 'vitest'
import { CorruptMetadata, decodeMetadata, encodeMetadata } from './metadata'
import type { CheckpointMetadata } from './metadata'

const metadata: CheckpointMetadata = {
  job: '0'.repeat(32),
  checkpoint: 7,
  timestamp: 978307200000,
  type: 'savepoint',
  format: 'canonical',
  operators: [
    {
      id: 'a'.repeat(32),
      uid: 'counts',
      name: 'Process',
      parallelism: 2,
      maxParallelism: 128,
      fullyFinished: false,
      subtasks: [
        {
          operator: [
            { states: [{ name: 's', mode: 'UNION', offsets: [0, 3] }], stream: { kind: 'bytes', bytes: new Uint8Array([1, 2, 3, 4]) } },
          ],
          keyed: [{ type: 'key-groups', keyGroups: [0, 63], offsets: [-1, 5], stream: { kind: 'file', path: 'x/y', size: 9 } }],
          input: [],
          output: [],
        },
        null,
      ],
    },
  ],
}

test('metadata is read back as it was written, always the same bytes', () => {
  const bytes = encodeMetadata(metadata)
  expect(decodeMetadata(bytes)).toEqual(metadata)
  expect(encodeMetadata(decodeMetadata(bytes))).toEqual(bytes)
})

test('metadata that was torn anywhere, changed anywhere or is something else is refused', () => {
  const bytes = encodeMetadata(metadata)
  for (let end = 0; end < bytes.length; end++) expect(() => decodeMetadata(bytes.slice(0, end))).toThrow(CorruptMetadata)
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice()
    changed[at]! ^= 0x10
    expect(() => decodeMetadata(changed)).toThrow(CorruptMetadata)
  }
  expect(() => decodeMetadata(new TextEncoder().encode('What is this? No savepoint.'))).toThrow('Unexpected magic number')
})
