import { assert } from '../../base/assert'
import type { RelativeClock } from '../../streaming/watermark'

/** A clock that can be held, by several at once. Mirrors org.apache.flink.streaming.api.operators.util.PausableRelativeClock. */
export class PausableRelativeClock implements RelativeClock {
  private blocked = 0
  private blockedSince = 0
  private pauses = 0

  constructor(
    /** ms. */
    private readonly now: () => number,
  ) {}

  relativeTimeMillis(): number {
    const now = this.now()
    return now - this.blocked - (this.pauses === 0 ? 0 : now - this.blockedSince)
  }

  relativeTimeNanos(): number {
    return this.relativeTimeMillis() * 1_000_000
  }

  pause(): void {
    if (this.pauses === 0) this.blockedSince = this.now()
    this.pauses++
  }

  unPause(): void {
    assert(this.pauses > 0, 'the clock is not paused')
    this.pauses--
    if (this.pauses === 0) this.blocked += this.now() - this.blockedSince
  }
}
