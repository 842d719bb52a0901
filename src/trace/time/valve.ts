import { LONG_MIN } from '../../core/time'
import type { TraceEvent } from '../types'
import { ChannelFlag } from './state'
import type { ChannelTrack, InputTrack } from './state'

const { Idle, Unaligned, Ended, Reset } = ChannelFlag

/**
 * What the valve of one logical input does with what its channels bring, followed from the trace by the same rules (T-14 … T-16): which channels take
 * part in the minimum is said nowhere else. Mirrors StatusWatermarkValve.
 */
export class ValveMirror {
  private lastWatermark = LONG_MIN
  private idle = false
  private active: number

  constructor(
    private readonly track: InputTrack,
    private readonly channels: readonly ChannelTrack[],
    event: TraceEvent,
  ) {
    this.active = channels.length
    // Nothing of an attempt before this one counts.
    for (const { steps } of channels) if (steps.length > 0) steps.add(event.index, event.time, LONG_MIN, Reset)
  }

  /** Returns whether what the input gives changed. */
  watermark(place: number, watermark: number, event: TraceEvent): boolean {
    const { steps } = this.channels[place]!
    const flags = steps.lastFlags & ~Reset
    if (this.idle || (flags & Idle) !== 0) return false
    if (!(watermark > watermarkOf(this.channels[place]!))) return false
    steps.add(event.index, event.time, watermark, watermark >= this.lastWatermark ? flags & ~Unaligned : flags)
    return this.raise(this.minimum(), event)
  }

  status(place: number, idle: boolean, event: TraceEvent): boolean {
    const channel = this.channels[place]!
    const { steps } = channel
    const flags = steps.lastFlags & ~Reset
    if (idle === ((flags & Idle) !== 0)) return false
    const watermark = watermarkOf(channel)
    if (!idle) {
      const caughtUp = watermark >= this.lastWatermark
      steps.add(event.index, event.time, watermark, flags & ~Idle & (caughtUp ? ~Unaligned : ~0))
      this.active++
      if (!this.idle) return false
      this.idle = false
      this.step(event)
      return true
    }
    steps.add(event.index, event.time, watermark, flags | Idle | Unaligned)
    this.active--
    const wasHolder = watermark === this.lastWatermark
    if (this.active > 0) return wasHolder && this.raise(this.minimum(), event)
    if (wasHolder)
      this.lastWatermark = Math.max(
        this.lastWatermark,
        this.channels.reduce((most, each) => Math.max(most, watermarkOf(each)), LONG_MIN),
      )
    this.idle = true
    this.step(event)
    return true
  }

  ended(place: number, event: TraceEvent): void {
    const channel = this.channels[place]!
    channel.steps.add(event.index, event.time, watermarkOf(channel), (channel.steps.lastFlags & ~Reset) | Ended)
  }

  get now(): { readonly watermark: number; readonly idle: boolean } {
    return { watermark: this.lastWatermark, idle: this.idle }
  }

  private minimum(): number {
    let least = Infinity
    for (const channel of this.channels) if ((channel.steps.lastFlags & Unaligned) === 0) least = Math.min(least, watermarkOf(channel))
    return least
  }

  private raise(watermark: number, event: TraceEvent): boolean {
    if (watermark === Infinity || watermark <= this.lastWatermark) return false
    this.lastWatermark = watermark
    this.step(event)
    return true
  }

  private step(event: TraceEvent): void {
    this.track.steps.add(event.index, event.time, this.lastWatermark, this.idle ? 1 : 0)
  }
}

/** As far as the steps go; a channel that nothing came on yet has none. */
const watermarkOf = ({ steps }: ChannelTrack): number => (steps.length === 0 ? LONG_MIN : steps.lastValue)
