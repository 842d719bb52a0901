import { expect, it } from 'vitest'
import { javaHashCode } from '../../core/values'
import type { PartitionerName } from '../../graph/types'
import { createPartitioner } from './partitioners'

const channelsOf = (name: PartitionerName, channels: number, values: readonly unknown[]): number[] => {
  const partitioner = createPartitioner(name, {
    channels,
    maxParallelism: 128,
    nextInt: (bound) => bound - 1,
    hashOfKey: (value) => javaHashCode(value),
    partition: (value, n) => Number(value) % n,
  })
  return values.map((value) => partitioner.selectChannel(value))
}

it('each partitioner chooses as Flink does', () => {
  expect(channelsOf('FORWARD', 1, [1, 2, 3])).toEqual([0, 0, 0])
  expect(channelsOf('GLOBAL', 3, [1, 2, 3])).toEqual([0, 0, 0])
  expect(channelsOf('REBALANCE', 3, [1, 2, 3, 4])).toEqual([1, 2, 0, 1])
  expect(channelsOf('RESCALE', 3, [1, 2, 3, 4])).toEqual([0, 1, 2, 0])
  expect(channelsOf('SHUFFLE', 3, [1])).toEqual([2])
  // K-7
  expect(channelsOf('HASH', 3, ['a', 'b', 'c', 'key1', 'hello', 'flink', 42])).toEqual([1, 0, 1, 0, 0, 2, 0])
  expect(channelsOf('CUSTOM', 3, [4, 5, 6])).toEqual([1, 2, 0])
})

it('a channel that is not there fails as in Java', () => {
  expect(() => channelsOf('CUSTOM', 3, [-1])).toThrow('Index -1 out of bounds for length 3')
})
