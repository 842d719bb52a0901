import { graphAt } from '../../../src/trace/graphs'
import { TraceKind } from '../../../src/trace/kinds'
import { allRunning, clockTime, countOf, findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

/** The first task without inputs: the source's. −1: there is none. */
const sourceTask = ({ header }: TraceOfRun): number => {
  const { vertices, edges } = header.executionGraph.job
  return vertices.findIndex(({ index }) => edges.every(({ toVertex }) => toVertex !== index))
}

/** How many records each subtask of the source reads. */
function readBySubtask(run: TraceOfRun): number[] {
  const task = sourceTask(run)
  const { vertices } = graphAt(run.header, run.log)
  const counts = new Array<number>(run.header.executionGraph.job.vertices[task]?.parallelism ?? 0).fill(0)
  findEvent(run, TraceKind.SourceRecord, ({ process }) => {
    const vertex = vertices[run.log.names.vertexOf(process)]
    if (vertex?.vertex === task) counts[vertex.subtask] = (counts[vertex.subtask] ?? 0) + 1
    return false
  })
  return counts
}

/** The subtask of the source that reads nothing at all; −1: each has something. */
const emptyHanded = (run: TraceOfRun): number => readBySubtask(run).indexOf(0)

const partitionsOf = ({ header }: TraceOfRun): number => header.topics[0]?.partitions ?? 0

/** The last record of the partition that is read least. */
function lastOfSilent(run: TraceOfRun): { readonly partition: number; readonly event: number } | null {
  const last = new Map<number, number>()
  findEvent(run, TraceKind.SourceRecord, ({ c, index }) => {
    last.set(c, index)
    return false
  })
  const [first] = [...last].sort(([, a], [, b]) => a - b)
  return first === undefined ? null : { partition: first[0], event: first[1] }
}

const empty: FactOf = (run) => {
  const subtask = emptyHanded(run)
  if (subtask < 0) return null
  return { show: `#${subtask + 1}`, selection: { kind: 'subtask', vertex: sourceTask(run), subtask } }
}

/** The first window: its key waits for its end. */
function firstWindow(run: TraceOfRun) {
  const event = findEvent(run, TraceKind.WindowOpened, ({ d }) => d === 0)
  if (event < 0) return null
  const { process, b: window, time } = run.log.at(event)
  return { event, time, end: Number(run.log.at(event).value()), selection: { kind: 'window', process, window } as const }
}

export const facts: LessonChecks['facts'] = {
  running(run) {
    const event = allRunning(run)
    return event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  empty,
  sources: (run) => ({ show: String(readBySubtask(run).length) }),
  partitions: (run) => ({ show: String(partitionsOf(run)) }),
  windowEnd(run) {
    const window = firstWindow(run)
    return window === null ? null : { show: clockTime(window.end), event: window.event, selection: window.selection }
  },
  silent(run) {
    const last = lastOfSilent(run)
    return last === null ? null : { show: String(last.partition), event: last.event }
  },
  silentSince(run) {
    const last = lastOfSilent(run)
    return last === null ? null : { show: inSeconds(run.log.timeAt(last.event)), event: last.event }
  },
  read: (run) => ({ show: String(countOf(run, TraceKind.SourceRecord)) }),
  fired: (run) => ({ show: String(countOf(run, TraceKind.WindowFired)) }),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  whoHolds: {
    ask: 'subtask',
    task: (run) => (emptyHanded(run) < 0 ? null : sourceTask(run)),
    answer(run) {
      const subtask = emptyHanded(run)
      return subtask < 0 ? null : { value: subtask, event: Math.max(0, allRunning(run)) }
    },
  },
}

/** A window is due when what was read is this far beyond its end, ms: bound, idleness, and the way. */
const GRACE = 8_000

/** Whatever goes silent: windows that are over fire. */
const allFire: Check = {
  id: 'all-fire',
  says: {
    en: `Each window fires at the latest ${GRACE / 1000} s after readings from beyond its end came.`,
    zh: `每个窗口最迟在其结束时刻之后的读数到来 ${GRACE / 1000} 秒内触发。`,
  },
  pass: { en: 'All {due} windows that are over have fired.', zh: '应触发的 {due} 个窗口全部触发。' },
  fail: { en: '{waiting} of {due} windows that are over have not fired.', zh: '应触发的 {due} 个窗口中有 {waiting} 个没有触发。' },
  test(run) {
    let newest = -Infinity
    findEvent(run, TraceKind.SourceRecord, ({ x }) => {
      if (x > newest) newest = x
      return false
    })
    const waiting = new Map<string, number>()
    let due = 0
    findEvent(run, TraceKind.WindowOpened, (event) => {
      if (event.d === 0 && Number(event.value()) + GRACE <= newest) {
        due++
        waiting.set(`${event.process} ${event.b}`, event.index)
      }
      return false
    })
    findEvent(run, TraceKind.WindowFired, ({ process, b }) => {
      waiting.delete(`${process} ${b}`)
      return false
    })
    const [event] = waiting.values()
    return { passed: due > 0 && waiting.size === 0, values: { due, waiting: waiting.size }, ...(event === undefined ? {} : { event }) }
  },
}

const noneDropped: Check = {
  id: 'none-dropped',
  says: { en: 'No reading is dropped as late.', zh: '没有读数因迟到被丢弃。' },
  pass: { en: 'All {read} readings are in a window.', zh: '全部 {read} 条读数都进入了窗口。' },
  fail: { en: '{late} of {read} readings came too late.', zh: '{read} 条读数中有 {late} 条来得太迟。' },
  test(run) {
    const late = countOf(run, TraceKind.LateDropped)
    const read = countOf(run, TraceKind.SourceRecord)
    return { passed: read > 0 && late === 0, values: { late, read } }
  },
}

export const checks: readonly Check[] = [allFire, noneDropped]
export const startFails: readonly string[] = ['all-fire']
