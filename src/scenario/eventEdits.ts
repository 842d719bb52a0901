import { changeTopic, setCell, withEdit, withNumbers } from './tableEdits'
import { parseTime } from './time-text'
import { arrivalByRate, partitionOfRow } from './partitioning'
import type { Cell, ResolvedTopic, Row, Scenario, Table, Topic, TopicRecord } from './types'

/** Where an event belongs: event time in ms, arrival in virtual µs. What is absent stays. */
export interface EventTimes {
  readonly eventTime?: number
  readonly arrival?: number
  /** The column with the event time, where the topic names none because the program reads the column itself. */
  readonly timeColumn?: string
}

/**
 * The hands of the plane of time. Each takes the topic with its rows in hand, as the run read it (`readTopics` of this very scenario): only
 * there is what an app's table or a generator holds. All other events keep event time, arrival and partition.
 */

/**
 * Puts an event, known by its row, where it belongs. Where one column is both event time and arrival, event time wins. A topic without an event
 * time column keeps its event times.
 */
export function moveEvent(
  scenario: Scenario,
  resolved: ResolvedTopic,
  row: number,
  { eventTime, arrival, timeColumn }: EventTimes,
): Scenario {
  const topic = scenario.topics.find(({ name }) => name === resolved.name)
  if (topic === undefined) return scenario
  const column = timeColumn ?? topic.eventTime
  const byEventTime = topic.arrival.by === 'column' && topic.arrival.column === column
  let after = scenario
  if (eventTime !== undefined && column !== undefined) {
    if (byEventTime) after = anchored(after, resolved, row, Math.round(eventTime))
    after = setTime(after, topic, row, column, Math.round(eventTime))
    if (byEventTime) return after
  }
  if (arrival === undefined) return after
  if (topic.arrival.by === 'rate') return changeTopic(after, topic.name, (of) => movedByRate(of, row, arrival))
  const at = dataTime(topic.arrival, firstOf(topic, resolved), Math.max(0, arrival))
  return setTime(anchored(after, resolved, row, at), topic, row, topic.arrival.column, at)
}

/**
 * Adds an event. Its other cells are those of the row that it is `like`; without one, of the event that arrives nearest in the partition, or
 * anywhere. `partition` absent: where its key or its number puts it.
 */
export function addEvent(
  scenario: Scenario,
  resolved: ResolvedTopic,
  { partition, like, ...times }: EventTimes & { readonly partition?: number; readonly like?: number },
): Scenario {
  const topic = scenario.topics.find(({ name }) => name === resolved.name)
  if (topic === undefined) return scenario
  const row = nextRow(topic, resolved)
  const model = like === undefined ? nearest(resolved, times.arrival ?? 0, partition) : recordOf(resolved, like)
  const values: Row = Object.fromEntries(resolved.columns.map((column) => [column, cellOf(topic, model, column)]))
  const added = changeTopic(scenario, topic.name, (of) => ({ ...of, table: withRow(of.table, values) }))
  const key = topic.partitionBy === undefined ? undefined : values[topic.partitionBy]
  const placed =
    partition === undefined || partition === partitionOfRow(row, key, topic.partitions)
      ? added
      : changeTopic(added, topic.name, (of) => ({ ...of, placed: { ...of.placed, [row]: partition } }))
  return moveEvent(placed, resolved, row, times)
}

/** Takes an event out, known by its row. */
export const deleteEvent = (scenario: Scenario, resolved: ResolvedTopic, row: number): Scenario =>
  changeTopic(anchored(scenario, resolved, row, Infinity), resolved.name, (topic) => {
    const { table } = topic
    if (table.from === 'inline' && !(row in table.rows)) return topic
    return withNumbers({ ...topic, table: without(table, row) }, (number) => (number === row ? null : number))
  })

/** In an inline table the last row goes for good, for nothing has its number from it. */
function without(table: Table, row: number): Table {
  if (table.from !== 'inline') return withEdit(table, { op: 'delete', row })
  const rest = (table.edits ?? []).filter((edit) => edit.op === 'add' || edit.row !== row)
  if (row < table.rows.length - 1) return { ...table, edits: [...rest, { op: 'delete', row }] }
  const { edits: _edits, ...bare } = table
  return { ...bare, rows: table.rows.slice(0, -1), ...(rest.length === 0 ? {} : { edits: rest }) }
}

