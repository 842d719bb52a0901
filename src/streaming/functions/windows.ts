import type { KeyedStateStore } from '../state'
import type { Window } from '../windowing'
import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'

/** Is given a key's window when it fires. Mirrors org.apache.flink.streaming.api.functions.windowing.WindowFunction. */
export interface WindowFunction<IN, OUT, KEY, W extends Window> {
  /** Handles the window's elements. */
  apply(key: KEY, window: W, input: Iterable<IN>, out: Collector<OUT>): void
}

/** What may stand where Java takes a WindowFunction. */
export type WindowFunctionLike<IN, OUT, KEY, W extends Window> =
  WindowFunction<IN, OUT, KEY, W> | ((key: KEY, window: W, input: Iterable<IN>, out: Collector<OUT>) => void)

/** A WindowFunction that can be opened and closed. */
export abstract class RichWindowFunction<IN, OUT, KEY, W extends Window>
  extends AbstractRichFunction
  implements WindowFunction<IN, OUT, KEY, W>
{
  /** Handles the window's elements. */
  abstract apply(key: KEY, window: W, input: Iterable<IN>, out: Collector<OUT>): void
}

/**
 * Is given a key's window when it fires, with state, clocks and side outputs.
 * Mirrors org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction.
 */
export abstract class ProcessWindowFunction<IN, OUT, KEY, W extends Window> extends AbstractRichFunction {
  /** Handles the window's elements. */
  abstract process(key: KEY, context: ProcessWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void

  /** Clears the window's own state when the window ends. */
  clear(_context: ProcessWindowFunction.Context<W>): void {}
}

/** What may stand where Java takes a ProcessWindowFunction: an object literal with the right methods will do. */
export interface ProcessWindowFunctionLike<IN, OUT, KEY, W extends Window> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles the window's elements. */
  process(key: KEY, context: ProcessWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void
  /** Clears the window's own state when the window ends. */
  clear?(context: ProcessWindowFunction.Context<W>): void
}

export namespace ProcessWindowFunction {
  /** What is known about the window at hand. */
  export interface Context<W extends Window> {
    /** Returns the window. */
    window(): W
    /** Returns the subtask's clock in ms. */
    currentProcessingTime(): number
    /** Returns the current watermark in ms. */
    currentWatermark(): number
    /** Returns state of this key and this window; clear it in `clear`. */
    windowState(): KeyedStateStore
    /** Returns state of this key over all windows. */
    globalState(): KeyedStateStore
    /** Emits a record to a side output. */
    output<X>(outputTag: OutputTag<X>, value: X): void
  }
}

/** Is given a window over all keys when it fires. Mirrors org.apache.flink.streaming.api.functions.windowing.AllWindowFunction. */
export interface AllWindowFunction<IN, OUT, W extends Window> {
  /** Handles the window's elements. */
  apply(window: W, values: Iterable<IN>, out: Collector<OUT>): void
}

/** What may stand where Java takes an AllWindowFunction. */
export type AllWindowFunctionLike<IN, OUT, W extends Window> =
  AllWindowFunction<IN, OUT, W> | ((window: W, values: Iterable<IN>, out: Collector<OUT>) => void)

/** An AllWindowFunction that can be opened and closed. */
export abstract class RichAllWindowFunction<IN, OUT, W extends Window>
  extends AbstractRichFunction
  implements AllWindowFunction<IN, OUT, W>
{
  /** Handles the window's elements. */
  abstract apply(window: W, values: Iterable<IN>, out: Collector<OUT>): void
}

/** Is given a window over all keys when it fires, with state and side outputs. Mirrors org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction. */
export abstract class ProcessAllWindowFunction<IN, OUT, W extends Window> extends AbstractRichFunction {
  /** Handles the window's elements. */
  abstract process(context: ProcessAllWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void

  /** Clears the window's own state when the window ends. */
  clear(_context: ProcessAllWindowFunction.Context<W>): void {}
}

/** What may stand where Java takes a ProcessAllWindowFunction: an object literal with the right methods will do. */
export interface ProcessAllWindowFunctionLike<IN, OUT, W extends Window> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles the window's elements. */
  process(context: ProcessAllWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void
  /** Clears the window's own state when the window ends. */
  clear?(context: ProcessAllWindowFunction.Context<W>): void
}

export namespace ProcessAllWindowFunction {
  /** What is known about the window at hand. */
  export interface Context<W extends Window> {
    /** Returns the window. */
    window(): W
    /** Returns state of this window; clear it in `clear`. */
    windowState(): KeyedStateStore
    /** Returns state over all windows. */
    globalState(): KeyedStateStore
    /** Emits a record to a side output. */
    output<X>(outputTag: OutputTag<X>, value: X): void
  }
}
