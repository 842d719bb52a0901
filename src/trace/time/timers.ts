import { nodesAt, isLost } from './attempts'
import type { NodeTrack, TimerTable, TimeState, WindowTrack } from './state'

export type TimerDomain = 'event' | 'processing'

/** A timer as it stands at the moment. The fields that `Selection` has too are called as there. */
export interface TimerNow {
  readonly process: number
  readonly node: number
  readonly key: number
  readonly domain: TimerDomain
  /** −1: not a window's. */
  readonly window: number
  /** ms, of its domain. */
  readonly time: number
  /** The TimerRegistered. */
  readonly registered: number
  /** The TimerFired or TimerDeleted; −1: it is pending. */
  readonly ended: number
  readonly fired: boolean
  /** Its place in its table. */
  readonly row: number
}

export function timerAt(state: TimeState, table: TimerTable, row: number): TimerNow {
  const ended = table.ended.get(row) - 1
  const over = ended >= 0 && ended <= state.event
  return {
    process: table.node.attempt.process,
    node: table.node.node,
    key: table.keys.at(row),
    domain: table.domain,
    window: table.windows.at(row),
    time: table.times.at(row),
    registered: table.registered.at(row),
    ended: over ? ended : -1,
    fired: over && table.fired.get(row) === 1,
    row,
  }
}

export const timersSet = (state: TimeState, table: TimerTable): number => table.registered.countUpTo(state.event, table.length)

const isPending = (state: TimeState, table: TimerTable, row: number): boolean => {
  const ended = table.ended.get(row)
  return ended === 0 || ended - 1 > state.event
}

/** Rows of the pending timers of one operator of an attempt, in the order in which they were set; none of an attempt that is lost. */
export function pendingRows(state: TimeState, table: TimerTable): number[] {
  const rows: number[] = []
  if (isLost(state, table.node.attempt)) return rows
  const count = timersSet(state, table)
  for (let row = 0; row < count; row++) if (isPending(state, table, row)) rows.push(row)
  return rows
}

export function pendingCount(state: TimeState, table: TimerTable): number {
  if (isLost(state, table.node.attempt)) return 0
  let pending = 0
  const count = timersSet(state, table)
  for (let row = 0; row < count; row++) if (isPending(state, table, row)) pending++
  return pending
}

/** Pending timers of an operator over all its subtasks, by time; of one time in the order in which they were set. */
export function pendingTimers(state: TimeState, node: number, domain: TimerDomain): TimerNow[] {
  const found: TimerNow[] = []
  for (const track of nodesAt(state, node)) found.push(...pendingIn(state, track, domain))
  return found.sort((a, b) => a.time - b.time || a.registered - b.registered)
}

export const pendingIn = (state: TimeState, track: NodeTrack, domain: TimerDomain): TimerNow[] =>
  pendingRows(state, track.timers[domain]).map((row) => timerAt(state, track.timers[domain], row))

/** The timers that are a window's, pending and over. */
export function timersOfWindow(state: TimeState, window: WindowTrack): TimerNow[] {
  const found: TimerNow[] = []
  for (const packed of window.timers ?? []) {
    const table = (packed & 1) === 0 ? window.node.timers.event : window.node.timers.processing
    const timer = timerAt(state, table, packed >> 1)
    if (timer.registered <= state.event) found.push(timer)
  }
  return found
}

/** The timer that a selection names: of several that were set for the same, the last by the moment; null: none yet. */
export function timerOf(
  state: TimeState,
  { process, node, key, domain, window, time }: Pick<TimerNow, 'process' | 'node' | 'key' | 'domain' | 'window' | 'time'>,
): TimerNow | null {
  const track = state.index.processes.get(process)?.nodes.get(node)
  if (track === undefined) return null
  const table = track.timers[domain]
  for (let row = timersSet(state, table) - 1; row >= 0; row--)
    if (table.times.at(row) === time && table.keys.at(row) === key && table.windows.at(row) === window) return timerAt(state, table, row)
  return null
}

/** Timers that were over by the moment, the last `limit` of them whose end lies after event `from`, newest first. */
export function lately(state: TimeState, table: TimerTable, from: number, limit: number): TimerNow[] {
  const found: TimerNow[] = []
  const count = timersSet(state, table)
  for (let row = count - 1; row >= 0; row--) {
    const ended = table.ended.get(row) - 1
    if (ended > from && ended <= state.event) found.push(timerAt(state, table, row))
  }
  return found.sort((a, b) => b.ended - a.ended).slice(0, limit)
}
