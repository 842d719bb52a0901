import { assert } from '../../base/assert'
import { LONG_MAX, LONG_MIN } from '../../core/time'

/** What one of several outputs or inputs has said. Mirrors CombinedWatermarkStatus.PartialWatermark. */
export class PartialWatermark {
  watermark = LONG_MIN
  idle = false

  constructor(private readonly onUpdate: ((watermark: number) => void) | null = null) {}

  /** Returns whether the watermark grew. Makes it active in any case. */
  setWatermark(watermark: number): boolean {
    this.idle = false
    if (watermark <= this.watermark) return false
    this.watermark = watermark
    if (this.onUpdate !== null) this.onUpdate(watermark)
    return true
  }
}

/** The minimum over those that are not idle (T-8). Mirrors org.apache.flink.api.common.eventtime.CombinedWatermarkStatus. */
export class CombinedWatermarkStatus {
  private readonly partials: PartialWatermark[] = []
  combinedWatermark = LONG_MIN
  idle = false

  add(partial: PartialWatermark): void {
    this.partials.push(partial)
  }

  remove(partial: PartialWatermark): void {
    const index = this.partials.indexOf(partial)
    if (index >= 0) this.partials.splice(index, 1)
  }

  /** Returns whether the combined watermark grew; it never falls. */
  updateCombinedWatermark(): boolean {
    if (this.partials.length === 0) return false
    let minimum = LONG_MAX
    let allIdle = true
    for (const partial of this.partials) {
      if (partial.idle) continue
      minimum = Math.min(minimum, partial.watermark)
      allIdle = false
    }
    this.idle = allIdle
    if (allIdle || minimum <= this.combinedWatermark) return false
    this.combinedWatermark = minimum
    return true
  }
}

/** The same for a fixed number of inputs (T-17). Mirrors IndexedCombinedWatermarkStatus. */
export class IndexedCombinedWatermarkStatus {
  private readonly combined = new CombinedWatermarkStatus()
  private readonly partials: readonly PartialWatermark[]

  constructor(inputs: number) {
    this.partials = Array.from({ length: inputs }, () => new PartialWatermark())
    for (const partial of this.partials) this.combined.add(partial)
  }

  /** Returns whether the combined watermark grew. */
  updateWatermark(index: number, watermark: number): boolean {
    this.partialOf(index).setWatermark(watermark)
    return this.combined.updateCombinedWatermark()
  }

  /** Returns whether the combined watermark grew. */
  updateStatus(index: number, idle: boolean): boolean {
    this.partialOf(index).idle = idle
    return this.combined.updateCombinedWatermark()
  }

  get combinedWatermark(): number {
    return this.combined.combinedWatermark
  }
  get idle(): boolean {
    return this.combined.idle
  }

  private partialOf(index: number): PartialWatermark {
    const partial = this.partials[index]
    assert(partial !== undefined, 'no such input')
    return partial
  }
}
