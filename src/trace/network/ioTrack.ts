import { FloatColumn, IntColumn } from '../columns'

/** As TaskIo has it; None: it is not running yet, or no more. */
export const Io = { Idle: 0, Busy: 1, BackPressured: 2, None: 3 } as const

/** µs that a task was idle, busy and back-pressured. */
export interface Spent {
  readonly idle: number
  readonly busy: number
  readonly backPressured: number
}

/**
 * What a task does with its time, with sums up to each change, so that any stretch of it costs two look-ups. Grows only; whoever asks gives a
 * virtual time no later than its moment.
 */
export class IoTrack {
  private readonly times = new FloatColumn()
  private readonly events = new IntColumn()
  private readonly states = new IntColumn()
  private readonly sums = [new FloatColumn(), new FloatColumn(), new FloatColumn()] as const
  private written = 0

  add(event: number, time: number, state: number): void {
    const at = this.written++
    for (let i = 0; i < 3; i++) this.sums[i]!.put(at, at === 0 ? 0 : this.sumAt(i, at - 1, time))
    this.times.put(at, time)
    this.events.put(at, event)
    this.states.put(at, state)
  }

  private sumAt(state: number, at: number, time: number): number {
    return this.sums[state]!.at(at) + (this.states.at(at) === state ? time - this.times.at(at) : 0)
  }

  private lastBefore(time: number): number {
    return this.times.countUpTo(time, this.written) - 1
  }

  /** From its beginning to `time`. */
  until(time: number): Spent {
    const at = this.lastBefore(time)
    if (at < 0) return NOTHING
    return {
      idle: this.sumAt(Io.Idle, at, time),
      busy: this.sumAt(Io.Busy, at, time),
      backPressured: this.sumAt(Io.BackPressured, at, time),
    }
  }

  between(from: number, to: number): Spent {
    const before = this.until(from)
    const after = this.until(to)
    return {
      idle: after.idle - before.idle,
      busy: after.busy - before.busy,
      backPressured: after.backPressured - before.backPressured,
    }
  }

  /** What it is after event `event`, and the event since which; −1: nothing was told yet. */
  at(event: number): { readonly state: number; readonly event: number; readonly time: number } {
    const at = this.events.countUpTo(event, this.written) - 1
    return at < 0
      ? { state: Io.None, event: -1, time: 0 }
      : { state: this.states.at(at), event: this.events.at(at), time: this.times.at(at) }
  }

  /** The event that began the last stretch in `state` that reaches beyond `from`, at or before `event`; −1. */
  lastOf(state: number, event: number, from: number): number {
    let at = this.events.countUpTo(event, this.written) - 1
    for (let end = Infinity; at >= 0 && end > from; at--) {
      if (this.states.at(at) === state) return this.events.at(at)
      end = this.times.at(at)
    }
    return -1
  }
}

const NOTHING: Spent = { idle: 0, busy: 0, backPressured: 0 }
