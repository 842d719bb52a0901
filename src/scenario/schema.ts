import * as v from 'valibot'
import type { Place, Problem } from '../core/problem'
import { problem } from '../core/problem'
import { LIMITS } from './limits'
import type { Bookmark, PlanSketch, Scenario } from './types'

/**
 * The exact shape of what comes from outside: unknown fields are refused, every text and list is bounded. What passes
 * here is a `Scenario` of the newest version; whether it makes sense (columns that exist, values that parse) is said by
 * `checkScenario` and `resolveTopics`, with a place in the form.
 */
const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const named = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most))
const whole = (least: number, most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most))
const finite = v.pipe(v.number(), v.finite())
const list = <const S extends v.GenericSchema>(of: S, most: number) => v.pipe(v.array(of), v.maxLength(most))
const record = <const S extends v.GenericSchema>(key: number, of: S, most: number) => v.pipe(v.record(named(key), of), v.maxEntries(most))

const cell = v.union([text(LIMITS.cellText), finite, v.boolean(), v.null()])
const row = record(LIMITS.columnName, cell, LIMITS.columns)
const columnName = named(LIMITS.columnName)

const tableEdit = v.variant('op', [
  v.strictObject({ op: v.literal('set'), row: whole(0, 2 * LIMITS.rows), column: columnName, value: cell }),
  v.strictObject({ op: v.literal('add'), values: row }),
  v.strictObject({ op: v.literal('delete'), row: whole(0, 2 * LIMITS.rows) }),
])
const edits = list(tableEdit, LIMITS.edits)
/** A name, never a path: it becomes part of an address. */
const fileName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/))

const table = v.variant('from', [
  v.strictObject({ from: v.literal('app'), file: fileName, edits }),
  v.strictObject({
    from: v.literal('inline'),
    columns: list(columnName, LIMITS.columns),
    rows: list(list(cell, LIMITS.columns), LIMITS.rows),
    edits: v.optional(edits),
  }),
  v.strictObject({ from: v.literal('generator'), generator: fileName, params: record(LIMITS.columnName, finite, 32), edits }),
])

const delay = v.optional(whole(0, LIMITS.time / 1000))
const rowNumber = v.pipe(v.string(), v.regex(/^(0|[1-9]\d{0,6})$/))
const byRow = <const S extends v.GenericSchema>(of: S) => v.optional(v.pipe(v.record(rowNumber, of), v.maxEntries(LIMITS.edits)))
const moved = byRow(v.pipe(finite, v.minValue(0), v.maxValue(LIMITS.time / 1000)))
const arrival = v.variant('by', [
  v.strictObject({
    by: v.literal('column'),
    column: columnName,
    speed: v.pipe(finite, v.minValue(0.001), v.maxValue(1e9)),
    delay,
    first: v.optional(v.pipe(v.number(), v.safeInteger())),
  }),
  v.strictObject({ by: v.literal('rate'), every: v.pipe(finite, v.minValue(0), v.maxValue(LIMITS.time / 1000)), delay, moved }),
])

const topic = v.strictObject({
  name: named(LIMITS.name),
  partitions: whole(1, LIMITS.partitions),
  table,
  eventTime: v.optional(columnName),
  arrival,
  partitionBy: v.optional(columnName),
  placed: byRow(whole(0, LIMITS.partitions - 1)),
})

const milliseconds = whole(0, LIMITS.time / 1000)
const service = v.strictObject({
  name: named(LIMITS.name),
  latency: v.strictObject({ least: milliseconds, most: milliseconds }),
  failing: v.optional(whole(0, 1000)),
  table: v.optional(
    v.strictObject({
      key: columnName,
      columns: list(columnName, LIMITS.columns),
      rows: list(list(cell, LIMITS.columns), LIMITS.rows),
    }),
  ),
})

const cluster = v.strictObject({
  taskManagers: whole(1, LIMITS.taskManagers),
  linkLatency: whole(1, 60_000),
  clockStart: whole(1, 253_402_300_799_999),
  recordCost: whole(0, 60_000_000),
})

