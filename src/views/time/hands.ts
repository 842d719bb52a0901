import { addEvent, deleteEvent, moveEvent, type EventTimes } from '../../scenario/eventEdits'
import { parseTime } from '../../scenario/time-text'
import type { ResolvedTopic, TopicRecord } from '../../scenario/types'
import { TraceKind } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import type { ScenarioChange } from '../types'
import { topicOf } from './places'

/** The row of a topic's table that a record was read from. */
export interface SourceRow {
  /** The source that read it; −1: of a table that nothing reads. */
  readonly node: number
  readonly topic: ResolvedTopic
  readonly partition: number
  readonly offset: number
  readonly record: TopicRecord
}

/** Where a record that has not been made by the job itself stands in its table; null: a window or timer made it, or no topic gave it. */
export function sourceRowOf(
  header: TraceHeader,
  log: TraceLog,
  topics: readonly ResolvedTopic[],
  origin: number,
  number: number,
): SourceRow | null {
  const made = log.names.recordAt(origin, number)
  if (made < 0) return null
  const { kind, a: node, c: partition, d: offset } = log.at(made)
  if (kind !== TraceKind.SourceRecord) return null
  const source = header.streamGraph.nodes.find(({ id }) => id === node)
  const topic = source === undefined ? undefined : topics.find(({ name }) => name === topicOf(source))
  const record = topic?.partitions[partition]?.[offset]
  return topic === undefined || record === undefined ? null : { node, topic, partition, offset, record }
}

/** The record that a source read of a row, by a moment: its name in the trace, and its SourceRecord event; null: not read yet. */
export function recordOfRow(
  log: TraceLog,
  state: TimeState,
  topics: readonly ResolvedTopic[],
  { node, topic: { name } }: SourceRow,
  row: number,
): { readonly origin: number; readonly number: number; readonly event: number } | null {
  const topic = topics.find((known) => known.name === name)
  if (topic === undefined) return null
  for (const [partition, records] of topic.partitions.entries()) {
    const offset = records.findIndex((record) => record.row === row)
    if (offset < 0) continue
    // The newest attempt that has read it: what was lost is read again.
    for (const { attempt } of (state.index.nodes.get(node) ?? []).toReversed()) {
      for (const split of attempt.splits) {
        if (split.node !== node || split.partition !== partition) continue
        const event = eventOfOffset(log, split.records, offset, state.event)
        if (event < 0) continue
        const { process, b: number } = log.at(event)
        return { origin: process, number, event }
      }
    }
  }
  return null
}

/** Offsets ascend in what one attempt reads of a partition. */
function eventOfOffset(
  log: TraceLog,
  records: { count(upTo: number): number; at(index: number): number },
  offset: number,
  upTo: number,
): number {
  let low = 0
  let high = records.count(upTo)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (log.at(records.at(middle)).d < offset) low = middle + 1
    else high = middle
  }
  if (low >= records.count(upTo)) return -1
  const event = records.at(low)
  return log.at(event).d === offset ? event : -1
}

/** The column whose time the event time is, where the topic does not say it: the first that holds the very number. */
export function timeColumnOf({ columns }: ResolvedTopic, { value }: TopicRecord, timestamp: number): string | undefined {
  return columns.find((column) => parseTime(value[column] ?? null) === timestamp)
}

/** `timestamp`: the event time that the job gave it, ms; NaN: none. */
export function moving({ topic, record }: SourceRow, timestamp: number, to: EventTimes): ScenarioChange {
  const timeColumn = record.timestamp === null ? timeColumnOf(topic, record, timestamp) : undefined
  return (scenario) => moveEvent(scenario, topic, record.row, timeColumn === undefined ? to : { ...to, timeColumn })
}

/** Whether its event time can be changed: there is a column that it comes from. */
export const hasEventTime = ({ topic, record }: SourceRow, timestamp: number): boolean =>
  record.timestamp !== null || timeColumnOf(topic, record, timestamp) !== undefined

/** One more event of the same partition and key as `like`. */
export function adding(like: SourceRow, timestamp: number, at: { readonly eventTime: number; readonly arrival: number }): ScenarioChange {
  const { topic, partition, record } = like
  const timeColumn = record.timestamp === null ? timeColumnOf(topic, record, timestamp) : undefined
  return (scenario) =>
    addEvent(scenario, topic, { partition, like: record.row, ...at, ...(timeColumn === undefined ? {} : { timeColumn }) })
}

export const deleting =
  ({ topic, record }: SourceRow): ScenarioChange =>
  (scenario) =>
    deleteEvent(scenario, topic, record.row)
