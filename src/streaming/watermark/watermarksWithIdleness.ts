import { IllegalArgumentException } from '../../core/exceptions'
import { millisOf } from '../time'
import type { TimeLike } from '../time'
import type { RelativeClock, WatermarkGenerator, WatermarkOutput } from './watermark'

/**
 * T-5: marks the output idle when a generator sees no record for longer than `idleTimeout`. Mirrors WatermarksWithIdleness, with its
 * peculiarity that a clock which shows 0 at the first silent check begins the wait anew at the next.
 */
export class WatermarksWithIdleness<T> implements WatermarkGenerator<T> {
  private readonly idleTimeout: number
  private records = 0
  private recordsAtLastCheck = 0
  private silentSince = 0
  private idleNow = false

  constructor(
    private readonly watermarks: WatermarkGenerator<T>,
    idleTimeout: TimeLike,
    private readonly clock: RelativeClock,
  ) {
    this.idleTimeout = millisOf(idleTimeout)
    if (this.idleTimeout <= 0) throw new IllegalArgumentException('idleTimeout must be greater than zero')
  }

  onEvent(event: T, eventTimestamp: number, output: WatermarkOutput): void {
    this.watermarks.onEvent(event, eventTimestamp, output)
    this.records++
    this.idleNow = false
  }

  onPeriodicEmit(output: WatermarkOutput): void {
    if (!this.isIdle()) this.watermarks.onPeriodicEmit(output)
    else if (!this.idleNow) {
      output.markIdle()
      this.idleNow = true
    }
  }

  private isIdle(): boolean {
    if (this.records !== this.recordsAtLastCheck) {
      this.recordsAtLastCheck = this.records
      this.silentSince = 0
      return false
    }
    const now = this.clock.relativeTimeMillis()
    if (this.silentSince === 0) {
      this.silentSince = now
      return false
    }
    return now - this.silentSince > this.idleTimeout
  }
}
