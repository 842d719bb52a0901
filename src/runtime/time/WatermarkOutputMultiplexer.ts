import { IllegalArgumentException, IllegalStateException } from '../../core/exceptions'
import { Watermark } from '../../streaming/watermark'
import type { WatermarkOutput } from '../../streaming/watermark'
import { CombinedWatermarkStatus, PartialWatermark } from './CombinedWatermarkStatus'

/**
 * Combines the watermarks of several outputs, a source's splits, into one (T-7, T-8). Mirrors
 * org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer.
 */
export class WatermarkOutputMultiplexer {
  private readonly outputs = new Map<string, PartialWatermark>()
  private readonly combined = new CombinedWatermarkStatus()

  constructor(private readonly underlying: WatermarkOutput) {}

  /** `onUpdate` hears of the output's own watermark when it rises. */
  registerNewOutput(id: string, onUpdate: ((watermark: number) => void) | null = null): void {
    if (this.outputs.has(id)) throw new IllegalStateException(`Already contains an output for ID ${id}`)
    const output = new PartialWatermark(onUpdate)
    this.outputs.set(id, output)
    this.combined.add(output)
  }

  /** The combination changes with the next update only. Returns whether there was such an output. */
  unregisterOutput(id: string): boolean {
    const output = this.outputs.get(id)
    if (output === undefined) return false
    this.outputs.delete(id)
    this.combined.remove(output)
    return true
  }

  /** Combines at once if it must. */
  getImmediateOutput(id: string): WatermarkOutput {
    const output = this.outputOf(id)
    return {
      emitWatermark: (watermark) => {
        const timestamp = watermark.getTimestamp()
        if (output.setWatermark(timestamp) && timestamp > this.combined.combinedWatermark) this.update()
      },
      markIdle: () => {
        output.idle = true
        this.update()
      },
      markActive: () => {
        output.idle = false
        this.update()
      },
    }
  }

  /** Only stores: `onPeriodicEmit` combines. */
  getDeferredOutput(id: string): WatermarkOutput {
    const output = this.outputOf(id)
    return {
      emitWatermark: (watermark) => {
        output.setWatermark(watermark.getTimestamp())
      },
      markIdle: () => {
        output.idle = true
      },
      markActive: () => {
        output.idle = false
      },
    }
  }

  onPeriodicEmit(): void {
    this.update()
  }

  private update(): void {
    if (this.combined.updateCombinedWatermark()) this.underlying.emitWatermark(new Watermark(this.combined.combinedWatermark))
    else if (this.combined.idle) this.underlying.markIdle()
  }

  private outputOf(id: string): PartialWatermark {
    const output = this.outputs.get(id)
    if (output === undefined) throw new IllegalArgumentException(`no output registered under id ${id}`)
    return output
  }
}
