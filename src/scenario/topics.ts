import { hashOfText } from '../base/hash'
import type { Problem } from '../core/problem'
import { problem, ProblemError } from '../core/problem'
import type { RawTable, ReadTable } from './cells'
import { TableProblems } from './cells'
import { readCsv } from './csv'
import { completeParams, generatorOf } from './generators/index'
import { LIMITS } from './limits'
import { arrivalByRate, partitionOfRow } from './partitioning'
import { parseTime } from './time-text'
import type { Cell, ResolvedTopic, Row, Table, TableEdit, Topic, TopicRecord } from './types'

/** The text of `public/data/<file>.csv`; rejects with ProblemError `app-data-missing`. */
export type LoadAppData = (file: string) => Promise<string>

/** A row of a table after its edits, under the number that it keeps whatever is added or deleted. */
export interface NumberedRow {
  readonly row: number
  readonly cells: readonly Cell[]
}
export interface EditedTable {
  readonly columns: readonly string[]
  readonly rows: readonly NumberedRow[]
}

/** Parsed app data by file: the files never change while the page is open. */
const parsedAppData = new Map<string, Promise<ReadTable>>()

const readAppData = (file: string, topic: string, load: LoadAppData): Promise<ReadTable> => {
  const before = parsedAppData.get(file)
  if (before !== undefined) return before
  const reading = load(file).then((text) => readCsv(text, topic))
  parsedAppData.set(file, reading)
  // A file that could not be had may be there the next time.
  reading.catch(() => parsedAppData.delete(file))
  return reading
}

/** The seed of a topic's generator: its own for each name, so that two topics of one scenario differ. */
const seedOf = (seed: number, name: string): number => (seed ^ Number.parseInt(hashOfText(name).slice(0, 8), 16)) >>> 0

/** The rows of a table before its edits. */
async function originalTable(topic: Topic, seed: number, load: LoadAppData): Promise<ReadTable> {
  const { table } = topic
  switch (table.from) {
    case 'app':
      return readAppData(table.file, topic.name, load)
    case 'inline':
      return { table, problems: inlineProblems(topic.name, table) }
    case 'generator': {
      const problems = new TableProblems(topic.name)
      const generator = generatorOf(table.generator)
      if (generator === undefined) {
        problems.error('generator-unknown', { generator: table.generator })
        return { problems: problems.list() }
      }
      const complete = completeParams(generator, table.params)
      if ('wrong' in complete) {
        problems.error('generator-parameter', { parameter: complete.wrong, limits: complete.limits })
        return { problems: problems.list() }
      }
      return { table: generator.generate(seedOf(seed, topic.name), complete.params), problems: [] }
    }
  }
}

function inlineProblems(name: string, table: RawTable): Problem[] {
  const problems = new TableProblems(name)
  const seen = new Set<string>()
  for (const column of table.columns) {
    if (seen.has(column)) problems.error('table-duplicate-column', { column }, undefined, column)
    seen.add(column)
  }
  table.rows.forEach((row, index) => {
    if (row.length !== table.columns.length)
      problems.error('table-ragged-row', { found: row.length, expected: table.columns.length }, index)
  })
  return problems.list()
}

const editsOf = (table: Table): readonly TableEdit[] => table.edits ?? []

/** Rows in the order of their numbers. An edit that speaks of a row or column that is not there is told and left out. */
export function applyEdits(table: RawTable, edits: readonly TableEdit[], problems: TableProblems): EditedTable {
  const { columns } = table
  const at = new Map(columns.map((column, index) => [column, index]))
  const rows: (readonly Cell[] | null)[] = [...table.rows]
  for (const edit of edits) {
    if (edit.op === 'add') {
      const strange = Object.keys(edit.values).find((column) => !at.has(column))
      if (strange !== undefined) problems.warn('edit-lost', { row: rows.length + 1, column: strange }, rows.length, strange)
      rows.push(columns.map((column) => (Object.hasOwn(edit.values, column) ? edit.values[column]! : null)))
      continue
    }
    const cells = rows[edit.row]
    if (cells === undefined || (cells === null && edit.op === 'set')) {
      problems.warn('edit-lost', { row: edit.row + 1, column: edit.op === 'set' ? edit.column : '' }, edit.row)
    } else if (edit.op === 'delete') rows[edit.row] = null
    else {
      const column = at.get(edit.column)
      if (column === undefined) problems.warn('edit-lost', { row: edit.row + 1, column: edit.column }, edit.row, edit.column)
      else rows[edit.row] = cells!.map((cell, index) => (index === column ? edit.value : cell))
    }
  }
  return { columns, rows: rows.flatMap((cells, row) => (cells === null ? [] : [{ row, cells }])) }
}

/** A topic's table as the Events pane shows it: after its edits, values as they were given. */
export async function tableOf(
  topic: Topic,
  seed: number,
  load: LoadAppData,
): Promise<{ readonly table?: EditedTable; readonly problems: readonly Problem[] }> {
  const original = await originalTable(topic, seed, load)
  if (original.table === undefined) return { problems: original.problems }
  const problems = new TableProblems(topic.name)
  const table = applyEdits(original.table, editsOf(topic.table), problems)
  return { table, problems: [...original.problems, ...problems.list()] }
}

/** Whole virtual µs of an arrival `sinceFirst` data-ms after the first. */
const arrivalMicros = (sinceFirst: number, speed: number): number => Math.floor((sinceFirst * 1000) / speed)

/**
 * The log that a topic's rows make. In records the event time column and the arrival column hold ms since the epoch, whatever
 * text stood in the table; all other cells stay. Row i goes to partition i modulo partitions, or where Kafka's
 * partitioner would put its key, or where it was placed; within a partition records stand in the order of arrival, then of rows.
 */
