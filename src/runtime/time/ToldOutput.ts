import { LONG_MIN } from '../../core/time'
import type { Watermark, WatermarkOutput } from '../../streaming/watermark'

/** Hears of what one generator says: only of what is new, and of watermarks that fall. */
export interface GeneratorListener {
  rose(watermark: number): void
  fell(watermark: number, last: number): void
  status(idle: boolean): void
}

/** What a generator has said last; it may have two outputs, one for events and one for its periodic word. */
export interface Said {
  watermark: number
  idle: boolean
}
export const nothingSaid = (): Said => ({ watermark: LONG_MIN, idle: false })

/** Tells of what a generator emits, and then hands it on. A watermark makes the generator active, whether it rises or not (T-8). */
export class ToldOutput implements WatermarkOutput {
  constructor(
    private readonly said: Said,
    private readonly output: WatermarkOutput,
    private readonly listener: GeneratorListener,
  ) {}

  emitWatermark(watermark: Watermark): void {
    const { said, listener } = this
    const time = watermark.getTimestamp()
    this.tellStatus(false)
    if (time < said.watermark) listener.fell(time, said.watermark)
    else if (time > said.watermark) {
      said.watermark = time
      listener.rose(time)
    }
    this.output.emitWatermark(watermark)
  }

  markIdle(): void {
    this.tellStatus(true)
    this.output.markIdle()
  }

  markActive(): void {
    this.tellStatus(false)
    this.output.markActive()
  }

  private tellStatus(idle: boolean): void {
    if (idle === this.said.idle) return
    this.said.idle = idle
    this.listener.status(idle)
  }
}
