#!/usr/bin/env node
// Counts the first lesson's flights again, without any part of Tidemark: the CSV, the lateness rule, and arithmetic.
//
//   node src/testing/recount/flights.mjs [--bound MINUTES] [--late] [CSV]
//
// Prints what the lesson's program must print, sorted; --late prints the flights that the rule calls late instead.
//
// The rule. Each of two source subtasks reads one partition (row i is in partition i mod 2). Its watermark is the newest
// event time it has read, less the bound, less 1 ms; it hands it on every 200 ms of the cluster's clock, counted from its
// start, if it has grown. The window subtasks go by the lower of the two; a flight is late if the last millisecond
// of its hour is not above that when it comes. At the end of its partition a source's watermark is infinite.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HOUR = 3_600_000
const PARTITIONS = 2
const PARALLELISM = 2
/** An hour of the flights in a second of the cluster; the first lands at 2 s. In µs of the cluster's clock from here on. */
const SPEED = 3600
const FIRST_LANDS = 2_000_000
/** One way between any two processes. */
const LINK = 100_000
/** The sources start when TaskManagers have registered, slots were requested (50 ms to gather requests) and tasks deployed: four messages. */
const SOURCES_START = 4 * LINK + 50_000
const TICK = 200_000
/** An operator's time for a record: the source, then the filter in its chain. */
const COST = 20

const args = process.argv.slice(2)
const option = (name) => {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args.splice(at, name === '--late' ? 1 : 2)[name === '--late' ? 0 : 1]
}
const bound = Number(option('--bound') ?? 15) * 60_000
const showLate = option('--late') !== undefined
const file = args[0] ?? join(dirname(fileURLToPath(import.meta.url)), '../../../public/data/flights-2k.csv')

const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
const names = header.split(',')
const flights = lines.map((line, row) => {
  const cells = Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell]))
  return {
    row,
    date: Number(cells.date),
    delay: Number(cells.delay),
    origin: cells.origin,
    lands: Number(cells.date) + Number(cells.delay) * 60_000,
  }
})
const firstLands = Math.min(...flights.map(({ lands }) => lands))
for (const flight of flights) flight.there = FIRST_LANDS + Math.floor(((flight.lands - firstLands) * 1000) / SPEED)

/**
 * When a source has each record of its partition: it asks the log, which answers as soon as it has something, with all that it has; the
 * answer travels, and with its arrival the next question goes off.
 */
function readingTimes(partition) {
  const records = flights.filter(({ row }) => row % PARTITIONS === partition).sort((a, b) => a.there - b.there || a.row - b.row)
  let asked = SOURCES_START + LINK
  for (let next = 0; next < records.length;) {
    const answered = Math.max(asked, records[next].there)
    const got = answered + LINK
    for (let i = 0; next < records.length && records[next].there <= answered && i < 500; next++, i++)
      records[next].read = got + COST + i * 2 * COST
    asked = got + LINK
  }
  return records
}

// All that the sources send, in the order of time. A tick that falls due when an answer comes goes first.
const sent = []
for (let partition = 0; partition < PARTITIONS; partition++) {
  const records = readingTimes(partition)
  const last = records.at(-1).read
  for (const record of records) sent.push({ time: record.read, partition, record })
  let newest = -Infinity
  let next = 0
  for (let tick = SOURCES_START + TICK; tick <= last; tick += TICK) {
    while (next < records.length && records[next].read < tick) newest = Math.max(newest, records[next++].date)
    sent.push({ time: tick, partition, watermark: newest - bound - 1 })
  }
  sent.push({ time: last + COST, partition, watermark: Infinity })
}
sent.sort((a, b) => a.time - b.time || (a.record === undefined ? 0 : 1) - (b.record === undefined ? 0 : 1))

const watermarks = new Array(PARTITIONS).fill(-Infinity)
const sums = new Map()
const late = []
for (const { partition, record, watermark } of sent) {
  if (record === undefined) {
    watermarks[partition] = Math.max(watermarks[partition], watermark)
    continue
  }
  if (record.delay <= 0) continue
  const start = Math.floor(record.date / HOUR) * HOUR
  if (start + HOUR - 1 <= Math.min(...watermarks)) late.push(record)
  else {
    const window = `${record.origin} ${start}`
    const before = sums.get(window)
    sums.set(window, { origin: record.origin, start, delay: (before?.delay ?? 0) + record.delay })
  }
}

/** The subtask of a key: Java's String.hashCode, Flink's murmurHash, 128 key groups. */
function subtaskOf(key) {
  let h = 0
  for (let i = 0; i < key.length; i++) h = (Math.imul(31, h) + key.charCodeAt(i)) | 0
  const rotate = (n, by) => (n << by) | (n >>> (32 - by))
  h = Math.imul(h, 0xcc9e2d51)
  h = Math.imul(rotate(h, 15), 0x1b873593)
  h = (Math.imul(rotate(h, 13), 5) + 0xe6546b64) | 0
  h ^= 4
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h ^= h >>> 16
  const group = Math.abs(h | 0) % 128
  return Math.floor((group * PARALLELISM) / 128)
}

const hour = (ms) => new Date(ms).toISOString().slice(5, 13).replace('T', ' ')
const out = showLate
  ? late.map(({ origin, date, delay }) => `${origin} ${new Date(date).toISOString().slice(5, 16).replace('T', ' ')} +${delay} min`)
  : [...sums.values()].map(({ origin, start, delay }) => `${subtaskOf(origin) + 1}> ${origin} ${hour(start)} h: ${delay} min`)
if (!showLate) out.sort((a, b) => (a < b ? -1 : 1))
process.stdout.write(`${out.join('\n')}\n`)
