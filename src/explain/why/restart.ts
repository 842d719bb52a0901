import { CheckpointingOptions, HeartbeatManagerOptions, HighAvailabilityOptions, RestartStrategyOptions } from '../../core/options'
import { TraceKind } from '../../trace/kinds'
import { checkpointsAt, statusOf } from '../../trace/checkpoints/queries'
import { hostName, hostOfProcess, hostOfTaskManager } from '../../trace/narration/naming'
import { failedHeld, tolerate } from './checkpoint'
import { moreTaskManagers } from './fixes'
import type { Held } from './hold'
import { thrownIn } from './jobs'
import { checkpointsOf } from './known'
import { handAt, setting, undo } from './settings'
import { spanOf, type Situation } from './situation'
import type { Answer, Cause, Fix, Question } from './types'

type Asked = Extract<Question, { about: 'restart' }>

interface Decision {
  readonly strategy: string
  readonly failure: string
  /** Execution vertex; −1: the whole job. */
  readonly vertex: number
}

function decisionAt(s: Situation, event: number): Decision & { readonly number: number; readonly delay: number } {
  const row = s.at(event)
  const { b: number, x: delay } = row
  const told = row.value() as Partial<Decision> | null
  return { strategy: String(told?.strategy ?? ''), failure: String(told?.failure ?? ''), vertex: Number(told?.vertex ?? -1), number, delay }
}

/** Why did the job restart, or why did it not? null: the event is neither a scheduler's decision nor the death of a JobManager. */
export function whyRestart(s: Situation, question: Asked): Answer | null {
  const { event } = question
  if (event > s.event || event < 0) return null
  const { kind } = s.at(event)
  if (kind === TraceKind.JobManagerDied) return { question, ...died(s, event) }
  if (kind !== TraceKind.RestartScheduled) return null
  return { question, ...decided(s, s.at(event).a, event) }
}

/** What a scheduler's decision came from: of a job that restarts the failure, of one that does not the strategy behind it. */
export function decided(s: Situation, job: number, event: number): Held {
  const { number, delay } = decisionAt(s, event)
  const name = s.graph.job.jobs[job]?.name ?? ''
  const failure = failureHeld(s, job, event)
  if (number >= 0) {
    const first = s.cause('restarted', { job: name, number, delay: spanOf(delay) }, event)
    return { ...failure, causes: [first, ...failure.causes] }
  }
  const not = suppressed(s, job, event)
  return {
    causes: [s.cause('not-restarted', { job: name }, event), ...failure.causes, ...not.causes],
    root: not.root,
    fixes: [...not.fixes, ...failure.fixes],
  }
}

/** S-13, R-2 … R-7: why nothing is restarted. */
function suppressed(s: Situation, job: number, event: number): Held {
  const { strategy } = decisionAt(s, event)
  const status = s.evidence.jobs[job]?.list(s.event).find((one) => one > event) ?? -1
  if (status >= 0 && /failure is not recoverable/.test(s.at(status).text()))
    return { causes: [s.cause('unrecoverable', {}, status)], root: 'unrecoverable', fixes: [] }
  const cause = (code: string, args: Cause['args'] = {}): Cause => s.cause(code, { strategy: strategy.split('(')[0]!, ...args }, event)
  const { RESTART_STRATEGY, RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS: ATTEMPTS } = RestartStrategyOptions
  if (strategy.startsWith('NoRestart')) {
    if (s.option(job, RESTART_STRATEGY) === undefined)
      return {
        causes: [cause('no-checkpointing-no-restart')],
        root: 'no-checkpointing',
        fixes: [...checkpointing(s, job), ...setting(s, job, RESTART_STRATEGY, 'fixed-delay', { [ATTEMPTS.key]: '10' })],
      }
    return { causes: [cause('strategy-none')], root: 'strategy-none', fixes: setting(s, job, RESTART_STRATEGY, 'exponential-delay') }
  }
  if (strategy.startsWith('FailureRate')) {
    const option = RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL
    const most = s.option(job, option)
    const interval = s.option(job, RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL)
    return {
      causes: [cause('failure-rate-is', { most, interval: spanOf(interval) })],
      root: 'failure-rate',
      fixes: setting(s, job, option, String(most * 10)),
    }
  }
  const exponential = strategy.startsWith('Exponential')
  const option = exponential ? RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS : ATTEMPTS
  const attempts = s.option(job, option)
  return {
    causes: [cause('attempts-are', { attempts })],
    root: 'attempts-used-up',
    fixes: setting(s, job, option, String(Math.max(1, attempts) * 10)),
  }
}

