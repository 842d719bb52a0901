import type { WindowSettings } from '../../graph/timeSettings'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { ResolvedTopic } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import { isClosed } from '../../trace/time/queries'
import { WindowMark, kindOfMark, type TimeState } from '../../trace/time/state'
import { extentOf, typicalSize, type Stretch } from './layout'
import { paneOf, type Beside, type Lane, type Pane } from './model'

/** Windows of a lane that are open at the moment. */
export function openIn(state: TimeState, lane: Lane): number {
  let open = 0
  for (let at = 0; at < lane.count; at++) if (!isClosed(state, lane.windows[at]!)) open++
  return open
}

/** What all lanes hold together: keys, open windows, firings up to the moment. */
export function countsOf(state: TimeState, lanes: readonly Lane[]): { keys: number; open: number; fired: number } {
  let open = 0
  let fired = 0
  for (const lane of lanes) {
    open += openIn(state, lane)
    for (let at = 0; at < lane.count; at++) {
      const { marks } = lane.windows[at]!
      if (marks === null) continue
      const upTo = marks.count(state.event * 8 + 7)
      for (let mark = 0; mark < upTo; mark++) if (kindOfMark(marks.at(mark)) === WindowMark.Fired) fired++
    }
  }
  return { keys: lanes.length, open, fired }
}

/** Event times of the topics; null: they have none. */
export function spanOf(topics: readonly ResolvedTopic[]): Stretch | null {
  let from = Infinity
  let to = -Infinity
  for (const { partitions } of topics)
    for (const records of partitions)
      for (const { timestamp } of records) {
        if (timestamp === null) continue
        if (timestamp < from) from = timestamp
        if (timestamp > to) to = timestamp
      }
  return from <= to ? { from, to } : null
}

/** So many lengths of a window the axis has room for data that is still to come. */
const MOST_AHEAD = 12

/**
 * What the axis goes over: all windows with their lateness, what lies in none of them, and room for what `data` holds beyond them.
 * @param data event times of the topics; null where the windows are of another time
 */
export function reachOf(
  lanes: readonly Lane[],
  besideOf: (lane: Lane) => readonly Beside[],
  lateness: number,
  data: Stretch | null,
): Stretch | null {
  const found = extentOf(lanes, lateness)
  if (found === null) return null
  let { from, to } = found
  const size = typicalSize(lanes)
  if (data !== null && data.from < to + MOST_AHEAD * size && data.to > from)
    to = Math.max(to, Math.min(data.to + size, to + MOST_AHEAD * size))
  // Late elements lie before all windows, and what is in none between or behind them.
  for (const lane of lanes) {
    for (const { timestamp } of besideOf(lane)) {
      if (!(timestamp > LONG_MIN && timestamp < LONG_MAX)) continue
      if (timestamp < from) from = timestamp
      if (timestamp > to) to = timestamp
    }
  }
  return { from, to }
}

export interface Looking {
  readonly stretch: Stretch
  readonly settings: WindowSettings | null
  readonly onlyOpen: boolean
  /** Virtual µs to the machines' clock. */
  readonly clock: (time: number) => number
}

/** The windows of a lane that are to be drawn: those in the stretch that one looks at, and all that have no bounds. */
export function panesIn(state: TimeState, log: TraceLog, lane: Lane, { stretch, settings, onlyOpen, clock }: Looking): Pane[] {
  const panes: Pane[] = []
  for (let at = 0; at < lane.count; at++) {
    const track = lane.windows[at]!
    // What was merged away is part of another.
    if (isClosed(state, track) && (onlyOpen || track.into >= 0)) continue
    if (!track.global) {
      const end = track.ends === null ? track.end : Math.max(track.end, track.ends.lastValue)
      const start = track.starts === null ? track.start : Math.min(track.start, track.starts.lastValue)
      if (end + (settings?.allowedLateness ?? 0) < stretch.from || start > stretch.to) continue
    }
    panes.push(paneOf(state, log, track, clock))
  }
  return panes
}

/** The event that opens the first window of an operator in the whole run; −1: none that is known yet. */
export function firstOpened(state: TimeState, node: number): number {
  let found = -1
  for (const track of state.index.nodes.get(node) ?? []) {
    const opened = track.windows[0]?.opened ?? -1
    if (opened >= 0 && (found < 0 || opened < found)) found = opened
  }
  return found
}