export function logOf(topic: Topic, table: EditedTable, problems: TableProblems): ResolvedTopic {
  const { columns, rows } = table
  const column = (name: string | undefined, role: string): number => {
    if (name === undefined) return -1
    const at = columns.indexOf(name)
    if (at < 0) problems.error('topic-column-missing', { column: name, role }, undefined, name)
    return at
  }
  const eventTimeAt = column(topic.eventTime, 'eventTime')
  const arrivalAt = topic.arrival.by === 'column' ? column(topic.arrival.column, 'arrival') : -1
  const keyAt = column(topic.partitionBy, 'partitionBy')
  const empty: ResolvedTopic = { name: topic.name, columns, partitions: [] }
  if (problems.failed) return empty

  const timeAt = ({ cells, row }: NumberedRow, at: number): number | null => {
    const cell = cells[at]!
    const time = parseTime(cell)
    const name = columns[at]!
    if (cell === null || cell === '') problems.error('event-time-missing', { column: name, row: row + 1 }, row, name)
    else if (time === null) problems.error('event-time-text', { column: name, row: row + 1, text: String(cell).slice(0, 40) }, row, name)
    else if (time < 0) problems.warn('event-time-negative', { column: name, row: row + 1, value: time }, row, name)
    return time
  }
  const times = rows.map((row) => (eventTimeAt < 0 ? null : timeAt(row, eventTimeAt)))
  const arrivals = rows.map((row, index) => (arrivalAt < 0 ? null : arrivalAt === eventTimeAt ? times[index]! : timeAt(row, arrivalAt)))
  if (problems.failed) return empty

  const { arrival } = topic
  const placed = new Map(Object.entries(topic.placed ?? {}))
  const moved = new Map(Object.entries(arrival.by === 'rate' ? (arrival.moved ?? {}) : {}))
  let first = arrival.by === 'column' ? (arrival.first ?? Infinity) : Infinity
  if (first === Infinity) for (const time of arrivals) if (time !== null && time < first) first = time
  const microsOf = (row: number, at: number | null): number => {
    if (arrival.by === 'column') return Math.max(0, (arrival.delay ?? 0) * 1000 + arrivalMicros(at! - first, arrival.speed))
    const ms = moved.get(String(row))
    moved.delete(String(row))
    return ms === undefined ? arrivalByRate(row, arrival) : Math.round(ms * 1000)
  }
  const partitionFor = (row: number, key: Cell | undefined): number => {
    const partition = placed.get(String(row))
    placed.delete(String(row))
    if (partition !== undefined && partition < topic.partitions) return partition
    if (partition !== undefined) problems.warn('row-no-partition', { row: row + 1, partition, partitions: topic.partitions }, row)
    return partitionOfRow(row, key, topic.partitions)
  }
  const partitions: TopicRecord[][] = Array.from({ length: topic.partitions }, () => [])
  rows.forEach(({ row, cells }, index) => {
    const micros = microsOf(row, arrivals[index]!)
    if (micros > LIMITS.time) problems.error('arrival-too-late', { row: row + 1, days: Math.floor(LIMITS.time / 86_400_000_000) }, row)
    const value: Record<string, Cell> = {}
    columns.forEach((name, at) => {
      value[name] = at === eventTimeAt ? times[index]! : at === arrivalAt ? arrivals[index]! : cells[at]!
    })
    const partition = partitionFor(row, keyAt < 0 ? undefined : cells[keyAt]!)
    const record: TopicRecord = { value: value as Row, timestamp: times[index]!, arrival: micros, row }
    partitions[partition]!.push(record)
  })
  for (const row of new Set([...moved.keys(), ...placed.keys()]))
    problems.warn('edit-lost', { row: Number(row) + 1, column: '' }, Number(row))
  for (const records of partitions) records.sort((a, b) => a.arrival - b.arrival || a.row - b.row)
  return { name: topic.name, columns, partitions }
}

export interface ResolvedTopics {
  readonly topics: readonly ResolvedTopic[]
  readonly problems: readonly Problem[]
}

/** Every topic of a scenario with its rows in hand, and all that is wrong with them; a topic with errors has no partitions. */
export async function readTopics(
  scenario: { readonly topics: readonly Topic[]; readonly seed: number },
  load: LoadAppData,
): Promise<ResolvedTopics> {
  const topics: ResolvedTopic[] = []
  const problems: Problem[] = []
  for (const topic of scenario.topics) {
    const read = await tableOf(topic, scenario.seed, load)
    problems.push(...read.problems)
    if (read.table === undefined) continue
    const found = new TableProblems(topic.name)
    topics.push(logOf(topic, read.table, found))
    problems.push(...found.list())
  }
  return { topics, problems }
}

/** For a run: rejects with the first error. Warnings are left to whoever shows the table (`readTopics`). */
export async function resolveTopics(
  scenario: { readonly topics: readonly Topic[]; readonly seed: number },
  load: LoadAppData,
): Promise<readonly ResolvedTopic[]> {
  const { topics, problems } = await readTopics(scenario, load)
  const error = problems.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new ProblemError(error)
  return topics
}

/** Loads app data over HTTP, from `data/` beside the page (or wherever `base` says). */
export const fetchAppData =
  (base: string): LoadAppData =>
  async (file) => {
    const missing = new ProblemError(problem('app-data-missing', { file }))
    const response = await fetch(new URL(`data/${file}.csv`, base)).catch(() => {
      throw missing
    })
    if (!response.ok) throw missing
    return response.text()
  }
