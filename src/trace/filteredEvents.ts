import { IntColumn } from './columns'
import type { TraceLog, TraceReader } from './log'
import type { Matcher } from './search'

/**
 * The events of a log that pass a filter, found little by little: call `work` as often as there is time, also when the log
 * has grown. No filter: all of them, at no cost.
 */
export class FilteredEvents {
  private readonly found = new IntColumn()
  private count = 0
  private scanned = 0
  private readonly reader: TraceReader

  constructor(
    private readonly log: TraceLog,
    private readonly matches: Matcher | null,
  ) {
    this.reader = log.reader()
  }

  get length(): number {
    return this.matches === null ? this.log.length : this.count
  }

  /** How far it has looked: everything before event `progress` is decided. */
  get progress(): number {
    return this.matches === null ? this.log.length : this.scanned
  }

  /** Index in the log of the one at `position`. */
  at(position: number): number {
    return this.matches === null ? position : this.found.at(position)
  }

  /** How many of those found so far are at or before `event`: where the playhead stands among them. */
  countUpTo(event: number): number {
    return this.matches === null ? Math.min(event + 1, this.log.length) : this.found.countUpTo(event, this.count)
  }

  /** Looks at up to `events` more; true when all there are were looked at. */
  work(events: number): boolean {
    if (this.matches === null) return true
    const to = Math.min(this.log.length, this.scanned + events)
    this.reader.before(this.scanned)
    for (; this.scanned < to; this.scanned++) {
      this.reader.next()
      if (this.matches(this.reader)) this.found.put(this.count++, this.scanned)
    }
    return this.scanned === this.log.length
  }

  /** The same as a loop that gives way after every `step` events. */
  *search(step = 4096): Generator<number, void> {
    while (!this.work(step)) yield this.scanned
  }
}
