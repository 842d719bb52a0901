import type { Configuration } from '../../core/configuration'
import { JobManagerOptions, ResourceManagerOptions } from '../../core/options'
import { sharedSlotsOf } from '../../trace/cluster/members'
import { busyShare, executionStateOf, schedulerStateOf, taskManagersOf, waitingSharedSlots } from '../../trace/cluster/queries'
import type { ClusterState } from '../../trace/cluster/state'
import type { ExecutionState } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import type { JobNeed } from './arithmetic'

/** Glyphs of the execution states, from empty to full; the word stands beside it or in the title. */
export const STATE_GLYPHS: Readonly<Record<ExecutionState, string>> = {
  CREATED: '○',
  SCHEDULED: '◌',
  DEPLOYING: '◔',
  INITIALIZING: '◑',
  RUNNING: '●',
  FINISHED: '✓',
  CANCELING: '◍',
  CANCELED: '⊘',
  FAILED: '✕',
  RECONCILING: '○',
}

export interface SubtaskFact {
  /** Execution vertex. */
  readonly index: number
  readonly vertex: number
  readonly subtask: number
  readonly task: string
  readonly short: string
  readonly execution: ExecutionState
  /** From 1. */
  readonly attempt: number
  readonly busy: number
  readonly blocked: number
}
/** Whether a thread of the TaskManager is its own at the moment. */
export const hasThread = ({ execution }: SubtaskFact): boolean =>
  execution === 'DEPLOYING' || execution === 'INITIALIZING' || execution === 'RUNNING' || execution === 'CANCELING'

export interface SlotFact {
  readonly host: number
  readonly slot: number
  readonly free: boolean
  /** The job that has it, −1 for none; with nothing in it, it is kept. */
  readonly job: number
  readonly group: string
  readonly badge: string
  readonly subtasks: readonly SubtaskFact[]
  readonly since: number
}
export interface TaskManagerFact {
  readonly host: number
  /** From 1: how interventions call it. */
  readonly number: number
  readonly name: string
  readonly state: 'notYet' | 'registered' | 'lost'
  /** Virtual µs since when, −1 unknown. */
  readonly since: number
  /** Why it is lost, in Flink's words. */
  readonly reason: string
  readonly inOrder: boolean
  /** Virtual µs at which it will start; 0 with the cluster. */
  readonly startsAt: number
  readonly slots: readonly SlotFact[]
  readonly used: number
}
export interface WaitFact {
  readonly job: number
  /** null: the adaptive scheduler waits, for the job as a whole. */
  readonly group: string | null
  readonly badge: string
  readonly slots: readonly (readonly SubtaskFact[])[]
  /** Virtual µs. */
  readonly since: number
}

export const titleOf = (name: string): string => name.replaceAll(' -> ', ' → ')
/** `Source: flights -> Filter` → `flights +1`. */
export function shortOf(name: string): string {
  const operators = name.split(' -> ')
  const first = operators[0]!.replace(/^(Source|Sink): /, '')
  return operators.length === 1 ? first : `${first} +${operators.length - 1}`
}

const PAINT = 'color-mix(in srgb, var(--ink3) 55%, transparent)'
/** Backgrounds that tell groups apart without a colour: colours mean other things here. After five they come again, with other letters. */
const PATTERNS: readonly string[] = [
  PAINT,
  `repeating-linear-gradient(-45deg, ${PAINT} 0 2px, transparent 2px 5px)`,
  `repeating-linear-gradient(90deg, ${PAINT} 0 2px, transparent 2px 6px)`,
  `radial-gradient(${PAINT} 1.2px, transparent 1.5px) 0 0 / 4px 4px`,
  `repeating-linear-gradient(0deg, ${PAINT} 0 1px, transparent 1px 3px)`,
]
export const patternOf = (badge: string): string =>
  badge === '' ? 'none' : PATTERNS[(badge.charCodeAt(badge.length - 1) - 65) % PATTERNS.length]!

/** `job group` → its letter. */
export const badgesOf = (needs: readonly JobNeed[]): ReadonlyMap<string, string> =>
  new Map(needs.flatMap(({ job, groups }) => groups.map(({ name, badge }) => [`${job} ${name}`, badge] as const)))

/** How busy it was is looked up only where it is drawn (`busy`): it costs more than all the rest. */
export function subtaskFact(state: ClusterState, index: number, time: number, busy: boolean): SubtaskFact {
  const { vertex, subtask } = state.graph.vertices[index]!
  const { name } = state.graph.job.vertices[vertex]!
  const share = busy ? busyShare(state, index, time) : null
  return {
    index,
    vertex,
    subtask,
    task: titleOf(name),
    short: shortOf(name),
    execution: executionStateOf(state, index),
    attempt: state.attempt[index]! + 1,
    busy: share?.busy ?? 0,
    blocked: share?.backPressured ?? 0,
  }
}

