import { EventList } from '../columns'
import { attemptOfProcess, isLost, nodesAt } from './attempts'
import { eventOfMark, kindOfMark, markOf, WindowMark } from './state'
import type { NodeTrack, TimeState, WindowTrack } from './state'

/** A window that was opened by the moment; null: not yet, or never. */
export function windowTrack(state: TimeState, process: number, window: number): WindowTrack | null {
  const track = attemptOfProcess(state, process)?.windows[window]
  return track !== undefined && track.opened <= state.event ? track : null
}

/** It is open at the moment: neither cleared nor merged into another, and its attempt has it in memory. A job that finished leaves what never fired. */
export const isOpen = (state: TimeState, window: WindowTrack): boolean =>
  window.opened <= state.event && !isClosed(state, window) && !isLost(state, window.node.attempt)

export const isClosed = (state: TimeState, window: WindowTrack): boolean => window.closed >= 0 && window.closed <= state.event

/** Those of an operator at the moment, over all subtasks that run: in the order in which they were opened. */
export function windowsOf(state: TimeState, node: number, which: 'open' | 'all' = 'open'): WindowTrack[] {
  return nodesAt(state, node)
    .flatMap((track) => windowsIn(state, track, which))
    .sort((a, b) => a.opened - b.opened)
}

export function windowsIn(state: TimeState, track: NodeTrack, which: 'open' | 'all' = 'open'): WindowTrack[] {
  const { windows } = track
  const found: WindowTrack[] = []
  const lost = isLost(state, track.attempt)
  if (lost && which === 'open') return found
  for (const window of windows) {
    if (window.opened > state.event) break
    if (which === 'all' || !isClosed(state, window)) found.push(window)
  }
  return found
}

/** ms; LONG_MIN and LONG_MAX of a global window. `event`: what made them so. */
export interface Bounds {
  readonly start: number
  readonly end: number
  readonly event: number
}

export function boundsAt(state: TimeState, window: WindowTrack): Bounds {
  const at = (window.starts?.count(state.event) ?? 0) - 1
  if (at < 0) return { start: window.start, end: window.end, event: window.opened }
  return { start: window.starts!.value(at), end: window.ends!.value(at), event: window.starts!.event(at) }
}

/** How many elements came into it by the moment, those of windows merged into it with them. */
export function elementCount(state: TimeState, window: WindowTrack, upTo = state.event): number {
  let count = window.elements.count(upTo)
  for (const { event, window: taken } of window.taken) {
    const track = event <= upTo ? window.node.attempt.windows[taken] : undefined
    if (track !== undefined) count += elementCount(state, track, event)
  }
  return count
}

/** The WindowElement events, in their order; with those of windows merged into it. The log has the record of each. */
export function elementsOf(state: TimeState, window: WindowTrack, upTo = state.event): number[] {
  const own = window.elements.list(upTo)
  let merged = false
  for (const { event, window: taken } of window.taken) {
    const track = event <= upTo ? window.node.attempt.windows[taken] : undefined
    if (track === undefined) continue
    own.push(...elementsOf(state, track, event))
    merged = true
  }
  return merged ? own.sort((a, b) => a - b) : own
}

/** Events of one sort that happened to a window. */
export function marksOf(state: TimeState, window: WindowTrack, mark: number): number[] {
  const { marks } = window
  if (marks === null) return []
  const found: number[] = []
  const count = countMarks(marks, state.event)
  for (let at = 0; at < count; at++) {
    const packed = marks.at(at)
    if (kindOfMark(packed) === mark) found.push(eventOfMark(packed))
  }
  return found
}

const countMarks = (marks: EventList, upTo: number): number => marks.count(markOf(upTo, 7))

/** A firing, and what came of it. */
export interface FiringNow {
  /** WindowFired: the log has its elements and watermark. */
  readonly event: number
  /** RecordMade events: the results. */
  readonly results: readonly number[]
}

export function firingsOf(state: TimeState, window: WindowTrack): FiringNow[] {
  const { marks } = window
  const firings: { event: number; results: number[] }[] = []
  if (marks === null) return firings
  const count = countMarks(marks, state.event)
  for (let at = 0; at < count; at++) {
    const packed = marks.at(at)
    if (kindOfMark(packed) === WindowMark.Fired) firings.push({ event: eventOfMark(packed), results: [] })
    else if (kindOfMark(packed) === WindowMark.Result) firings.at(-1)?.results.push(eventOfMark(packed))
  }
  return firings
}

/** How often it fired, and the last time; −1: never. */
export function lastFiring(state: TimeState, window: WindowTrack): { readonly count: number; readonly event: number } {
  let count = 0
  let event = -1
  for (const at of marksOf(state, window, WindowMark.Fired)) {
    count++
    event = at
  }
  return { count, event }
}

/** Windows that were merged into it by the moment. */
export const mergedInto = (state: TimeState, window: WindowTrack): { readonly event: number; readonly window: WindowTrack }[] =>
  window.taken.flatMap(({ event, window: taken }) => {
    const track = event <= state.event ? window.node.attempt.windows[taken] : undefined
    return track === undefined ? [] : [{ event, window: track }]
  })

/** The events at which its bounds grew without taking another window in, or with: WindowMerged. */
export const growthsOf = (state: TimeState, window: WindowTrack): number[] => {
  const { starts } = window
  return starts === null ? [] : Array.from({ length: starts.count(state.event) }, (_, at) => starts.event(at))
}
