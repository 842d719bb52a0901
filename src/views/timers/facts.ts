import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { Selection } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import { keyLook, type KeyLook } from '../../trace/looks'
import {
  boundsAt,
  firingOrder,
  lately,
  nodesAt,
  pendingCount,
  purposeOf,
  timerAt,
  timersSet,
  windowTrack,
  type TimerDomain,
  type TimerNow,
  type TimerPurpose,
} from '../../trace/time/queries'
import type { NodeTrack, TimeState } from '../../trace/time/state'

/** An operator that sets timers, and its subtasks. */
export interface TimerOperator {
  readonly node: number
  readonly subtasks: readonly {
    readonly track: NodeTrack
    readonly subtask: number
    readonly pending: number
  }[]
  readonly pending: number
}

/** Operators that have set a timer by the moment, in the order of the plan. */
export function operatorsOf(state: TimeState): TimerOperator[] {
  const found: TimerOperator[] = []
  for (const { chain } of state.graph.job.vertices) {
    for (const { node } of chain) {
      const subtasks = nodesAt(state, node)
        .filter(({ timers }) => timersSet(state, timers.event) + timersSet(state, timers.processing) > 0)
        .map((track) => ({
          track,
          subtask: state.graph.vertices[track.attempt.vertex]!.subtask,
          pending: pendingCount(state, track.timers.event) + pendingCount(state, track.timers.processing),
        }))
        .sort((a, b) => a.subtask - b.subtask)
      if (subtasks.length > 0) found.push({ node, subtasks, pending: subtasks.reduce((sum, { pending }) => sum + pending, 0) })
    }
  }
  return found
}

/** A timer as it is shown. */
export interface Shown {
  readonly timer: TimerNow
  readonly purpose: TimerPurpose
  readonly look: KeyLook
  /** Of a window with bounds, ms. */
  readonly bounds: { readonly start: number; readonly end: number } | null
}

export interface Queue {
  readonly domain: TimerDomain
  /** What it runs against: watermark or processing time, ms. */
  readonly now: number
  /** Pending rows in the order in which they would fire. */
  readonly order: readonly number[]
  /** Those that fired or were deleted a moment ago, newest first. */
  readonly ghosts: readonly Shown[]
  show(row: number): Shown
}

/** Virtual µs for which what is over stays to be seen. */
const GHOST_MICROS = 600_000
const MOST_GHOSTS = 24

export function queueOf(state: TimeState, log: TraceLog, track: NodeTrack, domain: TimerDomain, now: number): Queue {
  const table = track.timers[domain]
  const from = log.lastAt(Math.max(0, state.time - GHOST_MICROS))
  const show = (timer: TimerNow): Shown => {
    const window = timer.window < 0 ? null : windowTrack(state, timer.process, timer.window)
    const bounds = window === null || window.global ? null : boundsAt(state, window)
    return { timer, purpose: purposeOf(state, timer), look: keyLook(log, timer.process, timer.key), bounds }
  }
  return {
    domain,
    now,
    order: firingOrder(state, table),
    ghosts: lately(state, table, from, MOST_GHOSTS).map(show),
    show: (row) => show(timerAt(state, table, row)),
  }
}

export const selectionOf = ({ process, node, key, domain, window, time }: TimerNow): Selection => ({
  kind: 'timer',
  process,
  node,
  key,
  domain,
  window,
  time,
})

export const isSame = (selection: Selection | null, timer: TimerNow): boolean =>
  selection?.kind === 'timer' &&
  selection.process === timer.process &&
  selection.node === timer.node &&
  selection.key === timer.key &&
  selection.domain === timer.domain &&
  selection.window === timer.window &&
  selection.time === timer.time

/** A time that has a place on an axis: the ends of Java's long have none. */
export const hasPlace = (time: number): boolean => time > LONG_MIN && time < LONG_MAX
