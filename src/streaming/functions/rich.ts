import { IllegalStateException } from '../../core/exceptions'
import type { Collector } from './Collector'
import type { AggregateFunction, FilterFunction, FlatMapFunction, MapFunction, ReduceFunction } from './functions'
import type { OpenContext, RuntimeContext } from './RuntimeContext'

/** A function with a life: it is opened before its first record and closed after its last. Mirrors org.apache.flink.api.common.functions.RichFunction. */
export interface RichFunction {
  /** Prepares the function; state is asked for here. */
  open(openContext: OpenContext): void
  /** Tidies up, after success and after failure. */
  close(): void
  /** Returns what the function finds around it. */
  getRuntimeContext(): RuntimeContext
  /** Hands the context over; the runtime does that before `open`. */
  setRuntimeContext(context: RuntimeContext): void
}

/** Base of the functions that can be opened and know their context. Mirrors org.apache.flink.api.common.functions.AbstractRichFunction. */
export abstract class AbstractRichFunction implements RichFunction {
  private runtimeContext: RuntimeContext | null = null

  /** Hands the context over; the runtime does that before `open`. */
  setRuntimeContext(context: RuntimeContext): void {
    this.runtimeContext = context
  }

  /** Returns what the function finds around it: its subtask and its state. */
  getRuntimeContext(): RuntimeContext {
    if (this.runtimeContext === null) throw new IllegalStateException('The runtime context has not been initialized.')
    return this.runtimeContext
  }

  /** Prepares the function; state is asked for here. */
  open(_openContext: OpenContext): void {}

  /** Tidies up, after success and after failure. */
  close(): void {}
}

/** A MapFunction that can be opened and closed. */
export abstract class RichMapFunction<IN, OUT> extends AbstractRichFunction implements MapFunction<IN, OUT> {
  /** Returns the record that takes the place of `value`. */
  abstract map(value: IN): OUT
}

/** A FlatMapFunction that can be opened and closed. */
export abstract class RichFlatMapFunction<IN, OUT> extends AbstractRichFunction implements FlatMapFunction<IN, OUT> {
  /** Emits what takes the place of `value` through `out`, or returns it as an iterable. */
  abstract flatMap(value: IN, out: Collector<OUT>): Iterable<OUT> | void
}

/** A FilterFunction that can be opened and closed. */
export abstract class RichFilterFunction<T> extends AbstractRichFunction implements FilterFunction<T> {
  /** Returns true for a record that stays. */
  abstract filter(value: T): boolean
}

/** A ReduceFunction that can be opened and closed. */
export abstract class RichReduceFunction<T> extends AbstractRichFunction implements ReduceFunction<T> {
  /** Combines what was reduced so far with the next value. */
  abstract reduce(value1: T, value2: T): T
}

/** An AggregateFunction that can be opened and closed; Flink takes it nowhere in the DataStream API. */
export abstract class RichAggregateFunction<IN, ACC, OUT> extends AbstractRichFunction implements AggregateFunction<IN, ACC, OUT> {
  /** Returns a fresh accumulator, for no value at all. */
  abstract createAccumulator(): ACC
  /** Adds a value and returns the accumulator to go on with. */
  abstract add(value: IN, accumulator: ACC): ACC
  /** Reads the result off an accumulator. */
  abstract getResult(accumulator: ACC): OUT
  /** Merges two accumulators into one. */
  abstract merge(a: ACC, b: ACC): ACC
}
