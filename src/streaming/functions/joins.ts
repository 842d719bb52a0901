import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'

/** Makes one record of each pair. Mirrors org.apache.flink.api.common.functions.JoinFunction. */
export interface JoinFunction<IN1, IN2, OUT> {
  /** Returns what the pair gives. */
  join(first: IN1, second: IN2): OUT
}

/** Makes none, one or many records of each pair. Mirrors org.apache.flink.api.common.functions.FlatJoinFunction. */
export interface FlatJoinFunction<IN1, IN2, OUT> {
  /** Emits what the pair gives. */
  join(first: IN1, second: IN2, out: Collector<OUT>): void
}

/** A JoinFunction that can be opened and closed. */
export abstract class RichJoinFunction<IN1, IN2, OUT> extends AbstractRichFunction implements JoinFunction<IN1, IN2, OUT> {
  /** Returns what the pair gives. */
  abstract join(first: IN1, second: IN2): OUT
}

/** A FlatJoinFunction that can be opened and closed. */
export abstract class RichFlatJoinFunction<IN1, IN2, OUT> extends AbstractRichFunction implements FlatJoinFunction<IN1, IN2, OUT> {
  /** Emits what the pair gives. */
  abstract join(first: IN1, second: IN2, out: Collector<OUT>): void
}

/** Is given all records of a key from both sides. Mirrors org.apache.flink.api.common.functions.CoGroupFunction. */
export interface CoGroupFunction<IN1, IN2, O> {
  /** Handles both groups; one of them may be empty. */
  coGroup(first: Iterable<IN1>, second: Iterable<IN2>, out: Collector<O>): void
}

/** A CoGroupFunction that can be opened and closed. */
export abstract class RichCoGroupFunction<IN1, IN2, OUT> extends AbstractRichFunction implements CoGroupFunction<IN1, IN2, OUT> {
  /** Handles both groups; one of them may be empty. */
  abstract coGroup(first: Iterable<IN1>, second: Iterable<IN2>, out: Collector<OUT>): void
}

/** What may stand where Java takes a CoGroupFunction. */
export type CoGroupLike<IN1, IN2, O> =
  CoGroupFunction<IN1, IN2, O> | ((first: Iterable<IN1>, second: Iterable<IN2>, out: Collector<O>) => void)

/** Is given each pair of an interval join. Mirrors org.apache.flink.streaming.api.functions.co.ProcessJoinFunction. */
export abstract class ProcessJoinFunction<IN1, IN2, OUT> extends AbstractRichFunction {
  /** Handles a pair. */
  abstract processElement(left: IN1, right: IN2, ctx: ProcessJoinFunction.Context, out: Collector<OUT>): void
}

export namespace ProcessJoinFunction {
  /** What is known about the pair at hand. */
  export interface Context {
    /** Returns the timestamp of the left record, in ms. */
    getLeftTimestamp(): number
    /** Returns the timestamp of the right record, in ms. */
    getRightTimestamp(): number
    /** Returns the greater of both, which is that of what the pair gives. */
    getTimestamp(): number
    /** Emits a record to a side output. */
    output<X>(outputTag: OutputTag<X>, value: X): void
  }
}

/** What may stand where Java takes a ProcessJoinFunction. */
export type ProcessJoinLike<IN1, IN2, OUT> =
  | {
      /** Prepares the function. */
      open?(openContext: OpenContext): void
      /** Tidies up. */
      close?(): void
      /** Handles a pair. */
      processElement(left: IN1, right: IN2, ctx: ProcessJoinFunction.Context, out: Collector<OUT>): void
    }
  | ((left: IN1, right: IN2, ctx: ProcessJoinFunction.Context, out: Collector<OUT>) => void)
