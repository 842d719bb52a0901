/** A hand on the clock, at a virtual time in µs (a scenario's `set-clock` fits). */
export interface ClockSetting {
  readonly at: number
  /** From then on it runs by itself, or stands. */
  readonly running: boolean
  /** ms ≥ 0 by which it is put forward first. */
  readonly forward: number
}

const MICROS_PER_MILLI = 1000

/** From virtual time `from` on the clock shows `shown` and runs or stands; all in µs, `shown` since the clock's start. */
interface Stretch {
  readonly from: number
  readonly shown: number
  readonly running: boolean
}

/** What becomes of the clock at virtual time `from`, until the next of these or for ever (Infinity). µs. */
export interface ClockStretch {
  readonly from: number
  readonly until: number
  readonly running: boolean
  /** By how much it was put forward at `from`. */
  readonly forward: number
}

/**
 * Processing time as a function of virtual time: what the clocks of all machines show. Without a hand on it, it is the scenario's start plus
 * virtual time. It never goes back; where it is put forward it jumps, and what fell due in between is due at that moment. Each setting counts
 * from its time on, that time included; settings of one time come in their order.
 */
export class ProcessingClock {
  private readonly stretches: readonly Stretch[]

  constructor(
    /** What it shows at virtual time 0, ms since the epoch. */
    readonly start: number,
    settings: readonly ClockSetting[] = [],
  ) {
    const stretches: Stretch[] = [{ from: 0, shown: 0, running: true }]
    for (const { at, running, forward } of [...settings].sort((a, b) => a.at - b.at)) {
      const before = stretches.at(-1)!
      const from = Math.max(at, before.from)
      stretches.push({ from, shown: shownAt(before, from) + forward * MICROS_PER_MILLI, running })
    }
    this.stretches = stretches
  }

  /** ms since the epoch at virtual time `micros`. */
  at(micros: number): number {
    return this.start + Math.floor(this.elapsed(micros) / MICROS_PER_MILLI)
  }

  /** The first virtual µs at which the clock shows `millis` (ms since the epoch) or more; Infinity: it stands before that for ever. */
  reaches(millis: number): number {
    return this.whenElapsed((millis - this.start) * MICROS_PER_MILLI)
  }

  /** How far it has come since its start, µs. */
  elapsed(micros: number): number {
    const { stretches } = this
    let at = stretches.length - 1
    while (at > 0 && stretches[at]!.from > micros) at--
    return shownAt(stretches[at]!, micros)
  }

  /** The first virtual µs at which it has come that far; Infinity: never. */
  whenElapsed(elapsed: number): number {
    const { stretches } = this
    for (let at = 0; at < stretches.length; at++) {
      const { from, shown, running } = stretches[at]!
      if (shown >= elapsed) return from
      const reached = running ? from + elapsed - shown : Infinity
      if (reached < (stretches[at + 1]?.from ?? Infinity)) return reached
    }
    return Infinity
  }

  /** Its stretches from virtual time 0 on; one, if no hand was laid on it. */
  history(): readonly ClockStretch[] {
    return this.stretches.map(({ from, shown, running }, at) => {
      const before = this.stretches[at - 1]
      const until = this.stretches[at + 1]?.from ?? Infinity
      return { from, until, running, forward: before === undefined ? 0 : shown - shownAt(before, from) }
    })
  }

  /** Whether it runs by itself at virtual time `micros`. */
  isRunning(micros: number): boolean {
    return this.stretches.findLast(({ from }) => from <= micros)!.running
  }
}

const shownAt = ({ from, shown, running }: Stretch, micros: number): number => (running ? shown + micros - from : shown)
