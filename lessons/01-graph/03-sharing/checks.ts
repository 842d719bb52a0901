import { allRunning, lastStatus, slotsUsed, taskOf } from '../../../src/trace/predicates'
import type { Check, LessonChecks, Prediction, SlotUse, TraceOfRun } from '../../../src/trace/predicates'

const verticesOf = ({ header }: TraceOfRun) => header.executionGraph.job.vertices

/** `Source: clicks #1, score #1`: a task by its first operator. */
const subtasksIn = (run: TraceOfRun, { subtasks }: SlotUse): string =>
  subtasks.map(({ vertex, subtask }) => `${verticesOf(run)[vertex]!.name.split(' -> ')[0]} #${subtask + 1}`).join(', ')

const sharing = (use: SlotUse): 'alone' | 'one task' | 'a slice' => {
  if (use.subtasks.length === 1) return 'alone'
  return new Set(use.subtasks.map(({ vertex }) => vertex)).size === use.subtasks.length ? 'a slice' : 'one task'
}

export const facts: LessonChecks['facts'] = {
  running(run) {
    const event = allRunning(run)
    return event < 0 ? null : { show: `${(run.log.timeAt(event) / 1_000_000).toFixed(1)} s`, event }
  },
  firstSlot(run) {
    const use = slotsUsed(run)[0]
    if (use === undefined) return null
    const { host, slot, event } = use
    return { show: subtasksIn(run, use), event, selection: { kind: 'slot', host, slot } }
  },
  used: (run) => ({ show: String(slotsUsed(run).length) }),
  threads: ({ header }) => ({ show: String(header.executionGraph.vertices.length) }),
}

const PLACES = ['alone', 'one task', 'a slice'] as const

export const predictions: Readonly<Record<string, Prediction>> = {
  whatIsInside: {
    ask: 'choice',
    choices: [
      { en: 'One subtask: source #1', zh: '一个子任务：source #1' },
      { en: 'Both subtasks of the source', zh: 'source 的两个子任务' },
      { en: 'One subtask of each task: source #1 and score #1', zh: '每个任务各一个子任务：source #1 和 score #1' },
    ],
    answer(run) {
      const use = slotsUsed(run)[0]
      return use === undefined ? null : { value: PLACES.indexOf(sharing(use)), event: use.event }
    },
  },
}

const SCORE = 'score'

const scoreAlone: Check = {
  id: 'score-alone',
  says: { en: 'The slots of `score` hold no other operator.', zh: '`score` 的槽位里没有别的算子。' },
  pass: { en: 'score has {slots} slots to itself.', zh: 'score 独占 {slots} 个槽位。' },
  fail: { en: 'With score in a slot: {others}.', zh: '与 score 同在一个槽位的还有：{others}。' },
  test(run) {
    const task = taskOf(run, SCORE)
    const uses = slotsUsed(run).filter(({ subtasks }) => subtasks.some(({ vertex }) => vertex === task))
    const { nodes } = run.header.streamGraph
    const nameOf = (node: number): string => nodes.find(({ id }) => id === node)?.name ?? ''
    // Operators chained to it are in its slot as well.
    const inside = uses.flatMap(({ subtasks }) =>
      subtasks.flatMap(({ vertex }) => verticesOf(run)[vertex]!.chain.map(({ node }) => nameOf(node))),
    )
    const others = [...new Set(inside.filter((name) => name !== SCORE))]
    return {
      passed: uses.length > 0 && others.length === 0,
      values: { slots: uses.length, others: others.join(', ') || '–' },
      ...(uses[0] === undefined ? {} : { event: uses[0].event }),
    }
  },
}

/** All other tasks still share: as many slots as the widest of them is wide. S-1 */
const othersShare: Check = {
  id: 'others-share',
  says: { en: 'All other operators share their slots, as before.', zh: '其他算子照旧共享槽位。' },
  pass: { en: 'The other operators share {slots} slots.', zh: '其他算子共享 {slots} 个槽位。' },
  fail: { en: 'The other operators take {slots} slots; {least} would do.', zh: '其他算子占了 {slots} 个槽位，其实 {least} 个就够。' },
  test(run) {
    const task = taskOf(run, SCORE)
    const others = verticesOf(run).filter(({ index }) => index !== task)
    const least = Math.max(0, ...others.map(({ parallelism }) => parallelism))
    const slots = slotsUsed(run).filter(({ subtasks }) => subtasks.some(({ vertex }) => vertex !== task)).length
    return { passed: least > 0 && slots === least, values: { slots, least } }
  },
}

const runs: Check = {
  id: 'runs',
  says: { en: 'The job runs to its end in the slots there are.', zh: '作业用现有的槽位运行到结束。' },
  pass: { en: 'FINISHED, in {slots} slots.', zh: 'FINISHED，用了 {slots} 个槽位。' },
  fail: { en: '{status}, with {slots} slots in hand.', zh: '{status}，拿到 {slots} 个槽位。' },
  test(run) {
    const end = lastStatus(run)
    return { passed: end?.status === 'FINISHED', values: { status: end?.status ?? '–', slots: slotsUsed(run).length } }
  },
}

export const checks: readonly Check[] = [scoreAlone, othersShare, runs]
export const startFails: readonly string[] = ['score-alone']
