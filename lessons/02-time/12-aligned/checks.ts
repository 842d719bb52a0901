import { TraceKind } from '../../../src/trace/kinds'
import { countOf, findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, Fact, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Shanghai is that far ahead of UTC, all the year. */
const SHANGHAI = 8 * HOUR

/** The number of the day in Shanghai. */
const dayOf = (ms: number): number => Math.floor((ms + SHANGHAI) / DAY)
const hourOf = (ms: number): number => Math.floor((ms + SHANGHAI) / HOUR) - 24 * dayOf(ms)
const two = (n: number): string => String(n).padStart(2, '0')

/** `1 January, 09:07` there. */
function localTime(ms: number): Fact['show'] {
  const date = new Date(ms + SHANGHAI)
  if (Number.isNaN(date.getTime())) return '–'
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  return {
    en: `${date.getUTCDate()} ${months[date.getUTCMonth()]}, ${clock}`,
    zh: `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日 ${clock}`,
  }
}

interface Pane {
  readonly event: number
  readonly start: number
  readonly end: number
  readonly selection: { readonly kind: 'window'; readonly process: number; readonly window: number }
}

function firstPane({ log, ...run }: TraceOfRun): Pane | null {
  const event = findEvent({ log, ...run }, TraceKind.WindowOpened, ({ d }) => d === 0)
  if (event < 0) return null
  const { process, b: window, x: start } = log.at(event)
  return { event, start, end: Number(log.at(event).value()), selection: { kind: 'window', process, window } }
}

const ofFirstPane =
  (show: (pane: Pane, run: TraceOfRun) => Fact['show']): FactOf =>
  (run) => {
    const pane = firstPane(run)
    return pane === null ? null : { show: show(pane, run), event: pane.event, selection: pane.selection }
  }

/** The first click that is in a window. */
const firstElement = (run: TraceOfRun): number => findEvent(run, TraceKind.WindowElement, () => true)

export const facts: LessonChecks['facts'] = {
  firstClick(run) {
    const event = firstElement(run)
    return event < 0 ? null : { show: localTime(run.log.at(event).x), event }
  },
  firstComes(run) {
    const event = firstElement(run)
    return event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  opened: ofFirstPane(({ start }) => localTime(start)),
  closes: ofFirstPane(({ end }) => localTime(end)),
  raw: ofFirstPane(({ start }) => String(start)),
  days: ofFirstPane(({ start }) => String(start / DAY)),
  windows: (run) => ({ show: String(countOf(run, TraceKind.WindowOpened)) }),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  whichHour: {
    ask: 'count',
    exact: 0,
    near: 0,
    answer(run) {
      const pane = firstPane(run)
      return pane === null ? null : { value: hourOf(pane.start), event: pane.event }
    },
  },
}

/** No result mixes two days of Shanghai. */
const oneDay: Check = {
  id: 'one-day',
  says: { en: 'A result holds the clicks of one day in Shanghai.', zh: '每个结果只包含上海同一天的点击。' },
  pass: { en: 'Each of {windows} windows lies within one day.', zh: '{windows} 个窗口各自在同一天之内。' },
  fail: { en: '{mixed} of {windows} windows mix clicks of two days.', zh: '{windows} 个窗口中有 {mixed} 个混入了两天的点击。' },
  test(run) {
    const days = new Map<string, number>()
    const mixed = new Map<string, number>()
    findEvent(run, TraceKind.WindowElement, ({ process, b, x, index }) => {
      const window = `${process} ${b}`
      const day = dayOf(x)
      if ((days.get(window) ?? day) !== day && !mixed.has(window)) mixed.set(window, index)
      days.set(window, day)
      return false
    })
    const [event] = mixed.values()
    const values = { windows: days.size, mixed: mixed.size }
    return { passed: days.size > 0 && mixed.size === 0, values, ...(event === undefined ? {} : { event }) }
  },
}

/** A day of a customer is one result, with all its clicks. */
const wholeDays: Check = {
  id: 'whole-days',
  says: { en: 'Each customer has one result a day, and every click is in one.', zh: '每位顾客每天一个结果，每次点击恰好计入一次。' },
  pass: { en: 'The {days} days of all customers are one result each.', zh: '所有顾客共 {days} 天，每天一个结果。' },
  fail: {
    en: '{split} of {days} days are in several results; {counted} of {clicks} clicks are counted.',
    zh: '{days} 天中有 {split} 天分在几个结果里；{clicks} 次点击计入 {counted} 次。',
  },
  test(run) {
    const keys = new Map<string, number>()
    findEvent(run, TraceKind.WindowOpened, ({ process, b, c }) => {
      keys.set(`${process} ${b}`, c)
      return false
    })
    const panes = new Map<string, Set<number>>()
    findEvent(run, TraceKind.WindowElement, ({ process, b, x }) => {
      const day = `${process} ${keys.get(`${process} ${b}`)} ${dayOf(x)}`
      panes.set(day, (panes.get(day) ?? new Set()).add(b))
      return false
    })
    const split = [...panes.values()].filter(({ size }) => size > 1).length
    const clicks = countOf(run, TraceKind.SourceRecord)
    const counted = countOf(run, TraceKind.WindowElement)
    const fired = countOf(run, TraceKind.WindowFired)
    const passed = clicks > 0 && counted === clicks && split === 0 && fired === panes.size
    return { passed, values: { days: panes.size, split, counted, clicks } }
  },
}

export const checks: readonly Check[] = [oneDay, wholeDays]
export const startFails: readonly string[] = ['one-day', 'whole-days']
