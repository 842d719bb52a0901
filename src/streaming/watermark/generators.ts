import { IllegalArgumentException } from '../../core/exceptions'
import { LONG_MIN } from '../../core/time'
import { millisOf } from '../time'
import type { TimeLike } from '../time'
import { Watermark } from './watermark'
import type { WatermarkGenerator, WatermarkOutput } from './watermark'

/** T-1: the watermark trails the greatest timestamp by the delay and one more millisecond. Mirrors BoundedOutOfOrdernessWatermarks. */
export class BoundedOutOfOrdernessWatermarks<T> implements WatermarkGenerator<T> {
  private maxTimestamp: number
  private readonly outOfOrderness: number

  constructor(maxOutOfOrderness: TimeLike) {
    this.outOfOrderness = millisOf(maxOutOfOrderness)
    if (this.outOfOrderness < 0) throw new IllegalArgumentException('maxOutOfOrderness cannot be negative')
    this.maxTimestamp = LONG_MIN + this.outOfOrderness + 1
  }

  onEvent(_event: T, eventTimestamp: number, _output: WatermarkOutput): void {
    if (eventTimestamp > this.maxTimestamp) this.maxTimestamp = eventTimestamp
  }

  onPeriodicEmit(output: WatermarkOutput): void {
    output.emitWatermark(new Watermark(this.maxTimestamp - this.outOfOrderness - 1))
  }
}

/** For timestamps that never fall. Mirrors AscendingTimestampsWatermarks. */
export class AscendingTimestampsWatermarks<T> extends BoundedOutOfOrdernessWatermarks<T> {
  constructor() {
    super(0)
  }
}

/** Mirrors NoWatermarksGenerator. */
export class NoWatermarksGenerator<T> implements WatermarkGenerator<T> {
  onEvent(_event: T, _eventTimestamp: number, _output: WatermarkOutput): void {}
  onPeriodicEmit(_output: WatermarkOutput): void {}
}