export const checkpointing = (s: Situation, job: number): Fix[] => setting(s, job, CheckpointingOptions.CHECKPOINTING_INTERVAL, '1 s')

const GONE =
  /Heartbeat of TaskManager|no longer reachable|RemoteTransportException|RecipientUnreachable|TaskManager|heartbeat of JobManager/i

/** The failure behind a decision, to whoever or whatever brought it about. */
export function failureHeld(s: Situation, job: number, event: number): Held {
  const { failure, vertex } = decisionAt(s, event)
  const time = s.timeOf(event)
  const lines = failure.split('\n').map((line) => line.trim().replace(/^Caused by: /, ''))
  const message = lines[0] ?? ''
  const where = vertex >= 0 ? s.subtaskSelection(vertex) : undefined
  const first = [
    vertex >= 0
      ? s.cause('task-failed', { task: s.subtaskName(vertex), message }, event, where)
      : s.cause('job-failed', { job: s.graph.job.jobs[job]?.name ?? '', message }, event),
  ]
  if (lines.length > 1) first.push(s.cause('caused-by', { message: lines.at(-1)! }, event, where))
  const held =
    tooManyFailed(s, job, event, failure) ??
    onPurpose(s, vertex, event) ??
    ofTaskManager(s, vertex, event, failure) ??
    (/NoResourceAvailable/.test(failure) ? noSlots(s) : null) ??
    thrown(s, job, event) ??
    outage(s, time)
  return held === null ? { causes: first, root: 'task-failed', fixes: [] } : { ...held, causes: [...first, ...held.causes] }
}

/** C-10: more checkpoints in a row failed than are tolerated. */
function tooManyFailed(s: Situation, job: number, event: number, failure: string): Held | null {
  if (!/checkpoint tolerable failure threshold/.test(failure)) return null
  const state = checkpointsOf(s)
  const track = checkpointsAt(state, job).findLast((one) => one.ended >= 0 && one.ended <= event && statusOf(state, one) === 'failed')
  if (track === undefined) return null
  const held = failedHeld(s, track)
  const ways = tolerate(s, track)
  const known = held.fixes.filter(({ args }) => !ways.some((way) => way.args.key !== undefined && way.args.key === args.key))
  return { ...held, fixes: [...known, ...ways] }
}

/** A task that was made to fail: of the same decision if nothing was decided in between. */
function onPurpose(s: Situation, vertex: number, event: number): Held | null {
  const before = s.evidence.decisionsOfAll.last(event - 1)
  const struck = s.evidence.struck.list(event).findLast((one) => one > before && s.at(one).b === vertex)
  if (struck === undefined) return null
  const { a: hand } = s.at(struck)
  return { causes: [s.cause('struck-by-hand', {}, struck)], root: 'failed-on-purpose', fixes: undo(s, hand) }
}