const time = whole(0, LIMITS.time)
const partition = { topic: named(LIMITS.name), partition: whole(0, LIMITS.partitions - 1) }
const subtaskOf = { vertex: whole(0, 1e6), subtask: whole(0, 32768) }
const intervention = v.variant('do', [
  v.strictObject({ at: time, do: v.literal('cancel'), job: v.optional(whole(0, 1e4)) }),
  v.strictObject({ at: time, do: v.literal('start-task-manager') }),
  v.strictObject({ at: time, do: v.literal('stop-task-manager'), host: whole(1, 2 * LIMITS.taskManagers) }),
  v.strictObject({ at: time, do: v.literal('slow'), node: whole(0, 1e6), subtask: whole(0, 32768), cost: whole(0, 60_000_000) }),
  v.strictObject({ at: time, do: v.literal('silence-partition'), ...partition, until: v.optional(time) }),
  v.strictObject({ at: time, do: v.literal('delay-partition'), ...partition, by: time }),
  v.strictObject({ at: time, do: v.literal('kill-task-manager'), host: whole(1, 2 * LIMITS.taskManagers) }),
  v.strictObject({ at: time, do: v.literal('kill-job-manager'), downtime: time }),
  v.strictObject({ at: time, do: v.literal('fail-task'), ...subtaskOf }),
  v.strictObject({
    at: time,
    do: v.literal('throw-at-record'),
    node: whole(0, 1e6),
    subtask: whole(0, 32768),
    record: whole(1, 1e9),
    times: whole(1, 1e6),
  }),
  v.strictObject({
    at: time,
    do: v.literal('cut-link'),
    hosts: v.strictTuple([whole(0, 2 * LIMITS.taskManagers + 1), whole(0, 2 * LIMITS.taskManagers + 1)]),
    until: time,
  }),
  v.strictObject({
    at: time,
    do: v.literal('set-disk'),
    latency: whole(0, 3_600_000),
    bandwidth: v.pipe(finite, v.minValue(0.001), v.maxValue(1e9)),
    capacity: v.union([whole(0, 1e12), v.null()]),
    failing: v.boolean(),
  }),
  v.strictObject({ at: time, do: v.literal('system-outage'), system: named(LIMITS.name), until: time }),
  v.strictObject({ at: time, do: v.literal('decline-checkpoints'), ...subtaskOf, until: time }),
  v.strictObject({ at: time, do: v.literal('trigger-checkpoint'), job: v.optional(whole(0, 1e4)) }),
  v.strictObject({
    at: time,
    do: v.literal('trigger-savepoint'),
    job: v.optional(whole(0, 1e4)),
    directory: v.optional(named(LIMITS.filePath)),
    native: v.optional(v.boolean()),
  }),
  v.strictObject({
    at: time,
    do: v.literal('stop-with-savepoint'),
    job: v.optional(whole(0, 1e4)),
    drain: v.boolean(),
    directory: v.optional(named(LIMITS.filePath)),
  }),
  v.strictObject({ at: time, do: v.literal('set-clock'), running: v.boolean(), forward: whole(0, 253_402_300_799_999) }),
])

const fileSystem = v.strictObject({
  latency: whole(0, 60_000),
  bandwidth: v.pipe(finite, v.minValue(0.001), v.maxValue(1e9)),
  capacity: v.optional(whole(0, 1e12)),
})

export const scenarioSchema = v.strictObject({
  version: v.literal(4),
  name: text(LIMITS.name),
  lesson: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/))),
  program: v.strictObject({ language: v.literal('typescript'), text: text(LIMITS.program) }),
  plan: v.optional(text(LIMITS.plan)),
  topics: list(topic, LIMITS.topics),
  services: v.optional(list(service, LIMITS.services)),
  cluster,
  fileSystem: v.optional(fileSystem),
  files: v.optional(record(LIMITS.filePath, v.pipe(v.string(), v.maxLength(LIMITS.fileText), v.regex(/^[A-Za-z0-9_-]*$/)), LIMITS.files)),
  configuration: record(LIMITS.name, text(LIMITS.configurationText), LIMITS.configurationKeys),
  interventions: list(intervention, LIMITS.interventions),
  seed: whole(0, 4294967295),
})

