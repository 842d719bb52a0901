import { ProcessingClock } from '../core/processingClock'
import type { TraceHeader } from './types'

type Clocked = Pick<TraceHeader, 'clockStart' | 'interventions'>

const clocks = new WeakMap<Clocked, ProcessingClock>()

/** The processing-time clock of a run's machines, with every hand that was laid on it. */
export function clockOf(header: Clocked): ProcessingClock {
  let clock = clocks.get(header)
  if (clock === undefined) {
    clock = new ProcessingClock(
      header.clockStart,
      (header.interventions ?? []).filter((intervention) => intervention.do === 'set-clock'),
    )
    clocks.set(header, clock)
  }
  return clock
}

/** Processing time (ms since the epoch) at a virtual time in µs. */
export const processingTimeAt = (header: Clocked, micros: number): number => clockOf(header).at(micros)
