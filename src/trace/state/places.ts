import { TraceKind } from '../kinds'
import type { TraceLog } from '../log'
import { aliveVertices } from '../cluster/members'
import { attemptAt, isLost, isOverAt } from '../time/attempts'
import type { AttemptTrack, NodeTrack } from '../time/state'
import { pendingCount } from '../time/timers'
import { isClosed } from '../time/windows'
import { toldHeld } from './payloads'
import type { Held } from './payloads'
import type { NodeState, StateState } from './state'

/** Where an operator keeps state at the moment: one of its subtasks. */
export interface Place {
  readonly node: number
  /** Execution vertex, and its number among the subtasks. */
  readonly vertex: number
  readonly subtask: number
  readonly attempt: AttemptTrack
  /** null: it has told of none. */
  readonly state: NodeState | null
  /** Its windows and timers; null: none. */
  readonly time: NodeTrack | null
  /** What it had in memory is gone. */
  readonly lost: boolean
  /** It ended in order: what is shown is what it had then. */
  readonly finished: boolean
}

/** An operator's subtasks, in the graph that its job has at the moment; those that were never deployed are left out. */
export function placesOf(state: StateState, node: number): Place[] {
  const { time } = state
  const task = time.index.plan.taskOf.get(node)
  if (task === undefined) return []
  return aliveVertices(time.graph, task).flatMap((vertex, subtask) => {
    const attempt = attemptAt(time, vertex)
    if (attempt === null) return []
    const lost = isLost(time, attempt)
    return [
      {
        node,
        vertex,
        subtask,
        attempt,
        state: state.index.nodes.get(attempt.process)?.get(node) ?? null,
        time: attempt.nodes.get(node) ?? null,
        lost,
        finished: !lost && isOverAt(time, attempt),
      },
    ]
  })
}

const tellsOfState = (node: NodeState, upTo: number): boolean =>
  node.slotsUntil(upTo) > 0 || node.held.count(upTo) > 0 || [...node.splits.values()].some((events) => events.count(upTo) > 0)

/** The operators that have, or had, state, windows or timers by the moment: by their numbers. */
export function operatorsWithState(state: StateState): number[] {
  const found = new Set<number>()
  for (const ofProcess of state.index.nodes.values())
    for (const [node, each] of ofProcess) if (!found.has(node) && tellsOfState(each, state.event)) found.add(node)
  for (const [node, tracks] of state.time.index.nodes) {
    const has = tracks.some(
      ({ windows, timers }) =>
        (windows[0]?.opened ?? Infinity) <= state.event ||
        timers.event.registered.countUpTo(state.event, timers.event.length) > 0 ||
        timers.processing.registered.countUpTo(state.event, timers.processing.length) > 0,
    )
    if (has) found.add(node)
  }
  return [...found].filter((node) => state.time.index.plan.taskOf.has(node)).sort((one, other) => one - other)
}

/** The last StateHeld of a place up to an event; null: it has told nothing. */
export function heldAt(log: TraceLog, node: NodeState | null, upTo: number): { readonly event: number; readonly held: Held } | null {
  const event = node?.held.last(upTo) ?? -1
  return event < 0 ? null : { event, held: toldHeld(log.at(event)) }
}

export interface Sums {
  readonly entries: number
  readonly bytes: number
  readonly windows: number
  readonly eventTimers: number
  readonly processingTimers: number
}

/** What a place holds at the moment; of one that was lost, nothing. */
export function sumsOf(state: StateState, place: Place): Sums {
  if (place.lost) return { entries: 0, bytes: 0, windows: 0, eventTimers: 0, processingTimers: 0 }
  const { time } = place
  const { entries, bytes } = place.state?.totals(state.event) ?? { entries: 0, bytes: 0 }
  let windows = 0
  for (const window of time?.windows ?? []) {
    if (window.opened > state.event) break
    if (!isClosed(state.time, window)) windows++
  }
  return {
    entries,
    bytes,
    windows,
    eventTimers: time === null ? 0 : pendingCount(state.time, time.timers.event),
    processingTimers: time === null ? 0 : pendingCount(state.time, time.timers.processing),
  }
}

export interface SplitPosition {
  readonly place: Place
  readonly partition: number
  /** The offset that is read next. */
  readonly offset: number
  /** The event that says so, and whether that was a restore. */
  readonly event: number
  readonly restored: boolean
}

/** Where a source stands in its partitions. */
export function splitsOf(state: StateState, log: TraceLog, place: Place): SplitPosition[] {
  if (place.state === null || place.lost) return []
  return [...place.state.splits]
    .flatMap(([partition, events]) => {
      const event = events.last(state.event)
      if (event < 0) return []
      const told = log.at(event)
      const restored = told.kind === TraceKind.OffsetRestored
      return [{ place, partition, offset: restored ? told.c : told.d + 1, event, restored }]
    })
    .sort((one, other) => one.partition - other.partition)
}
