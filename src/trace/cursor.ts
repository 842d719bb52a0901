import type { TraceLog, TraceReader } from './log'

/** Where the playhead stands: virtual µs, and the last event it has passed (−1: none). Of several events at one moment it may stand behind the first few alone. */
export interface Moment {
  readonly time: number
  readonly event: number
}

export const START: Moment = { time: 0, event: -1 }

/** Behind event `event`; clamped to what is there. */
export function atEvent(log: TraceLog, event: number): Moment {
  const clamped = Math.min(event, log.length - 1)
  return clamped < 0 ? START : { time: log.timeAt(clamped), event: clamped }
}

/** Behind all that has happened by virtual `time`; times beyond the frontier are allowed, the events then are all there are. */
export function atTime(log: TraceLog, time: number): Moment {
  return { time: Math.max(0, time), event: log.lastAt(time) }
}

export type Predicate = (event: TraceReader) => boolean

/** The next event that `matches`; null if none is there yet. */
export function nextMatching(log: TraceLog, moment: Moment, matches: Predicate): Moment | null {
  const reader = log.reader().before(moment.event + 1)
  while (reader.next()) if (matches(reader)) return atEvent(log, reader.index)
  return null
}

export function previousMatching(log: TraceLog, moment: Moment, matches: Predicate): Moment | null {
  const reader = log.reader()
  for (let event = moment.event - 1; event >= 0; event--) if (matches(reader.to(event))) return atEvent(log, event)
  return null
}