/** Its TaskManager has died, was stopped, or could not be reached. */
function ofTaskManager(s: Situation, vertex: number, event: number, failure: string): Held | null {
  if (!GONE.test(failure)) return null
  const time = s.timeOf(event)
  const lost = s.evidence.lost.list(s.event).findLast((one) => one <= event)
  const host = lost !== undefined && s.timeOf(lost) === time ? s.at(lost).a : -1
  // A connection breaks before anybody knows of whom: the last hand that could have done it.
  const killed = handAt(s, time, 'kill-task-manager', (one) => host < 0 || hostOfTaskManager(s.header, one.host) === host)
  const stopped = handAt(s, time, 'stop-task-manager', (one) => host < 0 || hostOfTaskManager(s.header, one.host) === host)
  const cut = handAt(s, time, 'cut-link', (one) => one.until > (host < 0 ? time - 1e6 : 0) && (host < 0 || one.hosts.includes(host)))
  const hand = Math.max(killed, stopped, cut)
  const causes: Cause[] = []
  if (host >= 0 && lost !== undefined)
    causes.push(
      s.cause('task-manager-lost', { host: hostName(s.header, host), why: s.at(lost).text() }, lost, { kind: 'taskManager', host }),
    )
  if (hand < 0) {
    const own = vertex < 0 ? -1 : hostOfProcess(s.processOf(vertex))
    return causes.length === 0 && own < 0 ? null : causes.length === 0 ? null : { causes, root: 'task-manager-lost', fixes: [] }
  }
  const done = s.sources.scenario.interventions[hand]!
  const at = s.interventionEvent(hand)
  if (done.do === 'cut-link') {
    const names = done.hosts.map((one) => hostName(s.header, one)).join(', ')
    const longer = HeartbeatManagerOptions.HEARTBEAT_TIMEOUT
    const needed = Math.ceil((done.until - done.at) / 1e6) + Math.ceil(s.option(0, longer) / 1000)
    return {
      causes: [...causes, s.cause('link-was-cut', { hosts: names }, at)],
      root: 'link-cut',
      fixes: [...undo(s, hand), ...setting(s, 0, longer, `${needed} s`)],
    }
  }
  const of = done.do === 'kill-task-manager' || done.do === 'stop-task-manager' ? hostOfTaskManager(s.header, done.host) : -1
  const code = done.do === 'kill-task-manager' ? 'was-killed' : 'was-stopped'
  return {
    causes: [...causes, s.cause(code, { host: hostName(s.header, of) }, at, { kind: 'taskManager', host: of })],
    root: done.do === 'kill-task-manager' ? 'task-manager-killed' : 'task-manager-stopped',
    fixes: undo(s, hand),
  }
}

function noSlots(s: Situation): Held {
  const lost = s.evidence.lost.last(s.event)
  return {
    causes: [
      s.cause('no-slots', {}, -1),
      ...(lost < 0 ? [] : [s.cause('task-manager-lost', { host: hostName(s.header, s.at(lost).a), why: s.at(lost).text() }, lost)]),
    ],
    root: 'no-slots',
    fixes: moreTaskManagers(s),
  }
}

/** The program's own code: the last thing that it threw since the decision before. */
function thrown(s: Situation, job: number, event: number): Held | null {
  const before = s.evidence.decisions[job]?.last(event - 1) ?? -1
  const last = s.evidence.problems.last(event)
  return last > before ? thrownIn(s.atEvent(event)) : null
}

function outage(s: Situation, time: number): Held | null {
  const hand = handAt(s, time, 'system-outage', (one) => one.until > time - 1e6)
  if (hand < 0) return null
  const done = s.sources.scenario.interventions[hand]!
  const system = done.do === 'system-outage' ? done.system : ''
  return { causes: [s.cause('system-is-out', { system }, s.interventionEvent(hand))], root: 'outside-unavailable', fixes: undo(s, hand) }
}

/** The JobManager died: what becomes of jobs depends on what was kept elsewhere. */
export function died(s: Situation, event: number): Held {
  const hand = handAt(s, s.timeOf(event), 'kill-job-manager')
  const causes = [s.cause('job-manager-died', {}, event)]
  const started = s.evidence.leaders.list(s.event).find((one) => one > event)
  const kept = started === undefined ? s.option(0, HighAvailabilityOptions.HA_MODE).toLowerCase() !== 'none' : s.at(started).b === 1
  if (kept) {
    if (started !== undefined) causes.push(s.cause('taken-over', {}, started))
    return { causes, root: 'job-manager-died', fixes: undo(s, hand) }
  }
  causes.push(s.cause('nothing-kept', {}, started ?? event))
  return { causes, root: 'no-high-availability', fixes: [...highAvailability(s), ...undo(s, hand)] }
}

export const highAvailability = (s: Situation): Fix[] =>
  setting(s, 0, HighAvailabilityOptions.HA_MODE, 'zookeeper', { [HighAvailabilityOptions.HA_STORAGE_PATH.key]: 'hdfs:///flink/ha' })
