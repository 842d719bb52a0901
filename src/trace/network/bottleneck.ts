import { aliveVertices } from '../cluster/members'
import type { StreamGraph } from '../../graph/types'
import type { TraceLog } from '../log'
import { channelBuffers } from './buffers'
import { Io } from './ioTrack'
import { levelOf, sharesOf } from './metrics'
import type { Measure, Shares } from './metrics'
import { attemptAt, stepAt } from './state'
import type { NetworkState } from './state'

/** A subtask, and what it does with its time. */
export interface SubtaskShares {
  /** Execution vertex. */
  readonly vertex: number
  readonly subtask: number
  readonly shares: Shares
}

/** A task as the dashboard shows it: the maxima over its subtasks (N-11). null: none of them runs. */
export interface TaskShares {
  readonly task: number
  readonly subtasks: readonly SubtaskShares[]
  /** NaN: not known. */
  readonly busy: number
  readonly backPressured: number
  readonly idle: number
}

export function taskShares(state: NetworkState, streamGraph: StreamGraph, task: number, measure: Measure): TaskShares {
  const subtasks = aliveVertices(state.graph, task).flatMap((vertex): SubtaskShares[] => {
    const shares = sharesOf(state, streamGraph, vertex, measure)
    return shares === null ? [] : [{ vertex, subtask: state.graph.vertices[vertex]!.subtask, shares }]
  })
  const most = (of: (shares: Shares) => number): number => subtasks.reduce((greatest, { shares }) => Math.max(greatest, of(shares)), 0)
  return {
    task,
    subtasks,
    busy: subtasks.some(({ shares }) => Number.isNaN(shares.busy)) ? NaN : most(({ busy }) => busy),
    backPressured: most(({ backPressured }) => backPressured),
    idle: most(({ idle }) => idle),
  }
}

/** Why the bottleneck is slow. */
export type Reason =
  /** One subtask alone is busy: it has that share of the task's records of the last second, of `subtasks`. */
  | { readonly kind: 'skew'; readonly share: number; readonly subtasks: number; readonly records: number }
  /** So many requests are in flight, and no more are allowed. */
  | { readonly kind: 'async'; readonly inFlight: number }
  /** Channels wait for the other barriers of a checkpoint. */
  | { readonly kind: 'alignment'; readonly checkpoint: number; readonly channel: number; readonly event: number }
  | { readonly kind: 'cost' }

export interface Bottleneck {
  readonly kind: 'bottleneck'
  readonly task: number
  /** Its subtask that is busiest. */
  readonly vertex: number
  readonly busy: number
  /** Tasks that wait for it, nearest first. */
  readonly waiting: readonly number[]
  /** What one record costs it, µs, and how many it takes a second; 0 records: none in that second. */
  readonly cost: number
  readonly records: number
  readonly reason: Reason
  /** Since when it has been busy, and since when the nearest that waits has waited: the events; −1. */
  readonly busyEvent: number
  readonly waitingEvent: number
  /** The channel on which that waits; −1. */
  readonly channel: number
}

/** What one may say of a job: who holds it up; or who works as much as it can, while nobody waits for it yet; or that nobody does. */
export type Verdict =
  | Bottleneck
  | { readonly kind: 'busy'; readonly task: number; readonly vertex: number; readonly busy: number; readonly event: number }
  | { readonly kind: 'free'; readonly task: number; readonly busy: number }
  | { readonly kind: 'nothing' }

const SECOND = 1_000_000
/** From here on a task has hardly any time left. */
const BUSY = 0.8

/**
 * As one reads Flink's dashboard: a task that is back-pressured waits for one behind it; the first that does not wait itself is the one that holds
 * them up. Where a back-pressured task feeds several, the way goes on over the channels that have no credit, then over the busiest.
 */
export function verdictOf(state: NetworkState, log: TraceLog, streamGraph: StreamGraph, job: number, measure: Measure): Verdict {
  const tasks = state.graph.job.vertices
    .filter((vertex) => vertex.job === job)
    .map(({ index }) => taskShares(state, streamGraph, index, measure))
    .filter(({ subtasks }) => subtasks.length > 0)
  if (tasks.length === 0) return { kind: 'nothing' }
  const byTask = new Map(tasks.map((task) => [task.task, task]))
  const waits = (task: number): boolean => levelOf(byTask.get(task)?.backPressured ?? 0) !== 'ok'
  const waiting = tasks.filter(({ task }) => waits(task)).sort((one, other) => other.backPressured - one.backPressured)
  // The one that waits most and is farthest down: none of those that it feeds waits.
  for (const { task } of waiting) {
    const way = wayDown(state, task, byTask, waits)
    const last = way.at(-1)!
    if (waits(last)) continue
    return bottleneck(state, log, byTask.get(last)!, way.slice(0, -1).reverse())
  }
  const busiest = tasks.reduce((most, task) => ((task.busy || 0) > (most.busy || 0) ? task : most))
  if (!(busiest.busy >= BUSY)) return { kind: 'free', task: busiest.task, busy: busiest.busy || 0 }
  const { vertex } = busiestOf(busiest)
  return { kind: 'busy', task: busiest.task, vertex, busy: busiest.busy, event: attemptAt(state, vertex)?.io.at(state.event).event ?? -1 }
}

