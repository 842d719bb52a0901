import { TraceKind } from '../../../src/trace/kinds'
import { clockTime, countOf, findEvent, inSeconds, lastStatus } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const PANE = 10_000

interface Late {
  readonly event: number
  readonly timestamp: number
  readonly watermark: number
  readonly selection: { readonly kind: 'record'; readonly origin: number; readonly number: number }
}

/** The first click that comes when its window is over. */
function firstLate({ log, ...run }: TraceOfRun): Late | null {
  const event = findEvent({ log, ...run }, TraceKind.LateDropped, () => true)
  if (event < 0) return null
  const dropped = log.at(event)
  const timestamp = Number(dropped.value())
  return { event, timestamp, watermark: dropped.x, selection: { kind: 'record', origin: dropped.c, number: dropped.b } }
}

const ofLate =
  (show: (late: Late, run: TraceOfRun) => string): FactOf =>
  (run) => {
    const late = firstLate(run)
    return late === null ? null : { show: show(late, run), event: late.event, selection: late.selection }
  }

export const facts: LessonChecks['facts'] = {
  comes: ofLate(({ event }, { log }) => inSeconds(log.timeAt(event))),
  happened: ofLate(({ timestamp }) => clockTime(timestamp)),
  pane: ofLate(({ timestamp }) => {
    const start = timestamp - (timestamp % PANE)
    return `[${clockTime(start)}, ${clockTime(start + PANE)})`
  }),
  watermark: ofLate(({ watermark }) => clockTime(watermark)),
  dropped: (run) => ({ show: String(countOf(run, TraceKind.LateDropped)) }),
  clicks: (run) => ({ show: String(countOf(run, TraceKind.SourceRecord)) }),
  status(run) {
    const last = lastStatus(run)
    return last === null ? null : { show: last.status, event: last.event }
  },
}

export const predictions: Readonly<Record<string, Prediction>> = {
  whatThen: {
    ask: 'choice',
    choices: [
      { en: 'The job fails with an exception.', zh: '作业抛出异常而失败。' },
      { en: 'It is counted in the next window.', zh: '计入下一个窗口。' },
      { en: 'Its window opens again and prints a new count.', zh: '它的窗口重新打开，打印新的计数。' },
      { en: 'It is dropped, and nothing says so.', zh: '被丢弃，没有任何提示。' },
    ],
    answer(run) {
      const late = firstLate(run)
      if (late === null) return null
      const { origin, number } = late.selection
      const taken = findEvent(run, TraceKind.WindowElement, ({ c, d }) => c === number && d === origin)
      if (taken >= 0) return { value: run.log.at(taken).x < late.watermark ? 2 : 1, event: taken }
      return { value: lastStatus(run)?.status === 'FAILED' ? 0 : 3, event: late.event }
    },
  },
}

/** Whatever is read is counted, or told apart as too late. */
const noneVanishes: Check = {
  id: 'none-vanishes',
  says: { en: 'No click vanishes: it is in a window, or in a side output.', zh: '没有点击消失：要么在窗口里，要么在侧输出里。' },
  pass: {
    en: '{counted} of {clicks} clicks are counted, {told} are told as too late.',
    zh: '{clicks} 次点击中 {counted} 次被计入，{told} 次作为太迟输出。',
  },
  fail: { en: '{vanished} of {clicks} clicks are nowhere.', zh: '{clicks} 次点击中有 {vanished} 次无处可寻。' },
  test(run) {
    const clicks = countOf(run, TraceKind.SourceRecord)
    const counted = countOf(run, TraceKind.WindowElement)
    const told = countOf(run, TraceKind.SideRecord)
    const vanished = Math.max(clicks - counted - told, countOf(run, TraceKind.LateDropped))
    const event = findEvent(run, TraceKind.LateDropped, () => true)
    return { passed: clicks > 0 && vanished === 0, values: { clicks, counted, told, vanished }, ...(event < 0 ? {} : { event }) }
  },
}

const sideRead: Check = {
  id: 'side-read',
  says: { en: 'Somebody reads the side output: what is too late is printed, too.', zh: '侧输出有人读：太迟的点击也会打印出来。' },
  pass: { en: 'All {told} are printed.', zh: '{told} 次全部打印。' },
  fail: {
    en: '{unread} of {told} are read by nobody; {all} clicks are in the side output or vanish.',
    zh: '{told} 次中有 {unread} 次没有人读；{all} 次进入侧输出或消失。',
  },
  test(run) {
    const told = countOf(run, TraceKind.SideRecord)
    const all = told + countOf(run, TraceKind.LateDropped)
    const sides = new Set<string>()
    findEvent(run, TraceKind.SideRecord, ({ b, c }) => {
      sides.add(`${c} ${b}`)
      return false
    })
    findEvent(run, TraceKind.SinkRecord, ({ b, c }) => {
      sides.delete(`${c} ${b}`)
      return false
    })
    return { passed: told > 0 && sides.size === 0, values: { told, unread: sides.size, all } }
  },
}

/** How long after the newest click of its end a window may say something for the first time, µs. */
const MOST_WAIT = 4_000_000

/** Nobody waits longer for the first word: a larger bound is no way out. */
const soon: Check = {
  id: 'soon',
  says: { en: 'Half of the windows speak within 4 s of their end.', zh: '一半的窗口在结束后 4 秒内给出结果。' },
  pass: { en: 'Half of {windows} windows speak within {median} s.', zh: '{windows} 个窗口中有一半在 {median} 秒内给出结果。' },
  fail: { en: 'Half of {windows} windows take longer than {median} s.', zh: '{windows} 个窗口中有一半超过 {median} 秒。' },
  test(run) {
    const ends = new Map<string, number>()
    let newest = -Infinity
    const reached: { readonly time: number; readonly at: number }[] = []
    findEvent(run, TraceKind.SourceRecord, ({ x, time }) => {
      if (x > newest) reached.push({ time: (newest = x), at: time })
      return false
    })
    findEvent(run, TraceKind.WindowOpened, (event) => {
      if (event.d === 0) ends.set(`${event.process} ${event.b}`, Number(event.value()))
      return false
    })
    const waits: number[] = []
    findEvent(run, TraceKind.WindowFired, ({ process, b, time }) => {
      const end = ends.get(`${process} ${b}`)
      ends.delete(`${process} ${b}`)
      const over = end === undefined ? undefined : reached.find((step) => step.time >= end)
      if (over !== undefined) waits.push(time - over.at)
      return false
    })
    waits.sort((a, b) => a - b)
    const median = waits[Math.floor(waits.length / 2)] ?? Infinity
    const values = { windows: waits.length, median: Number.isFinite(median) ? (median / 1e6).toFixed(1) : '∞' }
    return { passed: median <= MOST_WAIT, values }
  },
}

export const checks: readonly Check[] = [noneVanishes, sideRead, soon]
export const startFails: readonly string[] = ['none-vanishes', 'side-read']
