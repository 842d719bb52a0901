import type { Arrival, Cell } from './types'

const encoder = new TextEncoder()

/** Murmur2 with Kafka's seed, the hash by which Kafka's producer spreads keys over partitions. 32 bits, signed. */
export function murmur2(bytes: Uint8Array): number {
  const m = 0x5bd1e995
  const { length } = bytes
  let h = 0x9747b28c ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    let k = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    k = Math.imul(k, m)
    k = Math.imul(k ^ (k >>> 24), m)
    h = Math.imul(h, m) ^ k
  }
  const left = length - at
  if (left > 2) h ^= bytes[at + 2]! << 16
  if (left > 1) h ^= bytes[at + 1]! << 8
  if (left > 0) h = Math.imul(h ^ bytes[at]!, m)
  h = Math.imul(h ^ (h >>> 13), m)
  return (h ^ (h >>> 15)) | 0
}

/** The partition of a record with this key among `partitions`, as Kafka's default partitioner picks it. */
export const partitionOf = (key: string, partitions: number): number => (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions

/** Virtual µs at which a row that comes by rate is there, if nobody moved it. */
export const arrivalByRate = (row: number, arrival: Arrival & { by: 'rate' }): number =>
  (arrival.delay ?? 0) * 1000 + Math.floor(row * arrival.every * 1000)

/** Where a record goes that nobody placed: by its key as Kafka's partitioner puts it, else in turn. */
export const partitionOfRow = (row: number, key: Cell | undefined, partitions: number): number =>
  key === undefined ? row % partitions : partitionOf(String(key), partitions)
