import { LONG_MIN } from '../../../src/core/time'
import { TraceKind } from '../../../src/trace/kinds'
import { clockTime, countOf, findEvent, inSeconds, lastStatus } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

interface Pane {
  readonly event: number
  readonly process: number
  readonly window: number
  readonly end: number
  readonly fired: boolean
}

/** Time windows in the order in which they were opened. */
function panes(run: TraceOfRun): Pane[] {
  const fired = new Set<string>()
  findEvent(run, TraceKind.WindowFired, ({ process, b }) => {
    fired.add(`${process} ${b}`)
    return false
  })
  const found: Pane[] = []
  findEvent(run, TraceKind.WindowOpened, (event) => {
    const { process, b: window, d } = event
    if (d === 0) found.push({ event: event.index, process, window, end: Number(event.value()), fired: fired.has(`${process} ${window}`) })
    return false
  })
  return found
}

/** Of those that never fire, one that ends last. */
const lastOpen = (run: TraceOfRun): Pane | null => {
  const open = panes(run).filter((pane) => !pane.fired)
  return open.reduce<Pane | null>((last, pane) => (last === null || pane.end > last.end ? pane : last), null)
}

const newest = (run: TraceOfRun): { readonly time: number; readonly event: number } | null => {
  let best: { time: number; event: number } | null = null
  findEvent(run, TraceKind.SourceRecord, ({ x, index }) => {
    if (best === null || x > best.time) best = { time: x, event: index }
    return false
  })
  return best
}

const lastRecord = (run: TraceOfRun): number => {
  let event = -1
  findEvent(run, TraceKind.SourceRecord, ({ index }) => {
    event = index
    return false
  })
  return event
}

function lastWatermark(run: TraceOfRun): { readonly value: number; readonly event: number } {
  let last = { value: LONG_MIN, event: -1 }
  findEvent(run, TraceKind.WatermarkEmitted, ({ x, index }) => {
    last = { value: x, event: index }
    return false
  })
  return last
}

const open: FactOf = (run) => {
  const pane = lastOpen(run)
  if (pane === null) return null
  return { show: clockTime(pane.end), event: pane.event, selection: { kind: 'window', process: pane.process, window: pane.window } }
}

export const facts: LessonChecks['facts'] = {
  windows: (run) => ({ show: String(panes(run).length) }),
  firedCount: (run) => ({ show: String(panes(run).filter(({ fired }) => fired).length) }),
  openCount: (run) => ({ show: String(panes(run).filter(({ fired }) => !fired).length) }),
  lastCame(run) {
    const event = lastRecord(run)
    return event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  open,
  newest(run) {
    const found = newest(run)
    return found === null ? null : { show: clockTime(found.time), event: found.event }
  },
  watermark(run) {
    const { value, event } = lastWatermark(run)
    return event < 0 ? null : { show: clockTime(value), event }
  },
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howMany: {
    ask: 'count',
    exact: 0,
    near: 3,
    answer(run) {
      const all = panes(run)
      const event = lastRecord(run)
      return all.length === 0 || event < 0 ? null : { value: all.filter(({ fired }) => !fired).length, event }
    },
  },
}

const MOST_WAIT = 25

/** Whether anything follows or not: what a click adds to is printed soon. */
const soon: Check = {
  id: 'soon',
  says: {
    en: `Each click is in a result at the latest ${MOST_WAIT} s after it came.`,
    zh: `每次点击最迟在到来 ${MOST_WAIT} 秒后出现在结果里。`,
  },
  pass: { en: 'All {clicks} clicks are in a result in time.', zh: '全部 {clicks} 次点击都及时进入结果。' },
  fail: { en: '{waiting} of {clicks} clicks are in no result in time.', zh: '{clicks} 次点击中有 {waiting} 次没有及时进入结果。' },
  test(run) {
    const { log } = run
    const waits = new Map<string, number[]>()
    let waiting = 0
    let clicks = 0
    let event = -1
    const miss = (at: number): void => {
      waiting++
      if (event < 0) event = at
    }
    const reader = log.reader()
    while (reader.next()) {
      const window = `${reader.process} ${reader.b}`
      if (reader.kind === TraceKind.WindowElement) {
        clicks++
        waits.set(window, [...(waits.get(window) ?? []), reader.index])
      } else if (reader.kind === TraceKind.WindowFired) {
        for (const at of waits.get(window) ?? []) if (reader.time - log.timeAt(at) > MOST_WAIT * 1_000_000) miss(at)
        waits.delete(window)
      }
    }
    for (const left of waits.values()) for (const at of left) miss(at)
    return { passed: clicks > 0 && waiting === 0, values: { clicks, waiting }, ...(event < 0 ? {} : { event }) }
  },
}

const noneDropped: Check = {
  id: 'none-dropped',
  says: { en: 'No click is dropped as late.', zh: '没有点击因迟到被丢弃。' },
  pass: { en: 'None of {clicks} clicks came too late.', zh: '{clicks} 次点击无一迟到。' },
  fail: { en: '{late} of {clicks} clicks came too late.', zh: '{clicks} 次点击中有 {late} 次来得太迟。' },
  test(run) {
    const late = countOf(run, TraceKind.LateDropped)
    const clicks = countOf(run, TraceKind.SourceRecord)
    return { passed: clicks > 0 && late === 0, values: { late, clicks } }
  },
}

const goesOn: Check = {
  id: 'goes-on',
  says: { en: 'The job goes on: tomorrow there are clicks again.', zh: '作业继续运行：明天还会有点击。' },
  pass: { en: 'The job is {status}.', zh: '作业处于 {status}。' },
  fail: { en: 'The job is {status}.', zh: '作业处于 {status}。' },
  test(run) {
    const last = lastStatus(run)
    return { passed: last?.status === 'RUNNING', values: { status: last?.status ?? '–' } }
  },
}

export const checks: readonly Check[] = [soon, noneDropped, goesOn]
export const startFails: readonly string[] = ['soon']
