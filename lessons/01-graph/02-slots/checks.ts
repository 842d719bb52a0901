import { TraceKind } from '../../../src/trace/kinds'
import { countOf, firstInState, lastStatus, lastSubtasks, slotsBrought } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

const seconds = (micros: number): string => `${(micros / 1_000_000).toFixed(1)} s`
const jobOf = ({ header }: TraceOfRun) => header.executionGraph.job

/** By slot sharing group, in the order of its first task: the parallelism of its tasks. S-1 */
function groupsOf(run: TraceOfRun): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { slotSharingGroup, parallelism } of jobOf(run).vertices)
    groups.set(slotSharingGroup, [...(groups.get(slotSharingGroup) ?? []), parallelism])
  return groups
}
const slotsNeeded = (run: TraceOfRun): number => [...groupsOf(run).values()].reduce((sum, each) => sum + Math.max(...each), 0)

/** Since when the job is RUNNING without a single subtask that runs. */
const scheduled = (run: TraceOfRun): number => firstInState(run, 'SCHEDULED')
const failed = (run: TraceOfRun): number => firstInState(run, 'FAILED')

const ofFailure =
  (show: (run: TraceOfRun, event: number) => string): FactOf =>
  (run) => {
    const event = failed(run)
    return event < 0 ? null : { show: show(run, event), event }
  }

export const facts: LessonChecks['facts'] = {
  needed: (run) => ({ show: String(slotsNeeded(run)) }),
  sum: (run) => ({
    show: [...groupsOf(run).values()].map((each) => (each.length === 1 ? String(each[0]) : `max(${each.join(', ')})`)).join(' + '),
  }),
  slots: (run) => ({ show: String(slotsBrought(run)) }),
  threads: ({ header }) => ({ show: String(header.executionGraph.vertices.length) }),
  failed: ofFailure(({ log }, event) => seconds(log.timeAt(event))),
  message: ofFailure(({ log }, event) => /NoResourceAvailableException: [^\n]*/.exec(log.at(event).text())?.[0] ?? log.at(event).text()),
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howManySlots: {
    ask: 'count',
    exact: 0,
    near: 0,
    answer: (run) => ({ value: slotsNeeded(run), event: Math.max(0, scheduled(run)) }),
  },
}

const SLOTS = 4
const COUNTERS = 3

const runs: Check = {
  id: 'runs',
  says: { en: 'The job runs to its end: every click is counted and printed.', zh: '作业运行到结束：每次点击都被计数并打印。' },
  pass: { en: 'FINISHED, with {printed} of {clicks} clicks printed.', zh: 'FINISHED，{clicks} 次点击打印了 {printed} 次。' },
  fail: { en: '{status}, with {printed} of {clicks} clicks printed.', zh: '{status}，{clicks} 次点击打印了 {printed} 次。' },
  test(run) {
    const end = lastStatus(run)
    const clicks = countOf(run, TraceKind.SourceRecord)
    const printed = countOf(run, TraceKind.SinkRecord)
    return {
      passed: end?.status === 'FINISHED' && clicks > 0 && printed === clicks,
      values: { status: end?.status ?? '–', clicks, printed },
      ...(end === null ? {} : { event: end.event }),
    }
  },
}

const fourSlots: Check = {
  id: 'four-slots',
  says: { en: `The cluster has ${SLOTS} slots, not more.`, zh: `集群只有 ${SLOTS} 个槽位。` },
  pass: { en: 'The cluster has {slots} slots.', zh: '集群有 {slots} 个槽位。' },
  fail: { en: 'The cluster has {slots} slots.', zh: '集群有 {slots} 个槽位。' },
  test(run) {
    const slots = slotsBrought(run)
    return { passed: slots <= SLOTS, values: { slots } }
  },
}

/** The task behind the keyBy keeps its parallelism: counting is what takes the time. */
const threeCounters: Check = {
  id: 'three-counters',
  says: { en: `Clicks are counted by ${COUNTERS} subtasks.`, zh: `计数仍由 ${COUNTERS} 个子任务完成。` },
  pass: { en: 'Clicks are counted by {counters} subtasks.', zh: '计数由 {counters} 个子任务完成。' },
  fail: { en: 'Clicks are counted by {counters} subtasks.', zh: '计数由 {counters} 个子任务完成。' },
  test(run) {
    const keyed = new Set(jobOf(run).edges.flatMap(({ partitioner, toVertex }) => (partitioner.name === 'HASH' ? [toVertex] : [])))
    const counters = Math.max(0, ...lastSubtasks(run).map(({ vertex, parallelism }) => (keyed.has(vertex) ? parallelism : 0)))
    return { passed: counters >= COUNTERS, values: { counters } }
  },
}

const sinksAlone: Check = {
  id: 'sinks-alone',
  says: { en: 'The sinks share a slot with no other task.', zh: 'sink 不与其他任务共享槽位。' },
  pass: { en: 'The sinks’ slots hold nothing but sinks.', zh: 'sink 的槽位里只有 sink。' },
  fail: { en: 'In a slot with a sink there is also: {others}.', zh: '与 sink 同在一个槽位的还有：{others}。' },
  test(run) {
    const sinks = new Set(run.header.streamGraph.nodes.flatMap(({ id, role }) => (role === 'sink' ? [id] : [])))
    const subtasks = lastSubtasks(run)
    const taskOf = (vertex: number) => jobOf(run).vertices[vertex]!
    const isSink = (vertex: number) => taskOf(vertex).chain.every(({ node }) => sinks.has(node))
    const sinkSlots = new Set(subtasks.flatMap(({ vertex, sharedSlot }) => (isSink(vertex) ? [sharedSlot] : [])))
    const others = subtasks.filter(({ vertex, sharedSlot }) => sinkSlots.has(sharedSlot) && !isSink(vertex))
    const names = [...new Set(others.map(({ vertex }) => taskOf(vertex).name))]
    return { passed: sinkSlots.size > 0 && names.length === 0, values: { others: names.join('; ') || '–' } }
  },
}

export const checks: readonly Check[] = [runs, fourSlots, threeCounters, sinksAlone]
export const startFails: readonly string[] = ['runs']