const withRow = (table: Table, values: Row): Table =>
  table.from === 'inline'
    ? { ...table, rows: [...table.rows, table.columns.map((column) => values[column] ?? null)] }
    : withEdit(table, { op: 'add', values })

/** The number that the next added row gets: behind all there are and all there were. */
function nextRow(topic: Topic, resolved: ResolvedTopic): number {
  if (topic.table.from === 'inline') return topic.table.rows.length
  let most = -1
  for (const records of resolved.partitions) for (const { row } of records) most = Math.max(most, row)
  for (const edit of topic.table.edits) if (edit.op === 'delete') most = Math.max(most, edit.row)
  return most + 1
}

function recordOf(resolved: ResolvedTopic, row: number): TopicRecord | null {
  for (const records of resolved.partitions) for (const record of records) if (record.row === row) return record
  return null
}

/** The record that arrives nearest; of one partition, if there is any in it. */
function nearest(resolved: ResolvedTopic, arrival: number, partition?: number): TopicRecord | null {
  const own = partition === undefined ? [] : (resolved.partitions[partition] ?? [])
  let best: TopicRecord | null = null
  for (const record of own.length > 0 ? own : resolved.partitions.flat()) {
    if (best === null || Math.abs(record.arrival - arrival) < Math.abs(best.arrival - arrival)) best = record
  }
  return best
}

/** A cell as it stands in the table, where that is at hand: in records times are numbers, whatever text stood there. */
function cellOf({ table }: Topic, record: TopicRecord | null, column: string): Cell {
  if (record === null) return null
  const cell = table.from === 'inline' ? table.rows[record.row]?.[table.columns.indexOf(column)] : undefined
  return cell ?? record.value[column] ?? null
}

/** Data time that arrives at the delay: the earliest, unless the topic says another. */
function firstOf(topic: Topic, resolved: ResolvedTopic, without = -1): number {
  const { arrival } = topic
  if (arrival.by === 'rate') return 0
  if (arrival.first !== undefined) return arrival.first
  let first = Infinity
  for (const records of resolved.partitions) {
    for (const { row, value } of records) {
      const time = row === without ? null : parseTime(value[arrival.column] ?? null)
      if (time !== null && time < first) first = time
    }
  }
  return first === Infinity ? 0 : first
}

/** The data time whose arrival is that many virtual µs, or the nearest to it where a ms of the data takes longer than a µs. */
function dataTime(arrival: Topic['arrival'] & { by: 'column' }, first: number, micros: number): number {
  const since = ((micros - (arrival.delay ?? 0) * 1000) * arrival.speed) / 1000
  return first + (arrival.speed > 1000 ? Math.ceil(since) : Math.round(since))
}

/** Holds on to what the earliest arrival was, if a row's new one changes it. */
function anchored(scenario: Scenario, resolved: ResolvedTopic, row: number, at: number): Scenario {
  return changeTopic(scenario, resolved.name, (topic) => {
    if (topic.arrival.by === 'rate' || topic.arrival.first !== undefined) return topic
    const first = firstOf(topic, resolved)
    if (Math.min(firstOf(topic, resolved, row), at) === first) return topic
    return { ...topic, arrival: { ...topic.arrival, first } }
  })
}

function movedByRate(topic: Topic, row: number, micros: number): Topic {
  if (topic.arrival.by !== 'rate') return topic
  const at = Math.max(0, Math.round(micros))
  const { moved = {}, ...rate } = topic.arrival
  if (at === (String(row) in moved ? Math.round(moved[row]! * 1000) : arrivalByRate(row, topic.arrival))) return topic
  const others = Object.fromEntries(Object.entries(moved).filter(([number]) => number !== String(row)))
  const after = at === arrivalByRate(row, topic.arrival) ? others : { ...others, [row]: at / 1000 }
  return { ...topic, arrival: { ...rate, ...(Object.keys(after).length === 0 ? {} : { moved: after }) } }
}

/** As the column has it: dates stay dates in a table that is at hand. */
function setTime(scenario: Scenario, { name, table }: Topic, row: number, column: string, time: number): Scenario {
  const cell = table.from === 'inline' ? table.rows[row]?.[table.columns.indexOf(column)] : undefined
  const isDate = typeof cell === 'string' && !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(cell) && time >= 0 && time < 253_402_300_800_000
  return setCell(scenario, name, row, column, isDate ? new Date(time).toISOString() : time)
}
