import type { Watermark } from '../watermark'
import { AbstractRichFunction } from './rich'

/**
 * A source of the old kind: emits its records from one method. Here `run` is called once and must come back: what loops until it is
 * canceled needs threads, which a program has not. Mirrors org.apache.flink.streaming.api.functions.source.SourceFunction.
 * @deprecated use `fromSource`
 */
export interface SourceFunction<T> {
  /** Emits all records and returns. */
  run(ctx: SourceFunction.SourceContext<T>): void
  /** Asks `run` to come back. */
  cancel(): void
}

export namespace SourceFunction {
  /** Takes what a source emits. */
  export interface SourceContext<T> {
    /** Emits a record without timestamp. */
    collect(element: T): void
    /** Emits a record with its timestamp in ms. */
    collectWithTimestamp(element: T, timestamp: number): void
    /** Says that no record with this timestamp or an earlier one will follow. */
    emitWatermark(mark: Watermark): void
    /** Lets those downstream go on without this source for a while. */
    markAsTemporarilyIdle(): void
    /** Returns the lock of emission and checkpoints; there is one thread here, so it locks nothing. */
    getCheckpointLock(): object
    /** Ends the output; the runtime does that. */
    close(): void
  }
}

/** A SourceFunction that may run on several subtasks at once. @deprecated use `fromSource` */
export interface ParallelSourceFunction<OUT> extends SourceFunction<OUT> {
  /** Only a mark: Java tells these by their type, so an object literal says it so. */
  readonly parallel: true
}

/** A SourceFunction that can be opened and closed; runs on one subtask. @deprecated use `fromSource` */
export abstract class RichSourceFunction<OUT> extends AbstractRichFunction implements SourceFunction<OUT> {
  /** Emits all records and returns. */
  abstract run(ctx: SourceFunction.SourceContext<OUT>): void
  /** Asks `run` to come back. */
  abstract cancel(): void
}

/** A SourceFunction that can be opened and closed, and may run on several subtasks at once. @deprecated use `fromSource` */
export abstract class RichParallelSourceFunction<OUT> extends AbstractRichFunction implements ParallelSourceFunction<OUT> {
  /** Marks it as one that may run on several subtasks. */
  readonly parallel = true
  /** Emits all records and returns. */
  abstract run(ctx: SourceFunction.SourceContext<OUT>): void
  /** Asks `run` to come back. */
  abstract cancel(): void
}
