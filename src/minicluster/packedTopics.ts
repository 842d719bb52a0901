import { DataInput, DataOutput, decodeValue, encodeValue } from '../core/values'
import type { ResolvedTopic, Row, TopicRecord } from '../scenario/types'
import type { TraceHeader } from '../trace/types'

interface PackedPartition {
  /** The records' values one behind the other (core/values), with shapes from the start. */
  readonly values: Uint8Array
  /** NaN: a record without one. */
  readonly timestamps: Float64Array
  readonly arrivals: Float64Array
  readonly rows: Float64Array
}

/** A topic as it goes to another thread: a few arrays. By structured clone each record and each of its fields would be handled one by one, on both sides. */
export interface PackedTopic extends Omit<ResolvedTopic, 'partitions'> {
  readonly partitions: readonly PackedPartition[]
}

function packed(records: readonly TopicRecord[]): PackedPartition {
  const out = new DataOutput(64 * records.length)
  out.useShapes()
  const timestamps = new Float64Array(records.length)
  const arrivals = new Float64Array(records.length)
  const rows = new Float64Array(records.length)
  records.forEach(({ value, timestamp, arrival, row }, at) => {
    encodeValue(out, value)
    timestamps[at] = timestamp ?? NaN
    arrivals[at] = arrival
    rows[at] = row
  })
  return { values: out.toBytes(), timestamps, arrivals, rows }
}

function unpacked({ values, timestamps, arrivals, rows }: PackedPartition): readonly TopicRecord[] {
  const input = new DataInput(values)
  input.useShapes()
  return Array.from(timestamps, (timestamp, at) => ({
    value: decodeValue(input) as Row,
    timestamp: Number.isNaN(timestamp) ? null : timestamp,
    arrival: arrivals[at]!,
    row: rows[at]!,
  }))
}

export const packTopics = (topics: readonly ResolvedTopic[]): readonly PackedTopic[] =>
  topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(packed) }))

export const unpackTopics = (topics: readonly PackedTopic[]): readonly ResolvedTopic[] =>
  topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(unpacked) }))

/** What planning needs of topics: which there are, and their partitions. */
export const withoutRecords = (topics: readonly ResolvedTopic[]): readonly ResolvedTopic[] =>
  topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(() => []) }))

/** What a trace says of topics. */
export const topicsOfHeader = (topics: readonly ResolvedTopic[]): TraceHeader['topics'] =>
  topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.length,
    records: partitions.reduce((sum, records) => sum + records.length, 0),
  }))
