import { graphAt } from '../../../src/trace/graphs'
import { TraceKind } from '../../../src/trace/kinds'
import { findEvent, inSeconds } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'
import { printedLines, viewsOf, type View } from './bills'

/** The events at which a task that is fed by key takes in what was read at these. */
function processedAt(run: TraceOfRun, reads: readonly number[]): readonly number[] {
  const names = new Set(reads.map((read) => nameAt(run, read)))
  const { channels } = graphAt(run.header, run.log)
  const { edges } = run.header.executionGraph.job
  const found: number[] = []
  findEvent(run, TraceKind.RecordIn, ({ a, b, c, index }) => {
    if (names.has(`${c} ${b}`) && edges[channels[a]!.edge]?.partitioner.name === 'HASH') found.push(index)
    return false
  })
  return found
}
const nameAt = ({ log }: TraceOfRun, event: number): string => `${log.at(event).process} ${log.at(event).b}`

interface Example extends View {
  readonly processed: readonly number[]
}
/** Of the pages that are read again, one in the middle that had been counted before. */
function exampleOf(run: TraceOfRun): Example | null {
  const again = viewsOf(run).filter(({ reads }) => reads.length > 1)
  for (const view of again.slice(again.length / 2)) {
    const processed = processedAt(run, view.reads)
    if (processed.length >= 2) return { ...view, processed }
  }
  return null
}
const ofExample =
  (show: (example: Example, run: TraceOfRun) => string): FactOf =>
  (run) => {
    const example = exampleOf(run)
    return example === null ? null : { show: show(example, run), event: example.reads[0]! }
  }

/** The last checkpoint that was complete when the job went on from one, and the event at which it went on. */
function restoredFrom(run: TraceOfRun): { readonly id: number; readonly completed: number; readonly event: number } | null {
  let id = 0
  const event = findEvent(run, TraceKind.JobRestored, ({ b }) => (id = b) > 0)
  if (event < 0) return null
  return { id, event, completed: findEvent(run, TraceKind.CheckpointCompleted, ({ b }) => b === id) }
}
const killed = (run: TraceOfRun): number => findEvent(run, TraceKind.Intervention, () => true)

export const facts: LessonChecks['facts'] = {
  user: ofExample(({ user }) => user),
  line: ofExample(({ line }) => String(line)),
  comes: ofExample(({ reads }, run) => inSeconds(run.log.timeAt(reads[0]!))),
  checkpoint: (run) => {
    const from = restoredFrom(run)
    return from === null ? null : { show: String(from.id), event: from.completed }
  },
  completed: (run) => {
    const from = restoredFrom(run)
    return from === null ? null : { show: inSeconds(run.log.timeAt(from.completed)), event: from.completed }
  },
  restored: (run) => {
    const from = restoredFrom(run)
    return from === null ? null : { show: inSeconds(run.log.timeAt(from.event)), event: from.event }
  },
  /** Every task has its state again. */
  goesOn(run) {
    const from = restoredFrom(run)
    let event = -1
    findEvent(run, TraceKind.StateRestored, ({ index }) => {
      event = index
      return false
    })
    return from === null || event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  killed(run) {
    const event = killed(run)
    return event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  processed: ofExample(({ processed }) => String(processed.length)),
  /** All is over: the ledgers are what they will be. */
  twice(run) {
    const lines = [...printedLines(run).values()].filter(({ count }) => count > 1)
    return lines.length === 0 ? null : { show: String(lines.length), event: run.log.length - 1 }
  },
  reread(run) {
    const again = viewsOf(run).reduce((sum, { reads }) => sum + reads.length - 1, 0)
    return again === 0 ? null : { show: String(again), event: run.log.length - 1 }
  },
  views: (run) => ({ show: String(viewsOf(run).length) }),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howOften: {
    ask: 'count',
    exact: 0,
    near: 0,
    answer(run) {
      const example = exampleOf(run)
      return example === null ? null : { value: example.processed.length, event: example.processed.at(-1)! }
    },
  },
}

const noneTwice: Check = {
  id: 'none-twice',
  says: {
    en: 'No page stands on a bill twice, whenever a TaskManager is killed.',
    zh: '无论何时杀掉 TaskManager，账单上没有一页出现两次。',
  },
  pass: { en: 'Each of {lines} lines is there once.', zh: '{lines} 行账目各出现一次。' },
  fail: {
    en: '{twice} of {lines} lines are there more than once, {strange} are for pages nobody opened.',
    zh: '{lines} 行账目中有 {twice} 行重复出现，{strange} 行对应的页面没有人打开过。',
  },
  test(run) {
    const opened = new Set(viewsOf(run).map(({ user, line }) => `${user} ${line}`))
    const lines = printedLines(run)
    const twice = [...lines.values()].filter(({ count }) => count > 1)
    const strange = [...lines].filter(([name]) => !opened.has(name)).map(([, printed]) => printed)
    const [bad] = [...twice, ...strange]
    const values = { lines: lines.size, twice: twice.length, strange: strange.length }
    return { passed: lines.size > 0 && bad === undefined, values, ...(bad === undefined ? {} : { event: bad.last }) }
  },
}

const noneMissing: Check = {
  id: 'none-missing',
  says: { en: 'Each page that was opened is on a bill in the end.', zh: '打开过的每一页最后都在账单上。' },
  pass: { en: 'All {views} pages are on a bill.', zh: '全部 {views} 页都在账单上。' },
  fail: { en: '{missing} of {views} pages are on no bill.', zh: '{views} 页中有 {missing} 页不在账单上。' },
  test(run) {
    const views = viewsOf(run)
    const lines = printedLines(run)
    const missing = views.filter(({ user, line }) => !lines.has(`${user} ${line}`))
    const values = { views: views.length, missing: missing.length }
    const passed = views.length > 0 && missing.length === 0
    return { passed, values, ...(missing[0] === undefined ? {} : { event: missing[0].reads[0]! }) }
  },
}

export const checks: readonly Check[] = [noneTwice, noneMissing]
export const startFails: readonly string[] = ['none-twice']

export { killAnywhere as befalls } from './bills'
