import type { Intervention } from '../../scenario/types'

/** The processing-time clock of all machines at a moment. */
export interface ClockReading {
  /** Processing time, ms since the epoch. */
  readonly now: number
  readonly running: boolean
  /** The intervention that last had a hand on it, −1: nobody. */
  readonly intervention: number
}

/** What the clock says at virtual time `time` (µs), after all hands on it up to then. */
export function clockAt(clockStart: number, interventions: readonly Intervention[], time: number): ClockReading {
  let virtual = 0
  let clock = 0
  let running = true
  let last = -1
  interventions.forEach((intervention, index) => {
    if (intervention.do !== 'set-clock' || intervention.at > time) return
    if (running) clock += intervention.at - virtual
    clock += intervention.forward * 1000
    virtual = intervention.at
    running = intervention.running
    last = index
  })
  if (running) clock += time - virtual
  return { now: clockStart + Math.floor(clock / 1000), running, intervention: last }
}
