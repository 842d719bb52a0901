import { IllegalArgumentException, RuntimeException } from '../../core/exceptions'
import { LONG_MIN } from '../../core/time'
import { millisOf } from '../time'
import type { TimeLike } from '../time'
import { Watermark } from './watermark'
import type { TimestampAssigner } from './watermark'

/** T-23. The assigners that WatermarkStrategy took the place of; Flink 1.x only. */

/** @deprecated use a WatermarkStrategy */
export interface AssignerWithPeriodicWatermarks<T> extends TimestampAssigner<T> {
  /** Is asked each `pipeline.auto-watermark-interval`; null: no watermark now. */
  getCurrentWatermark(): Watermark | null
}

/** @deprecated use a WatermarkStrategy */
export interface AssignerWithPunctuatedWatermarks<T> extends TimestampAssigner<T> {
  /** Is asked after every record; null: no watermark for this one. */
  checkAndGetNextWatermark(lastElement: T, extractedTimestamp: number): Watermark | null
}

/** The watermark trails the greatest timestamp by exactly the delay (not 1 ms more). @deprecated use WatermarkStrategy.forBoundedOutOfOrderness */
export abstract class BoundedOutOfOrdernessTimestampExtractor<T> {
  private currentMaxTimestamp: number
  private lastEmittedWatermark = LONG_MIN
  private readonly maxOutOfOrderness: number

  constructor(maxOutOfOrderness: TimeLike) {
    this.maxOutOfOrderness = millisOf(maxOutOfOrderness)
    if (this.maxOutOfOrderness < 0) {
      throw new IllegalArgumentException(
        `Tried to set the maximum allowed lateness to ${String(maxOutOfOrderness)}. This parameter cannot be negative.`,
      )
    }
    this.currentMaxTimestamp = LONG_MIN + this.maxOutOfOrderness
  }

  abstract extractTimestamp(element: T): number

  getMaxOutOfOrdernessInMillis(): number {
    return this.maxOutOfOrderness
  }

  getCurrentWatermark(): Watermark {
    this.lastEmittedWatermark = Math.max(this.lastEmittedWatermark, this.currentMaxTimestamp - this.maxOutOfOrderness)
    return new Watermark(this.lastEmittedWatermark)
  }

  /** @internal Java has two methods of one name here. */
  extractAndRemember(element: T): number {
    const timestamp = this.extractTimestamp(element)
    if (timestamp > this.currentMaxTimestamp) this.currentMaxTimestamp = timestamp
    return timestamp
  }
}

/** Mirrors AscendingTimestampExtractor.MonotonyViolationHandler. */
export interface MonotonyViolationHandler {
  handleViolation(elementTimestamp: number, lastTimestamp: number): void
}

/** The watermark is the last timestamp less 1 ms; a timestamp that falls is left to the handler. @deprecated use WatermarkStrategy.forMonotonousTimestamps */
export abstract class AscendingTimestampExtractor<T> implements AssignerWithPeriodicWatermarks<T> {
  static readonly IgnoringHandler = class implements MonotonyViolationHandler {
    handleViolation(): void {}
  }
  static readonly FailingHandler = class implements MonotonyViolationHandler {
    handleViolation(elementTimestamp: number, lastTimestamp: number): void {
      throw new RuntimeException(
        `Ascending timestamps condition violated. Element timestamp ${elementTimestamp} is smaller than last timestamp ${lastTimestamp}`,
      )
    }
  }

  private currentTimestamp = LONG_MIN
  private violationHandler: MonotonyViolationHandler = new AscendingTimestampExtractor.IgnoringHandler()

  abstract extractAscendingTimestamp(element: T): number

  withViolationHandler(handler: MonotonyViolationHandler): this {
    this.violationHandler = handler
    return this
  }

  extractTimestamp(element: T): number {
    const timestamp = this.extractAscendingTimestamp(element)
    if (timestamp >= this.currentTimestamp) this.currentTimestamp = timestamp
    else this.violationHandler.handleViolation(timestamp, this.currentTimestamp)
    return timestamp
  }

  getCurrentWatermark(): Watermark {
    return new Watermark(this.currentTimestamp === LONG_MIN ? LONG_MIN : this.currentTimestamp - 1)
  }
}

export type LegacyAssigner<T> =
  AssignerWithPeriodicWatermarks<T> | AssignerWithPunctuatedWatermarks<T> | BoundedOutOfOrdernessTimestampExtractor<T>