/** The machines at the moment; those that will start later are known from the header. */
export function taskManagerFacts(
  state: ClusterState,
  log: TraceLog,
  badges: ReadonlyMap<string, string>,
  time: number,
  busy: boolean,
): TaskManagerFact[] {
  const at = (event: number): number => (event < 0 ? -1 : log.timeAt(event))
  return taskManagersOf(state).map((known, i): TaskManagerFact => {
    const slots = known.slots.map(({ host, slot, job, content, since }): SlotFact => {
      const group = content?.group ?? ''
      const subtasks = content?.subtasks.map((index) => subtaskFact(state, index, time, busy)) ?? []
      return { host, slot, free: job < 0, job, group, badge: badges.get(`${job} ${group}`) ?? '', subtasks, since: at(since) }
    })
    const lost = known.state === 'lost' ? log.at(known.since) : null
    return {
      host: known.host,
      number: i + 1,
      name: known.name,
      state: known.state,
      since: at(known.since),
      reason: lost?.text() ?? '',
      inOrder: lost?.b === 0,
      startsAt: state.plan.hosts.find(({ host }) => host === known.host)?.startsAt ?? 0,
      slots,
      used: slots.filter(({ free }) => !free).length,
    }
  })
}

/** What waits, by job and group; a job of the adaptive scheduler waits as a whole, for as many slots as it can get. */
export function waitFacts(state: ClusterState, log: TraceLog, badges: ReadonlyMap<string, string>, time: number): WaitFact[] {
  const waits = new Map<string, { job: number; group: string | null; badge: string; slots: SubtaskFact[][]; since: number }>()
  state.graph.job.jobs.forEach((_, job) => {
    if (schedulerStateOf(state, job) !== 'WaitingForResources') return
    waits.set(`${job}`, { job, group: null, badge: '', slots: [], since: log.timeAt(state.schedulerEvent[job]!) })
  })
  for (const { job, group, subtasks, since } of waitingSharedSlots(state)) {
    const key = `${job} ${group}`
    const facts = subtasks.map((index) => subtaskFact(state, index, time, false))
    const known = waits.get(key)
    if (known === undefined) waits.set(key, { job, group, badge: badges.get(key) ?? '', slots: [facts], since: log.timeAt(since) })
    else known.slots.push(facts)
  }
  return [...waits.values()]
}

/** Slots that the jobs would take, by job and group: of what does not run there is nothing else. */
export function plannedFacts(state: ClusterState, badges: ReadonlyMap<string, string>, time: number): WaitFact[] {
  const groups = new Map<string, { job: number; group: string; badge: string; slots: SubtaskFact[][]; since: number }>()
  for (const { job, group, subtasks, alive } of sharedSlotsOf(state.graph)) {
    if (!alive) continue
    const key = `${job} ${group}`
    const known = groups.get(key) ?? { job, group, badge: badges.get(key) ?? '', slots: [], since: 0 }
    known.slots.push(subtasks.map((index) => subtaskFact(state, index, time, false)))
    groups.set(key, known)
  }
  return [...groups.values()]
}

/** Until when something is waited for, and the key that says so. */
export interface Patience {
  readonly key: string
  /** Virtual µs. */
  readonly at: number
}

/**
 * Until when a request of virtual µs `since` is waited for (S-5): as long as a slot request may take; but once the resource manager's
 * start-up grace is over it says at once that there is not enough.
 */
export function patienceOf(configuration: Configuration, since: number): Patience {
  const { SLOT_REQUEST_TIMEOUT } = JobManagerOptions
  const { STANDALONE_CLUSTER_STARTUP_PERIOD_TIME } = ResourceManagerOptions
  const timeout = configuration.get(SLOT_REQUEST_TIMEOUT) * 1000
  const grace = configuration.get(STANDALONE_CLUSTER_STARTUP_PERIOD_TIME)
  if (grace !== undefined && grace >= 0 && grace * 1000 < since + timeout)
    return { key: STANDALONE_CLUSTER_STARTUP_PERIOD_TIME.key, at: Math.max(since, grace * 1000) }
  return { key: SLOT_REQUEST_TIMEOUT.key, at: since + timeout }
}

/** The adaptive scheduler's (S-7): it takes what there is once that has not changed for a while, and gives up if nothing runs with it. */
export function adaptivePatienceOf(
  configuration: Configuration,
  since: number,
): Patience & { readonly stable: number; readonly stableKey: string } {
  const { RESOURCE_WAIT_TIMEOUT, RESOURCE_STABILIZATION_TIMEOUT } = JobManagerOptions
  return {
    key: RESOURCE_WAIT_TIMEOUT.key,
    at: since + configuration.get(RESOURCE_WAIT_TIMEOUT) * 1000,
    stable: configuration.get(RESOURCE_STABILIZATION_TIMEOUT),
    stableKey: RESOURCE_STABILIZATION_TIMEOUT.key,
  }
}
