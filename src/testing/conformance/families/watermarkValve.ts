import { StatusWatermarkValve } from '../../../runtime/time/StatusWatermarkValve'
import { family } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

interface Given {
  readonly channels: number
  readonly steps: readonly (readonly ['watermark', number, LongJson] | readonly ['status', number, 'idle' | 'active'])[]
}

export const watermarkValve = family<Given>(
  'watermark-valve',
  ({ channels, steps }) => {
    let out: unknown[] = []
    const valve = new StatusWatermarkValve(channels, {
      emitWatermark: (watermark) => out.push(['watermark', fromNumber(watermark)]),
      emitStatus: (idle) => out.push(['status', idle ? 'idle' : 'active']),
    })
    return {
      steps: steps.map((step) => {
        out = []
        if (step[0] === 'watermark') valve.inputWatermark(step[1], toNumber(step[2]))
        else valve.inputStatus(step[1], step[2] === 'idle')
        return out
      }),
    }
  },
  beyondDoubles,
)
