import { LONG_MIN } from '../../core/time'

/** Old channels that come out of one new one, each behind the other: time is where the last of them is. Mirrors the VirtualChannels of DemultiplexingRecordDeserializer. */
export class SharedWatermark {
  private readonly last: number[]
  combined = LONG_MIN

  constructor(channels: number) {
    this.last = Array.from({ length: channels }, () => LONG_MIN)
  }

  /** True: what they have in common has risen. */
  advance(channel: number, watermark: number): boolean {
    this.last[channel] = watermark
    const least = this.last.reduce((a, b) => Math.min(a, b))
    if (least <= this.combined) return false
    this.combined = least
    return true
  }
}
