import { TraceKind } from '../../../src/trace/kinds'
import { countOf, findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'
import { printedLines, viewsOf } from '../20-exactly-once/bills'

const SECOND = 1_000_000
/** When one looks: 15 s in the job has had much to write. */
const LOOK = 15 * SECOND

/** The last event until then. */
const lookedAt = ({ log }: TraceOfRun): number => log.lastAt(LOOK)

/** What the sink had been given by then, and how many of that readers saw. */
function lines(run: TraceOfRun): { readonly given: number; readonly seen: number; readonly event: number } {
  const event = lookedAt(run)
  let given = 0
  findEvent(run, TraceKind.SinkRecord, ({ index }) => {
    if (index <= event) given++
    return index > event
  })
  const seen = [...printedLines(run).values()].filter(({ first }) => first <= event).length
  return { given, seen, event }
}

/** Transactions that are open when one looks. */
function openTransactions(run: TraceOfRun): number {
  const until = lookedAt(run)
  const open = new Set<number>()
  const reader = run.log.reader()
  while (reader.next() && reader.index <= until) {
    if (reader.kind === TraceKind.ExternalWrote && reader.b >= 0) open.add(reader.b)
    else if (reader.kind === TraceKind.ExternalCommitted || reader.kind === TraceKind.ExternalAborted) open.delete(reader.b)
  }
  return open.size
}

export const facts: LessonChecks['facts'] = {
  look(run) {
    const event = lookedAt(run)
    return event < 0 ? null : { show: inSeconds(LOOK), event }
  },
  given: (run) => ({ show: String(lines(run).given), event: lookedAt(run) }),
  seen: (run) => ({ show: String(lines(run).seen), event: lookedAt(run) }),
  transactions: (run) => ({ show: String(openTransactions(run)), event: lookedAt(run) }),
  checkpoints: (run) => ({ show: String(countOf(run, TraceKind.CheckpointCompleted)) }),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howMany: {
    ask: 'count',
    exact: 0,
    near: 0,
    answer(run) {
      const { given, seen, event } = lines(run)
      return given === 0 || event < 0 ? null : { value: seen, event }
    },
  },
}

const MOST_WAIT = 3

/** Where a TaskManager died: what was on its way then may take longer, by what it takes to go on. */
const failures = (run: TraceOfRun): readonly number[] => {
  const times: number[] = []
  findEvent(run, TraceKind.Intervention, ({ time }) => {
    times.push(time)
    return false
  })
  return times
}

const soon: Check = {
  id: 'soon',
  says: {
    en: `A page is on the bill at most ${MOST_WAIT} s after it was opened; around a failure later.`,
    zh: `每一页最迟在打开 ${MOST_WAIT} 秒后出现在账单上；故障前后可以更晚。`,
  },
  pass: { en: 'All {views} pages are on the bill in time.', zh: '全部 {views} 页都及时出现在账单上。' },
  fail: { en: '{waiting} of {views} pages are not on the bill in time.', zh: '{views} 页中有 {waiting} 页没有及时出现在账单上。' },
  test(run) {
    const { log } = run
    const broken = failures(run)
    const printed = printedLines(run)
    const views = viewsOf(run)
    const waiting = views.filter(({ user, line, reads }) => {
      const opened = log.timeAt(reads[0]!)
      const since = printed.get(`${user} ${line}`)?.first
      if (since === undefined) return true
      if (broken.some((time) => Math.abs(time - opened) <= MOST_WAIT * SECOND)) return false
      return log.timeAt(since) - opened > MOST_WAIT * SECOND
    })
    const values = { views: views.length, waiting: waiting.length }
    const passed = views.length > 0 && waiting.length === 0
    return { passed, values, ...(waiting[0] === undefined ? {} : { event: waiting[0].reads[0]! }) }
  },
}

const noneTwice: Check = {
  id: 'none-twice',
  says: {
    en: 'No page is on the bill twice, though a TaskManager is killed.',
    zh: '即使有 TaskManager 被杀掉，也没有一页在账单上出现两次。',
  },
  pass: { en: 'None of {lines} lines is there twice.', zh: '{lines} 行账目没有一行重复。' },
  fail: { en: '{twice} of {lines} lines are there twice.', zh: '{lines} 行账目中有 {twice} 行重复。' },
  test(run) {
    const printed = [...printedLines(run).values()]
    const twice = printed.filter(({ count }) => count > 1)
    const values = { lines: printed.length, twice: twice.length }
    return { passed: twice.length === 0, values, ...(twice[0] === undefined ? {} : { event: twice[0].last }) }
  },
}

export const checks: readonly Check[] = [soon, noneTwice]
export const startFails: readonly string[] = ['soon']
export { killAnywhere as befalls } from '../20-exactly-once/bills'
