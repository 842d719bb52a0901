import { problem, ProblemError } from '../core/problem'
import type { RawTable, ReadTable } from './cells'
import { readCsv } from './csv'
import { readJsonTable } from './json-table'
import { parseTime } from './time-text'
import type { Topic } from './types'

/** Reads a file as a table: JSON by its ending or, without a telling one, by its first character; else CSV. */
export function readTable(text: string, file: string, topic: string): ReadTable {
  const isJson = /\.(json|jsonl|ndjson)$/i.test(file) || (!/\.(csv|tsv|txt)$/i.test(file) && /^\s*[[{]/.test(text))
  return isJson ? readJsonTable(text, topic) : readCsv(text, topic)
}

const EVENT_TIME_NAMES = ['timestamp', 'eventtime', 'event_time', 'time', 'ts', 'date', 'datetime', 'rowtime']
const ARRIVAL_NAMES = ['arrival', 'arrivaltime', 'arrival_time', 'updated', 'ingested', 'received']

/** The first column with one of these names whose cells are all times. */
const timeColumn = ({ columns, rows }: RawTable, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const at = columns.findIndex((column) => column.toLowerCase() === name)
    if (at >= 0 && rows.every((row) => parseTime(row[at]!) !== null)) return columns[at]
  }
  return undefined
}

const HOUR = 3_600_000
/** How many ms of the data pass in one of the cluster's clock, so that all of it comes within an hour of that clock. */
const SPEEDS = [1, 60, 3600, 86_400]
const speedFor = ({ columns, rows }: RawTable, arrival: string): number => {
  const at = columns.indexOf(arrival)
  let first = Infinity
  let last = -Infinity
  for (const row of rows) {
    const time = parseTime(row[at]!)!
    first = Math.min(first, time)
    last = Math.max(last, time)
  }
  return SPEEDS.find((speed) => (last - first) / speed <= HOUR) ?? Math.ceil((last - first) / HOUR)
}

/** A new topic around a table, one partition; columns that look like event time and arrival are taken for it. Without an arrival all is there at once. */
export function topicAround(name: string, table: RawTable): Topic {
  const eventTime = timeColumn(table, EVENT_TIME_NAMES)
  const arrival = timeColumn(table, ARRIVAL_NAMES)
  return {
    name,
    partitions: 1,
    table: { from: 'inline', columns: table.columns, rows: table.rows },
    ...(eventTime === undefined ? {} : { eventTime }),
    arrival: arrival === undefined ? { by: 'rate', every: 0 } : { by: 'column', column: arrival, speed: speedFor(table, arrival) },
  }
}

/** A topic from a file's text; throws ProblemError with the first error. */
export function tableFromFile(name: string, text: string, file: string): Topic {
  const { table, problems } = readTable(text, file, name)
  if (table === undefined) throw new ProblemError(problems.find(({ severity }) => severity === 'error') ?? problem('table-empty'))
  return topicAround(name, table)
}
