import { LONG_MAX, LONG_MIN } from '../../core/time'

/** What alignment does to a source. */
export interface AlignedSource {
  /** To the JobManager. */
  report(watermark: number): void
  /** The source reads nothing, and its idleness does not grow, until it goes on. */
  held(held: boolean, allowed: number): void
  /** Likewise for splits of it; what has been fetched of them is still read. */
  splitsHeld(splits: readonly string[], held: boolean, allowed: number): void
}

/**
 * Watermark alignment at a source's subtask (T-12, T-13): it reports its watermark, and is held while that is beyond what is allowed; so is each
 * of its splits, by its own watermark. Mirrors the part of SourceOperator that does it (1.20: also a split that is alone is held).
 */
export class SourceAlignment {
  waiting = false
  private allowed = LONG_MAX
  private latest = LONG_MIN
  private idle = false
  private readonly splitWatermarks = new Map<string, number>()
  private readonly heldSplits = new Set<string>()

  constructor(private readonly source: AlignedSource) {}

  /** Each update interval: an idle source holds nobody back. */
  reportLatest(): void {
    if (this.latest !== LONG_MIN) this.source.report(this.idle ? LONG_MAX : this.latest)
  }

  /** The source has no more. */
  finished(): void {
    this.latest = LONG_MAX
    this.reportLatest()
  }

  announced(allowed: number): void {
    this.allowed = allowed
    this.check()
    this.checkSplits()
  }

  updateIdle(idle: boolean): void {
    this.idle = idle
  }

  updateCurrentEffectiveWatermark(watermark: number): void {
    this.latest = watermark
    this.check()
  }

  updateCurrentSplitWatermark(split: string, watermark: number): void {
    this.splitWatermarks.set(split, watermark)
    if (watermark > this.allowed && !this.heldSplits.has(split)) this.hold([split])
  }

  splitFinished(split: string): void {
    this.splitWatermarks.delete(split)
  }

  private check(): void {
    const waiting = this.allowed < this.latest
    if (waiting === this.waiting) return
    this.waiting = waiting
    this.source.held(waiting, this.allowed)
  }

  private checkSplits(): void {
    const beyond: string[] = []
    const caughtUp: string[] = []
    for (const [split, watermark] of this.splitWatermarks) {
      if (watermark > this.allowed) {
        if (!this.heldSplits.has(split)) beyond.push(split)
      } else if (this.heldSplits.has(split)) caughtUp.push(split)
    }
    if (beyond.length > 0) this.hold(beyond)
    for (const split of caughtUp) this.heldSplits.delete(split)
    if (caughtUp.length > 0) this.source.splitsHeld(caughtUp, false, this.allowed)
  }

  private hold(splits: readonly string[]): void {
    for (const split of splits) this.heldSplits.add(split)
    this.source.splitsHeld(splits, true, this.allowed)
  }
}
