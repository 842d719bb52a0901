import { LONG_MIN } from '../../core/time'

export interface ValveOutput {
  emitWatermark(watermark: number): void
  emitStatus(idle: boolean): void
}

/**
 * Combines watermarks and statuses of the channels of one logical input (T-14, T-15, T-16). Mirrors
 * org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve; the minimum is searched, where Flink keeps a heap (same result), and a
 * channel is one subpartition.
 */
export class StatusWatermarkValve {
  private readonly watermark: Float64Array
  /** 1: its own status is active. */
  private readonly active: Uint8Array
  /** 1: takes part in the minimum. */
  private readonly aligned: Uint8Array
  private activeChannels: number
  private lastWatermark = LONG_MIN
  private idle = false

  constructor(
    channels: number,
    private readonly output: ValveOutput,
  ) {
    this.watermark = new Float64Array(channels).fill(LONG_MIN)
    this.active = new Uint8Array(channels).fill(1)
    this.aligned = new Uint8Array(channels).fill(1)
    this.activeChannels = channels
  }

  inputWatermark(channel: number, watermark: number): void {
    if (this.idle || this.active[channel] === 0) return
    if (!(watermark > this.watermark[channel]!)) return
    this.watermark[channel] = watermark
    if (watermark >= this.lastWatermark) this.aligned[channel] = 1
    this.emitMinimum()
  }

  inputStatus(channel: number, idle: boolean): void {
    if (idle === (this.active[channel] === 0)) return
    if (!idle) {
      this.active[channel] = 1
      this.activeChannels++
      if (this.watermark[channel]! >= this.lastWatermark) this.aligned[channel] = 1
      if (this.idle) {
        this.idle = false
        this.output.emitStatus(false)
      }
      return
    }
    this.active[channel] = 0
    this.aligned[channel] = 0
    this.activeChannels--
    const wasHolder = this.watermark[channel] === this.lastWatermark
    if (this.activeChannels > 0) {
      if (wasHolder) this.emitMinimum()
      return
    }
    if (wasHolder) this.emitIfHigher(this.watermark.reduce((max, watermark) => Math.max(max, watermark), LONG_MIN))
    this.idle = true
    this.output.emitStatus(true)
  }

  private emitMinimum(): void {
    let min = Infinity
    for (let i = 0; i < this.watermark.length; i++) if (this.aligned[i] === 1 && this.watermark[i]! < min) min = this.watermark[i]!
    if (min !== Infinity) this.emitIfHigher(min)
  }

  private emitIfHigher(watermark: number): void {
    if (watermark <= this.lastWatermark) return
    this.lastWatermark = watermark
    this.output.emitWatermark(watermark)
  }
}
