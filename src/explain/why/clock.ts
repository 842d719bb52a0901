import type { Intervention } from '../../scenario/types'
import { clockOf } from '../../trace/processingTime'
import type { TraceHeader } from '../../trace/types'

/** The processing-time clock of all machines at a moment. */
export interface ClockReading {
  /** Processing time, ms since the epoch. */
  readonly now: number
  readonly running: boolean
  /** The intervention that last had a hand on it, −1: nobody. */
  readonly intervention: number
}

/** What the clock says at virtual time `time` (µs), after all hands on it up to then. */
export function clockAt(header: TraceHeader, interventions: readonly Intervention[], time: number): ClockReading {
  const clock = clockOf(header)
  const intervention = interventions.findLastIndex((one) => one.do === 'set-clock' && one.at <= time)
  return { now: clock.at(time), running: clock.isRunning(time), intervention }
}
