import { IllegalArgumentException } from '../../core/exceptions'
import { LONG_MAX } from '../../core/time'

/** A claim that no record with this timestamp or an earlier one comes any more. Mirrors org.apache.flink.api.common.eventtime.Watermark. */
export class Watermark {
  /** The end of the stream. */
  static readonly MAX_WATERMARK = new Watermark(LONG_MAX)

  constructor(private readonly timestamp: number) {
    if (typeof timestamp !== 'number' || Number.isNaN(timestamp)) {
      throw new IllegalArgumentException(`A watermark is a number of milliseconds, not ${String(timestamp)}.`)
    }
  }

  /** ms since the epoch. */
  getTimestamp(): number {
    return this.timestamp
  }
  /** Returns whether both mark the same time. */
  equals(other: unknown): boolean {
    return other instanceof Watermark && other.timestamp === this.timestamp
  }
  toString(): string {
    return `Watermark @ ${this.timestamp}`
  }
}

/** Where a generator's watermarks go. Mirrors org.apache.flink.api.common.eventtime.WatermarkOutput. */
export interface WatermarkOutput {
  /** Emits a watermark; one that does not rise is dropped. */
  emitWatermark(watermark: Watermark): void
  /** Says that nothing comes for now: others need not wait. */
  markIdle(): void
  /** Takes `markIdle` back. */
  markActive(): void
}

/** Mirrors org.apache.flink.api.common.eventtime.WatermarkGenerator. */
export interface WatermarkGenerator<T> {
  /** Sees every record, after it was emitted. */
  onEvent(event: T, eventTimestamp: number, output: WatermarkOutput): void
  /** Is called each `pipeline.auto-watermark-interval`. */
  onPeriodicEmit(output: WatermarkOutput): void
}

/** A clock that can be held. Mirrors org.apache.flink.util.clock.RelativeClock. */
export interface RelativeClock {
  /** Returns a time in ms that only differences count of. */
  relativeTimeMillis(): number
  /** Returns a time in ns that only differences count of. */
  relativeTimeNanos(): number
}

/** Mirrors TimestampAssignerSupplier.Context; its metric group is left out. */
export type TimestampAssignerContext = Readonly<Record<string, never>>

/** What a generator finds around it. */
export interface WatermarkGeneratorContext {
  /** The clock by which idleness is measured; it stands still while the task is back-pressured. */
  getInputActivityClock(): RelativeClock
}

/** Mirrors org.apache.flink.api.common.eventtime.TimestampAssigner. */
export interface TimestampAssigner<T> {
  /** Returns the record's event time in ms; `recordTimestamp` is what it had before, Long.MIN_VALUE for nothing. */
  extractTimestamp(element: T, recordTimestamp: number): number
}
export type TimestampAssignerLike<T> = TimestampAssigner<T> | ((element: T, recordTimestamp: number) => number)

/** Mirrors org.apache.flink.api.common.eventtime.TimestampAssignerSupplier. */
export interface TimestampAssignerSupplier<T> {
  /** Makes an assigner for a subtask. */
  createTimestampAssigner(context: TimestampAssignerContext): TimestampAssigner<T>
}

/** Mirrors org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier. */
export interface WatermarkGeneratorSupplier<T> {
  /** Makes a generator for a subtask. */
  createWatermarkGenerator(context: WatermarkGeneratorContext): WatermarkGenerator<T>
}
export type WatermarkGeneratorSupplierLike<T> =
  WatermarkGeneratorSupplier<T> | ((context: WatermarkGeneratorContext) => WatermarkGenerator<T>)