const number = whole(0, 2 ** 48)
const selection = v.variant('kind', [
  v.strictObject({ kind: v.literal('task'), vertex: number }),
  v.strictObject({ kind: v.literal('subtask'), vertex: number, subtask: number }),
  v.strictObject({ kind: v.literal('channel'), channel: number }),
  v.strictObject({ kind: v.literal('operator'), node: whole(-1e6, 1e6) }),
  v.strictObject({ kind: v.literal('edge'), edge: number }),
  v.strictObject({ kind: v.literal('taskManager'), host: number }),
  v.strictObject({ kind: v.literal('slot'), host: number, slot: number }),
  v.strictObject({ kind: v.literal('record'), origin: number, number }),
  v.strictObject({ kind: v.literal('window'), process: number, window: number }),
  v.strictObject({ kind: v.literal('partition'), node: whole(-1e6, 1e6), partition: number }),
  v.strictObject({
    kind: v.literal('timer'),
    process: number,
    node: whole(-1e6, 1e6),
    key: number,
    domain: v.picklist(['event', 'processing']),
    window: whole(-1, 2 ** 48),
    time: finite,
  }),
  v.strictObject({ kind: v.literal('event'), index: number }),
  v.strictObject({ kind: v.literal('key'), key: text(LIMITS.cellText) }),
])

export const bookmarkSchema = v.strictObject({
  time,
  views: list(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/)), 4),
  selection: v.optional(selection),
  pane: v.optional(v.picklist(['lesson', 'program', 'events', 'cluster'])),
  step: v.optional(whole(0, LIMITS.steps)),
  note: v.optional(text(LIMITS.note)),
})

export const planSketchSchema = v.strictObject({
  vertices: list(v.strictObject({ name: text(LIMITS.name), parallelism: whole(1, 32768) }), LIMITS.planVertices),
  edges: list(v.strictTuple([number, number, text(32)]), 4 * LIMITS.planVertices),
})

export type Checked<T> = { readonly value: T } | { readonly problem: Problem }

/** The first of what is wrong, with its path, as one problem: what is hostile needs no list. */
function check<T>(schema: v.GenericSchema<unknown, T>, raw: unknown, place: Place): Checked<T> {
  const foreign = forbidden(raw)
  if (foreign !== null)
    return { problem: problem('scenario-shape', { path: foreign, found: 'a name that is not allowed', expected: '' }, place) }
  const result = v.safeParse(schema, raw, { abortEarly: true })
  if (result.success) return { value: result.output }
  const issue = result.issues[0]
  const path = v.getDotPath(issue) ?? ''
  const { expected, received } = issue
  return { problem: problem('scenario-shape', { path, found: received.slice(0, 80), expected: (expected ?? '').slice(0, 200) }, place) }
}

const FOREIGN = new Set(['__proto__', 'constructor', 'prototype'])
const DEEPEST = 12

/** Path of a name that could reach a prototype, or of nesting beyond any scenario's; null if there is none. Without recursion. */
function forbidden(raw: unknown): string | null {
  const left: { readonly of: unknown; readonly path: string; readonly depth: number }[] = [{ of: raw, path: '', depth: 0 }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { of, path, depth } = next
    if (typeof of !== 'object' || of === null) continue
    if (depth > DEEPEST) return path
    if (Array.isArray(of)) {
      for (const item of of) if (typeof item === 'object' && item !== null) left.push({ of: item, path: `${path}[]`, depth: depth + 1 })
      continue
    }
    for (const [key, value] of Object.entries(of)) {
      const at = path === '' ? key : `${path}.${key}`
      if (FOREIGN.has(key)) return at.slice(0, 200)
      left.push({ of: value, path: at, depth: depth + 1 })
    }
  }
  return null
}

export const checkShape = {
  scenario: (raw: unknown, place: Place): Checked<Scenario> => check(scenarioSchema as v.GenericSchema<unknown, Scenario>, raw, place),
  bookmark: (raw: unknown, place: Place): Checked<Bookmark> => check(bookmarkSchema as v.GenericSchema<unknown, Bookmark>, raw, place),
  plan: (raw: unknown, place: Place): Checked<PlanSketch> => check(planSketchSchema as v.GenericSchema<unknown, PlanSketch>, raw, place),
}
