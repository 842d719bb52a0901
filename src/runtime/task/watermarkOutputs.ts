import { LONG_MIN } from '../../core/time'
import type { Watermark, WatermarkOutput } from '../../streaming/watermark'
import type { OperatorTrace, Output } from '../operators/types'
import type { WatermarkUpdateListener } from '../time/ProgressiveTimestampsAndWatermarks'

/** Drops watermarks that do not rise; says ACTIVE before a watermark if the output was idle (T-9). Mirrors WatermarkToDataOutput. */
export class WatermarkToDataOutput implements WatermarkOutput {
  private max = LONG_MIN
  private idle = false

  constructor(
    private readonly output: Output,
    private readonly trace: OperatorTrace,
    private readonly listener: Pick<WatermarkUpdateListener, 'updateIdle' | 'updateCurrentEffectiveWatermark'> | null = null,
  ) {}

  emitWatermark(watermark: Watermark): void {
    const time = watermark.getTimestamp()
    if (time <= this.max) return
    this.max = time
    this.listener?.updateCurrentEffectiveWatermark(time)
    this.markActive()
    this.trace.watermarkEmitted(time)
    this.output.emitWatermark(time)
  }

  markIdle(): void {
    if (this.idle) return
    this.idle = true
    this.trace.statusEmitted(true)
    this.output.emitStatus(true)
    this.listener?.updateIdle(true)
  }

  markActive(): void {
    if (!this.idle) return
    this.idle = false
    this.trace.statusEmitted(false)
    this.output.emitStatus(false)
    this.listener?.updateIdle(false)
  }
}

/** Lets the real output be idle only when both the splits and the main output are; both begin idle (T-9). Mirrors ProgressiveTimestampsAndWatermarks.IdlenessManager. */
export class IdlenessManager {
  readonly splitLocalOutput: WatermarkOutput
  readonly mainOutput: WatermarkOutput
  private readonly idle = { split: true, main: true }

  constructor(private readonly output: WatermarkOutput) {
    this.splitLocalOutput = this.side('split')
    this.mainOutput = this.side('main')
  }

  private side(which: 'split' | 'main'): WatermarkOutput {
    const { idle, output } = this
    return {
      emitWatermark: (watermark) => {
        idle[which] = false
        output.emitWatermark(watermark)
      },
      markIdle: () => {
        idle[which] = true
        if (idle.split && idle.main) output.markIdle()
      },
      markActive: () => {
        idle[which] = false
        output.markActive()
      },
    }
  }
}