const busiestOf = ({ subtasks }: TaskShares): SubtaskShares =>
  subtasks.reduce((most, one) => ((one.shares.busy || 0) > (most.shares.busy || 0) ? one : most))

/** From a task that waits to the first that does not. */
function wayDown(state: NetworkState, from: number, tasks: ReadonlyMap<number, TaskShares>, waits: (task: number) => boolean): number[] {
  const way = [from]
  for (;;) {
    const task = way.at(-1)!
    if (!waits(task)) return way
    const next = state.graph.job.edges
      .filter(({ fromVertex, toVertex }) => fromVertex === task && tasks.has(toVertex) && !way.includes(toVertex))
      .map(({ index, toVertex }) => ({
        toVertex,
        full: isFull(state, task, index) ? 1 : 0,
        waits: waits(toVertex) ? 1 : 0,
        busy: tasks.get(toVertex)!.busy || 0,
      }))
      .sort((one, other) => other.full - one.full || other.waits - one.waits || other.busy - one.busy)[0]
    if (next === undefined) return way
    way.push(next.toVertex)
  }
}

/** Whether something waits for credits on a job edge. */
const isFull = (state: NetworkState, task: number, edge: number): boolean => channelsOf(state, task, edge).length > 0

function channelsOf(state: NetworkState, task: number, edge: number): { channel: number; waiting: number }[] {
  return aliveVertices(state.graph, task).flatMap((vertex) =>
    (state.index.outputs[vertex] ?? []).flatMap((channel) => {
      if (state.graph.channels[channel]?.edge !== edge) return []
      const { sender, credits } = channelBuffers(state, channel)
      return credits === 0 && sender.buffers > 0 ? [{ channel, waiting: sender.buffers }] : []
    }),
  )
}

function bottleneck(state: NetworkState, log: TraceLog, task: TaskShares, waiting: readonly number[]): Bottleneck {
  const { vertex, shares } = busiestOf(task)
  const attempt = attemptAt(state, vertex)!
  const from = Math.max(0, state.time - SECOND)
  const before = log.lastAt(from)
  const records = attempt.recordsIn.count(state.event) - attempt.recordsIn.count(before)
  const { busy } = attempt.io.between(from, state.time)
  const [nearest] = waiting
  const edges = state.graph.job.edges.filter(({ fromVertex, toVertex }) => fromVertex === nearest && toVertex === task.task)
  const full = edges
    .flatMap(({ index }) => channelsOf(state, nearest!, index))
    .sort((one, other) => other.waiting - one.waiting || one.channel - other.channel)[0]
  const waiter = aliveVertices(state.graph, nearest ?? -1)
    .map((one) => attemptAt(state, one)?.io.lastOf(Io.BackPressured, state.event, from) ?? -1)
    .reduce((last, event) => Math.max(last, event), -1)
  return {
    kind: 'bottleneck',
    task: task.task,
    vertex,
    busy: shares.busy,
    waiting,
    cost: records === 0 ? 0 : busy / records,
    records,
    reason: reasonOf(state, task, vertex, before),
    busyEvent: attempt.io.lastOf(Io.Busy, state.event, from),
    waitingEvent: waiter,
    channel: full?.channel ?? -1,
  }
}

function reasonOf(state: NetworkState, task: TaskShares, vertex: number, before: number): Reason {
  const { index } = state
  for (const { vertex: one } of task.subtasks) {
    for (const channel of index.inputs[one] ?? []) {
      const { blocked } = index.channel(channel)
      const at = stepAt(state, blocked)
      if (at >= 0 && blocked.value(at) > 0 && channelBuffers(state, channel).sender.buffers > 0)
        return { kind: 'alignment', checkpoint: blocked.value(at), channel, event: blocked.event(at) }
    }
  }
  const attempt = attemptAt(state, vertex)!
  const inFlight = attempt.asked.count(state.event) - attempt.answered.count(state.event)
  if (inFlight > 0 && attempt.io.at(state.event).state !== Io.Idle) return { kind: 'async', inFlight }
  const counts = task.subtasks.map(({ vertex: one }) => {
    const { recordsIn } = attemptAt(state, one)!
    return { one, records: recordsIn.count(state.event) - recordsIn.count(before) }
  })
  const all = counts.reduce((sum, { records }) => sum + records, 0)
  const own = counts.find(({ one }) => one === vertex)?.records ?? 0
  const others = task.subtasks.filter(({ vertex: one }) => one !== vertex)
  const free = others.length > 0 && others.every(({ shares }) => shares.busy < BUSY / 2)
  // Twice its fair share, while all others have time.
  if (free && all > 0 && own * task.subtasks.length >= 2 * all * (task.subtasks.length > 2 ? 1 : 0.75))
    return { kind: 'skew', share: own / all, subtasks: task.subtasks.length, records: own }
  return { kind: 'cost' }
}
