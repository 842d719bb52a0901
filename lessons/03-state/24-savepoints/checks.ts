import { javaToString } from '../../../src/core/values'
import { TraceKind } from '../../../src/trace/kinds'
import { countOf, findEvent, inSeconds, lastStatus } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

/** The start from a savepoint; −1: there is none. */
const restored = (run: TraceOfRun): number => findEvent(run, TraceKind.JobRestored, ({ b, d }) => b > 0 && d === 1)

/** What is quoted of the reason for which the job ended. */
const ofReason =
  (part: RegExp): FactOf =>
  (run) => {
    const last = lastStatus(run)
    const found = last === null ? null : part.exec(last.reason)
    return last === null || found === null ? null : { show: found[1]!, event: last.event }
  }

export const facts: LessonChecks['facts'] = {
  path: ofReason(/Failed to rollback to checkpoint\/savepoint (\S+)\. /),
  operator: ofReason(/state for operator (\w+) to the new program/),
  status(run) {
    const last = lastStatus(run)
    return last === null ? null : { show: last.status, event: last.event }
  },
  ends(run) {
    const last = lastStatus(run)
    return last === null ? null : { show: inSeconds(run.log.timeAt(last.event)), event: last.event }
  },
}

/** `ann: 15`, as the program prints it. */
const COUNT = /^(\w+): (\d+)$/
interface Counted {
  /** The last count of each user, added up. */
  readonly counted: number
  /** How far the partitions were read, added up: visits since ever. */
  readonly visits: number
  readonly event: number
}
function countsIn(run: TraceOfRun): Counted {
  const last = new Map<string, number>()
  const read = new Map<number, number>()
  let event = -1
  findEvent(run, TraceKind.SinkRecord, (record) => {
    const [, user, count] = COUNT.exec(javaToString(record.value())) ?? []
    if (user === undefined) return false
    last.set(user, Number(count))
    event = record.index
    return false
  })
  findEvent(run, TraceKind.SourceRecord, ({ c, d }) => {
    read.set(c, Math.max(read.get(c) ?? 0, d + 1))
    return false
  })
  const sum = (all: Iterable<number>): number => [...all].reduce((a, b) => a + b, 0)
  return { counted: sum(last.values()), visits: sum(read.values()), event }
}

export const predictions: Readonly<Record<string, Prediction>> = {
  whatThen: {
    ask: 'choice',
    choices: [
      { en: 'It goes on counting where it stopped.', zh: '从停下的地方接着计数。' },
      { en: 'It runs, and all counts begin at 1.', zh: '照常运行，所有计数从 1 开始。' },
      { en: 'It does not start.', zh: '根本启动不了。' },
    ],
    answer(run) {
      const last = lastStatus(run)
      if (last === null) return null
      const event = restored(run)
      if (event < 0) return last.status === 'FAILED' ? { value: 2, event: last.event } : null
      const first = findEvent(run, TraceKind.SinkRecord, () => true)
      if (first < 0) return null
      return { value: COUNT.exec(javaToString(run.log.at(first).value()))?.[2] === '1' ? 1 : 0, event: first }
    },
  },
}

const fromSavepoint: Check = {
  id: 'from-savepoint',
  says: { en: 'The job starts from the savepoint.', zh: '作业从保存点启动。' },
  pass: { en: 'It starts from {path}.', zh: '从 {path} 启动。' },
  fail: { en: 'It does not start from a savepoint; it is {status}.', zh: '没有从保存点启动；作业处于 {status}。' },
  test(run) {
    const event = restored(run)
    const values = { path: event < 0 ? '–' : run.log.at(event).text(), status: lastStatus(run)?.status ?? '–' }
    return { passed: event >= 0, values, ...(event < 0 ? {} : { event }) }
  },
}

const goesOn: Check = {
  id: 'goes-on',
  says: { en: 'Every visit since ever is counted, those before the savepoint, too.', zh: '有史以来的每次访问都计入，包括保存点之前的。' },
  pass: { en: 'The counts add up to {counted}, as many as there were visits.', zh: '各计数合计 {counted}，与访问次数相同。' },
  fail: { en: 'The counts add up to {counted}, of {visits} visits.', zh: '各计数合计 {counted}，而访问共有 {visits} 次。' },
  test(run) {
    const { counted, visits, event } = countsIn(run)
    return { passed: visits > 0 && counted === visits, values: { counted, visits }, ...(event < 0 ? {} : { event }) }
  },
}

const three: Check = {
  id: 'three',
  says: { en: 'Three subtasks count.', zh: '由三个子任务计数。' },
  pass: { en: 'Three subtasks count.', zh: '三个子任务在计数。' },
  fail: {
    en: '{subtasks} subtasks run by key, {began} tasks in all have begun.',
    zh: '按键划分的子任务有 {subtasks} 个，共有 {began} 个任务启动过。',
  },
  test(run) {
    const { job, vertices } = run.header.executionGraph
    const keyed = job.edges.find(({ partitioner }) => partitioner.name === 'HASH')?.toVertex ?? -1
    const subtasks = vertices.filter(({ vertex }) => vertex === keyed).length
    const began = countOf(run, TraceKind.ExecutionState) === 0 ? 0 : vertices.length
    return { passed: subtasks === 3 && began > 0, values: { subtasks, began } }
  },
}

export const checks: readonly Check[] = [fromSavepoint, goesOn, three]
export const startFails: readonly string[] = ['from-savepoint', 'goes-on', 'three']
