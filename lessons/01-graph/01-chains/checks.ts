import { TraceKind } from '../../../src/trace/kinds'
import { allRunning, countOf, findEvent } from '../../../src/trace/predicates'
import type { Check, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const tasksOf = ({ header }: TraceOfRun) => header.executionGraph.job.vertices
const edgesOf = ({ header }: TraceOfRun) => header.executionGraph.job.edges
const title = (name: string): string => name.replaceAll(' -> ', ' → ')

/** The first record that changes threads. */
const firstAcross = (run: TraceOfRun): number => findEvent(run, TraceKind.RecordIn, () => true)

export const facts: LessonChecks['facts'] = {
  operators: ({ header }) => ({ show: String(header.streamGraph.nodes.length) }),
  tasks: (run) => ({ show: String(tasksOf(run).length) }),
  subtasks: ({ header }) => ({ show: String(header.executionGraph.vertices.length) }),
  firstTask(run) {
    const { name, index } = tasksOf(run)[0]!
    return { show: title(name), selection: { kind: 'task', vertex: index } }
  },
  across(run) {
    const event = firstAcross(run)
    if (event < 0) return null
    const { time, a: channel } = run.log.at(event)
    return { show: `${(time / 1_000_000).toFixed(2)} s`, event, selection: { kind: 'channel', channel } }
  },
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howManyTasks: {
    ask: 'count',
    exact: 0,
    near: 0,
    answer: (run) => ({ value: tasksOf(run).length, event: Math.max(0, allRunning(run)) }),
  },
}

/** Each of the four, as the rule that the simulator gives for an edge between two tasks (G-17), and as one writes it. */
const REASONS = {
  keyBy: ['partitioner'],
  setParallelism: ['parallelism'],
  startNewChain: ['downstream-head'],
  disableChaining: ['downstream-never', 'upstream-never'],
} as const

const fourReasons: Check = {
  id: 'four-reasons',
  says: {
    en: 'Tasks end for each of the four reasons: a shuffle, another parallelism, startNewChain, disableChaining.',
    zh: '四种原因都让任务在某处断开：重分区、并行度变化、startNewChain、disableChaining。',
  },
  pass: { en: 'All four are there, in {tasks} tasks.', zh: '四种原因齐了，共 {tasks} 个任务。' },
  fail: { en: 'In {tasks} tasks, no edge yet says: {missing}.', zh: '共 {tasks} 个任务，还没有哪条边的原因是：{missing}。' },
  test(run) {
    const found = new Set(edgesOf(run).map(({ reason }) => reason.rule))
    const missing = Object.entries(REASONS)
      .filter(([, rules]) => !rules.some((rule) => found.has(rule)))
      .map(([name]) => name)
    return { passed: missing.length === 0, values: { tasks: tasksOf(run).length, missing: missing.join(', ') || '–' } }
  },
}

/** Where tasks end changes threads, not results. */
const sameResults: Check = {
  id: 'same-results',
  says: { en: 'A line is printed for each reading, as before.', zh: '每条读数仍然打印一行，和原来一样。' },
  pass: { en: '{lines} lines for {readings} readings.', zh: '{readings} 条读数，打印了 {lines} 行。' },
  fail: { en: '{lines} lines for {readings} readings.', zh: '{readings} 条读数，却打印了 {lines} 行。' },
  test(run) {
    const readings = countOf(run, TraceKind.SourceRecord)
    const lines = countOf(run, TraceKind.SinkRecord)
    return { passed: readings > 0 && lines === readings, values: { readings, lines } }
  },
}

export const checks: readonly Check[] = [fourReasons, sameResults]
export const startFails: readonly string[] = ['four-reasons']
