import { sharesOf } from '../../../src/trace/checkpoints/payloads'
import { grownHeader } from '../../../src/trace/graphs'
import { TraceKind } from '../../../src/trace/kinds'
import { countOf, findEvent, firstInState, inSeconds, lastStatus } from '../../../src/trace/predicates'
import type { Check, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'
import { subtaskName } from '../../../src/trace/narration'

interface Restart {
  readonly event: number
  /** Which one it is; −1: the strategy says no. */
  readonly nth: number
  /** ms. */
  readonly delay: number
  /** Execution vertices that begin anew. */
  readonly region: readonly number[]
}

/** What the restart strategy said to each failure, of any job. */
function restartsOf(run: TraceOfRun): Restart[] {
  const restarts: Restart[] = []
  findEvent(run, TraceKind.RestartScheduled, (event) => {
    restarts.push({ event: event.index, nth: event.b, delay: event.x, region: sharesOf.restart(event).region })
    return false
  })
  return restarts
}

/** The first subtask that fails. */
const failedFirst = (run: TraceOfRun): number => firstInState(run, 'FAILED')
const refused = (run: TraceOfRun): Restart | undefined => restartsOf(run).find(({ nth }) => nth < 0)

/** When the failed subtask runs again. */
const backAgain = (run: TraceOfRun): number => {
  const from = failedFirst(run)
  return from < 0 ? -1 : findEvent(run, TraceKind.OffsetRestored, () => true, from)
}

/** What is read, by partition and offset, and what of it is printed. */
function orders(run: TraceOfRun): { readonly read: number; readonly missing: number } {
  const places = new Map<string, string>()
  const printed = new Set<string>()
  findEvent(run, TraceKind.SourceRecord, ({ process, a, b, c, d }) => {
    places.set(`${process} ${b}`, `${a} ${c} ${d}`)
    return false
  })
  findEvent(run, TraceKind.SinkRecord, ({ b, c }) => {
    const place = places.get(`${c} ${b}`)
    if (place !== undefined) printed.add(place)
    return false
  })
  const read = new Set(places.values())
  return { read: read.size, missing: [...read].filter((place) => !printed.has(place)).length }
}

const ofRestart =
  (show: (restart: Restart, run: TraceOfRun) => string): FactOf =>
  (run) => {
    const first = restartsOf(run)[0]
    return first === undefined ? null : { show: show(first, run), event: first.event }
  }

export const facts: LessonChecks['facts'] = {
  failed(run) {
    const event = failedFirst(run)
    if (event < 0) return null
    const header = grownHeader(run.header, run.log)
    const vertex = header.executionGraph.vertices[run.log.at(event).a]
    return {
      show: inSeconds(run.log.timeAt(event)),
      event,
      ...(vertex === undefined ? {} : { selection: { kind: 'subtask' as const, vertex: vertex.vertex, subtask: vertex.subtask } }),
    }
  },
  who(run) {
    const event = failedFirst(run)
    return event < 0 ? null : { show: subtaskName(grownHeader(run.header, run.log), run.log.at(event).a), event }
  },
  restarting: ofRestart(({ region }) => String(region.length)),
  subtasks: (run) => ({ show: String(run.header.executionGraph.vertices.length) }),
  delay: ofRestart(({ delay }) => `${delay / 1000} s`),
  meanwhile(run) {
    const [from, to] = [failedFirst(run), backAgain(run)]
    if (from < 0 || to < 0) return null
    let count = 0
    findEvent(
      run,
      TraceKind.SinkRecord,
      ({ index }) => {
        if (index < to) count++
        return index >= to
      },
      from,
    )
    return { show: String(count) }
  },
  back(run) {
    const event = backAgain(run)
    return event < 0 ? null : { show: inSeconds(run.log.timeAt(event)), event }
  },
  gaveUp(run) {
    const last = refused(run)
    return last === undefined ? null : { show: inSeconds(run.log.timeAt(last.event)), event: last.event }
  },
  failures: (run) => ({ show: String(restartsOf(run).length) }),
  status(run) {
    const last = lastStatus(run)
    return last === null ? null : { show: last.status, event: last.event }
  },
}

export const predictions: Readonly<Record<string, Prediction>> = {
  howMany: {
    ask: 'count',
    exact: 0,
    near: 1,
    answer(run) {
      const first = restartsOf(run)[0]
      return first === undefined ? null : { value: first.region.length, event: first.event }
    },
  },
}

/** How often the check fails, whatever the job does about it. */
const FAILURES = 4

const survives: Check = {
  id: 'survives',
  says: { en: 'The check fails four times, and the job runs on.', zh: '检查失败四次，作业仍继续运行。' },
  pass: {
    en: '{failures} failures, {restarts} restarts, and the job is {status}.',
    zh: '失败 {failures} 次，重启 {restarts} 次，作业处于 {status}。',
  },
  fail: {
    en: 'After {failures} failures and {restarts} restarts the job is {status}.',
    zh: '失败 {failures} 次、重启 {restarts} 次之后，作业处于 {status}。',
  },
  test(run) {
    const failures = countOf(run, TraceKind.FaultStruck)
    const restarts = restartsOf(run).filter(({ nth }) => nth > 0).length
    const last = lastStatus(run)
    const passed = failures >= FAILURES && (last?.status === 'RUNNING' || last?.status === 'FINISHED')
    const event = refused(run)?.event
    return { passed, values: { failures, restarts, status: last?.status ?? '–' }, ...(event === undefined ? {} : { event }) }
  },
}

const patient: Check = {
  id: 'patient',
  says: {
    en: 'Each wait is longer than the one before: whatever ails gets time to recover.',
    zh: '每次等待都比上一次长：给出问题的一方恢复的时间。',
  },
  pass: { en: 'It waits {waits}.', zh: '依次等待 {waits}。' },
  fail: { en: 'It waits {waits}.', zh: '依次等待 {waits}。' },
  test(run) {
    const delays = restartsOf(run).flatMap(({ nth, delay }) => (nth > 0 ? [delay] : []))
    const passed = delays.length >= FAILURES && delays.every((delay, nth) => nth === 0 || delay > delays[nth - 1]!)
    const waits = delays.length === 0 ? '0 s' : delays.map((delay) => `${(delay / 1000).toFixed(2)} s`).join(', ')
    return { passed, values: { waits } }
  },
}

const noneLost: Check = {
  id: 'none-lost',
  says: { en: 'Every order that is read is printed in the end.', zh: '读到的每个订单最终都打印出来。' },
  pass: { en: 'All {read} orders are printed.', zh: '{read} 个订单全部打印。' },
  fail: { en: '{missing} of {read} orders were read and are never printed.', zh: '读到的 {read} 个订单中有 {missing} 个始终没有打印。' },
  test(run) {
    const { read, missing } = orders(run)
    return { passed: read > 0 && missing === 0, values: { read, missing } }
  },
}

export const checks: readonly Check[] = [survives, patient, noneLost]
export const startFails: readonly string[] = ['survives', 'patient', 'none-lost']
