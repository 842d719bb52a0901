import type { Collector } from '../functions/Collector'
import type { RuntimeContext } from '../functions/RuntimeContext'
import { AbstractRichFunction } from '../functions/rich'
import type { AllWindowFunctionLike, ProcessAllWindowFunctionLike, ProcessWindowFunction } from '../functions/windows'
import type { OpenContext } from '../functions/RuntimeContext'
import type { Window } from '../windowing'

/**
 * A function over all keys as one over the single key there is: the window operator knows keyed functions alone.
 * Mirrors the internal functions InternalIterableAllWindowFunction and InternalIterableProcessAllWindowFunction.
 */
export class KeylessWindowFunction<IN, OUT, W extends Window> extends AbstractRichFunction {
  constructor(private readonly wrapped: AllWindowFunctionLike<IN, OUT, W>) {
    super()
  }
  override setRuntimeContext(context: RuntimeContext): void {
    super.setRuntimeContext(context)
    if (this.wrapped instanceof AbstractRichFunction) this.wrapped.setRuntimeContext(context)
  }
  override open(context: OpenContext): void {
    if (this.wrapped instanceof AbstractRichFunction) this.wrapped.open(context)
  }
  override close(): void {
    if (this.wrapped instanceof AbstractRichFunction) this.wrapped.close()
  }
  apply(_key: unknown, window: W, input: Iterable<IN>, out: Collector<OUT>): void {
    if (typeof this.wrapped === 'function') this.wrapped(window, input, out)
    else this.wrapped.apply(window, input, out)
  }
}

export class KeylessProcessWindowFunction<IN, OUT, W extends Window> extends AbstractRichFunction {
  constructor(private readonly wrapped: ProcessAllWindowFunctionLike<IN, OUT, W>) {
    super()
  }
  override setRuntimeContext(context: RuntimeContext): void {
    super.setRuntimeContext(context)
    if (this.wrapped instanceof AbstractRichFunction) this.wrapped.setRuntimeContext(context)
  }
  override open(context: OpenContext): void {
    this.wrapped.open?.(context)
  }
  override close(): void {
    this.wrapped.close?.()
  }
  process(_key: unknown, context: ProcessWindowFunction.Context<W>, elements: Iterable<IN>, out: Collector<OUT>): void {
    this.wrapped.process(context, elements, out)
  }
  clear(context: ProcessWindowFunction.Context<W>): void {
    this.wrapped.clear?.(context)
  }
}
