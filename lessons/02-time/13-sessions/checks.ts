import { javaToString, valueFromBytes } from '../../../src/core/values'
import { TraceKind } from '../../../src/trace/kinds'
import { clockTime, countOf, findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const GAP = 10_000

/** A session as it is at a moment: what was merged into another is gone. */
interface Session {
  readonly process: number
  readonly window: number
  readonly key: number
  start: number
  end: number
}

/** A merge of two sessions, with those that its key had before and has after it. */
interface Merge {
  readonly event: number
  readonly user: string
  readonly before: readonly Session[]
  readonly after: readonly Session[]
  readonly selection: { readonly kind: 'window'; readonly process: number; readonly window: number }
}

/** The first time that two sessions, both with clicks of their own, become one. */
function firstMerge(run: TraceOfRun): Merge | null {
  const { log } = run
  const open = new Map<string, Session>()
  const elements = new Map<string, number>()
  const ofKey = (process: number, key: number): Session[] =>
    [...open.values()]
      .filter((session) => session.process === process && session.key === key)
      .map((session) => ({ ...session }))
      .sort((a, b) => a.start - b.start)
  const reader = log.reader()
  while (reader.next()) {
    const { process, b: window, kind } = reader
    const id = `${process} ${window}`
    if (kind === TraceKind.WindowOpened && reader.d === 0)
      open.set(id, { process, window, key: reader.c, start: reader.x, end: Number(reader.value()) })
    else if (kind === TraceKind.WindowElement) elements.set(id, (elements.get(id) ?? 0) + 1)
    else if (kind === TraceKind.WindowCleared) open.delete(id)
    else if (kind === TraceKind.WindowMerged) {
      const stays = open.get(id)
      const gone = `${process} ${reader.c}`
      if (stays === undefined) continue
      const before = ofKey(process, stays.key)
      // A merge with itself is a session that only grew.
      const others = reader.c >= 0 && reader.c !== window
      const two = others && (elements.get(gone) ?? 0) > 0 && (elements.get(id) ?? 0) > 0
      if (others) open.delete(gone)
      stays.start = reader.x
      stays.end = Number(reader.value())
      if (!two) continue
      const seen = log.names.keyAt(process, stays.key)
      const user = seen < 0 ? '' : javaToString(valueFromBytes(log.at(seen).payload()))
      return { event: reader.index, user, before, after: ofKey(process, stays.key), selection: { kind: 'window', process, window } }
    }
  }
  return null
}

/** The click that the task has in its hands at an event: the last that it took. */
function clickAt({ log }: TraceOfRun, event: number): { readonly time: number; readonly event: number } | null {
  const { process } = log.at(event)
  for (let at = event; at >= 0; at--) {
    if (log.kindAt(at) !== TraceKind.RecordIn) continue
    const taken = log.at(at)
    if (taken.process === process) return { time: taken.x, event: at }
  }
  return null
}

const ofMerge =
  (show: (merge: Merge, run: TraceOfRun) => string | null): FactOf =>
  (run) => {
    const merge = firstMerge(run)
    const shown = merge === null ? null : show(merge, run)
    return merge === null || shown === null ? null : { show: shown, event: merge.event, selection: merge.selection }
  }

const bounds = ({ start, end }: Session): string => `[${clockTime(start).slice(3)}, ${clockTime(end).slice(3)})`

export const facts: LessonChecks['facts'] = {
  user: ofMerge(({ user }) => user),
  merged: ofMerge(({ event }, { log }) => inSeconds(log.timeAt(event))),
  before: ofMerge(({ before }) => before.map(bounds).join(', ')),
  becomes: ofMerge(({ after, selection }) => {
    const one = after.find(({ window }) => window === selection.window)
    return one === undefined ? null : bounds(one)
  }),
  click: ofMerge(({ event }, run) => {
    const click = clickAt(run, event)
    return click === null ? null : clockTime(click.time).slice(3)
  }),
  own: ofMerge(({ event }, run) => {
    const click = clickAt(run, event)
    return click === null ? null : `[${clockTime(click.time).slice(3)}, ${clockTime(click.time + GAP).slice(3)})`
  }),
  dropped: (run) => ({ show: String(countOf(run, TraceKind.LateDropped)) }),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howMany: {
    ask: 'count',
    exact: 0,
    near: 1,
    answer(run) {
      const merge = firstMerge(run)
      return merge === null ? null : { value: merge.after.length, event: merge.event }
    },
  },
}

interface Visit {
  readonly clicks: number
  readonly start: number
  readonly end: number
}

/** The visits that the clicks make, whatever order they came in: what a user does without pausing for the gap. */
function visitsOf(run: TraceOfRun): Map<string, Visit[]> {
  const times = new Map<string, number[]>()
  findEvent(run, TraceKind.SourceRecord, (event) => {
    const { user } = (event.value() ?? {}) as { readonly user?: unknown }
    const name = String(user)
    times.set(name, [...(times.get(name) ?? []), event.x])
    return false
  })
  const visits = new Map<string, Visit[]>()
  for (const [user, all] of times) {
    const found: Visit[] = []
    for (const time of all.sort((a, b) => a - b)) {
      const last = found.at(-1)
      if (last !== undefined && time <= last.end) found[found.length - 1] = { clicks: last.clicks + 1, start: last.start, end: time + GAP }
      else found.push({ clicks: 1, start: time, end: time + GAP })
    }
    visits.set(user, found)
  }
  return visits
}

/** What windows said when they fired: bounds at that moment, elements, by key. */
function firings(run: TraceOfRun): (Visit & { readonly user: string; readonly event: number; readonly time: number })[] {
  const { log } = run
  const found: (Visit & { readonly user: string; readonly event: number; readonly time: number })[] = []
  findEvent(run, TraceKind.WindowFired, ({ process, b, c, index, time }) => {
    const at = log.names.windowBoundsAt(process, b, index)
    const opened = log.names.windowAt(process, b)
    if (at < 0 || opened < 0 || log.at(opened).d !== 0) return false
    const seen = log.names.keyAt(process, log.at(opened).c)
    const user = seen < 0 ? '' : javaToString(valueFromBytes(log.at(seen).payload()))
    found.push({ user, clicks: c, start: log.at(at).x, end: Number(log.at(at).value()), event: index, time })
    return false
  })
  return found
}

const whole: Check = {
  id: 'whole',
  says: { en: 'Each visit is printed once, with all its clicks.', zh: '每次访问恰好打印一次，包含全部点击。' },
  pass: { en: 'The {visits} visits are printed once each.', zh: '{visits} 次访问各打印一次。' },
  fail: {
    en: '{wrong} of {visits} visits are printed in part, twice, or not at all.',
    zh: '{visits} 次访问中有 {wrong} 次不完整、重复或缺失。',
  },
  test(run) {
    const printed = new Map<string, number>()
    for (const { user, start, end, clicks } of firings(run)) {
      const name = `${user} ${start} ${end} ${clicks}`
      printed.set(name, (printed.get(name) ?? 0) + 1)
    }
    let visits = 0
    let wrong = 0
    for (const [user, all] of visitsOf(run)) {
      for (const { start, end, clicks } of all) {
        visits++
        if (printed.get(`${user} ${start} ${end} ${clicks}`) !== 1) wrong++
        printed.delete(`${user} ${start} ${end} ${clicks}`)
      }
    }
    return { passed: visits > 0 && wrong === 0 && printed.size === 0, values: { visits, wrong: wrong + (wrong === 0 ? printed.size : 0) } }
  },
}

const MOST_WAIT = 24_000

/** A larger bound than needed makes everybody wait. */
const soon: Check = {
  id: 'soon',
  says: {
    en: `Half of the visits are printed within ${MOST_WAIT / 1000} s of the newest click beyond their end.`,
    zh: `一半的访问在其结束之后的点击到来 ${MOST_WAIT / 1000} 秒内打印。`,
  },
  pass: { en: 'Half of the visits are printed within {median} s.', zh: '一半的访问在 {median} 秒内打印。' },
  fail: { en: 'Half of the visits take longer than {median} s.', zh: '一半的访问超过 {median} 秒。' },
  test(run) {
    let newest = -Infinity
    const reached: { readonly time: number; readonly at: number }[] = []
    findEvent(run, TraceKind.SourceRecord, ({ x, time }) => {
      if (x > newest) reached.push({ time: (newest = x), at: time })
      return false
    })
    const waits = firings(run)
      .flatMap(({ end, time }) => {
        const over = reached.find((step) => step.time >= end)
        return over === undefined ? [] : [time - over.at]
      })
      .sort((a, b) => a - b)
    const median = waits[Math.floor(waits.length / 2)] ?? Infinity
    return { passed: median <= MOST_WAIT * 1000, values: { median: Number.isFinite(median) ? (median / 1e6).toFixed(1) : '∞' } }
  },
}

export const checks: readonly Check[] = [whole, soon]
export const startFails: readonly string[] = ['whole']
