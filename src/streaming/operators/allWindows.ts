import type { Collector } from '../functions/Collector'
import { WrappingFunction } from '../functions/WrappingFunction'
import type { AllWindowFunctionLike, ProcessAllWindowFunctionLike, ProcessWindowFunction } from '../functions/windows'
import type { Window } from '../windowing'

/**
 * A function over all keys as one over the single key there is: the window operator knows keyed functions alone.
 * Mirrors the internal functions InternalIterableAllWindowFunction and InternalIterableProcessAllWindowFunction.
 */
export class KeylessWindowFunction<IN, OUT, W extends Window> extends WrappingFunction<AllWindowFunctionLike<IN, OUT, W>> {
  apply(_key: unknown, window: W, input: Iterable<IN>, out: Collector<OUT>): void {
    if (typeof this.wrapped === 'function') this.wrapped(window, input, out)
    else this.wrapped.apply(window, input, out)
  }
}

export class KeylessProcessWindowFunction<IN, OUT, W extends Window> extends WrappingFunction<ProcessAllWindowFunctionLike<IN, OUT, W>> {
  process(_key: unknown, context: ProcessWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void {
    this.wrapped.process(context, elements, out)
  }
  clear(context: ProcessWindowFunction.Context<W>): void {
    this.wrapped.clear?.(context)
  }
}
