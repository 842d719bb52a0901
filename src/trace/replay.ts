import type { EventPage } from '../core/page'
import { TraceLog } from './log'

export type ReplayState =
  /** Still within the prefix, all as before so far. */
  | { readonly state: 'reproducing'; readonly events: number }
  /** Beyond the prefix, which came out the same. */
  | { readonly state: 'reproduced' }
  /** The run did something else than before: a bug of ours, never the user's. `event` is the first that differs. */
  | { readonly state: 'diverged'; readonly event: number }

/**
 * A fork: a run that starts again must reproduce the first `prefix` events of the old log before it may go its own way.
 * The old log stays as it is until the caller takes `log` in its place.
 */
export class Replay {
  readonly log = new TraceLog()
  private outcome: ReplayState = { state: 'reproducing', events: 0 }

  constructor(
    private readonly before: TraceLog,
    private readonly prefix: number,
  ) {
    if (prefix === 0) this.outcome = { state: 'reproduced' }
  }

  get state(): ReplayState {
    return this.outcome
  }

  append(page: EventPage): ReplayState {
    this.log.append(page)
    if (this.outcome.state !== 'reproducing') return this.outcome
    const compared = Math.min(this.log.length, this.prefix)
    if (this.log.prefixHash(compared) !== this.before.prefixHash(compared))
      this.outcome = { state: 'diverged', event: this.firstDifference(compared) }
    else this.outcome = compared === this.prefix ? { state: 'reproduced' } : { state: 'reproducing', events: compared }
    return this.outcome
  }

  private firstDifference(compared: number): number {
    let same = 0
    let different = compared
    while (same + 1 < different) {
      const middle = (same + different) >>> 1
      if (this.log.prefixHash(middle) === this.before.prefixHash(middle)) same = middle
      else different = middle
    }
    return same
  }
}
