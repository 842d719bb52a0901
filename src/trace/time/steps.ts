import { FloatColumn, IntColumn } from '../columns'

/** No event: it is so from the beginning. */
export const NEVER = -1

/** A value that holds from one event on until the next step, with flags of its own. Grows only; every state looks at it through its own moment. */
export class Steps {
  private readonly events = new IntColumn()
  private readonly times = new FloatColumn()
  private readonly values = new FloatColumn()
  private readonly flags = new IntColumn()
  private written = 0

  add(event: number, time: number, value: number, flags = 0): void {
    const at = this.written++
    this.events.put(at, event)
    this.times.put(at, time)
    this.values.put(at, value)
    if (flags !== 0) this.flags.put(at, flags)
  }

  /** How many there are up to and including event `upTo`. */
  count(upTo: number): number {
    return this.events.countUpTo(upTo, this.written)
  }

  /** How many of the first `length` there are up to and including virtual µs `time`. */
  countByTime(time: number, length: number): number {
    return this.times.countUpTo(time, length)
  }

  /** Event of step `at`. */
  event(at: number): number {
    return this.events.at(at)
  }

  /** Virtual µs of step `at`. */
  time(at: number): number {
    return this.times.at(at)
  }

  value(at: number): number {
    return this.values.at(at)
  }

  flag(at: number): number {
    return this.flags.get(at)
  }

  /** Of all that were written, whatever the moment: for what builds the steps. */
  get lastValue(): number {
    return this.written === 0 ? NaN : this.values.at(this.written - 1)
  }
  get lastFlags(): number {
    return this.written === 0 ? 0 : this.flags.get(this.written - 1)
  }
  get length(): number {
    return this.written
  }

  get bytes(): number {
    return this.events.bytes + this.times.bytes + this.values.bytes + this.flags.bytes
  }
}
