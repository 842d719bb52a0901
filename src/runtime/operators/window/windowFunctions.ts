import type { BuiltInAggregation } from '../../../streaming/functions/aggregation'
import { AssertionFailure } from '../../../base/assert'
import type { Collector } from '../../../streaming/functions/Collector'
import type { AggregateFunction } from '../../../streaming/functions/functions'
import type { ProcessWindowFunction } from '../../../streaming/functions/windows'
import type { Window } from '../../../streaming/windowing'
import { methodOf } from '../functions'

export type WindowContext = ProcessWindowFunction.Context<Window>
export type Reduce = (value1: unknown, value2: unknown) => unknown
export type Aggregate = AggregateFunction<unknown, unknown, unknown>

/** What is done with the contents of a window that fires. Mirrors InternalWindowFunction. */
export interface InternalWindowFunction {
  process(key: unknown, window: Window, context: WindowContext, contents: unknown, out: Collector<unknown>): void
  clear(context: WindowContext): void
}

/** How a window keeps its elements, and what is called when it fires; by the parameter `function` of kind `window`. */
export interface WindowFunctionSpec {
  readonly contents: 'list' | 'reduce' | 'aggregate'
  readonly reduce?: Reduce
  readonly aggregate?: Aggregate
  readonly fn: InternalWindowFunction
}

const nothing = (): void => undefined

/** The contents are the result. */
const passThrough: InternalWindowFunction = {
  process: (_key, _window, _context, contents, out) => out.collect(contents),
  clear: nothing,
}

type Apply = (key: unknown, window: Window, input: Iterable<unknown>, out: Collector<unknown>) => void
type Process = ProcessWindowFunction<unknown, unknown, unknown, Window>['process']

function calling(kind: 'Apply' | 'Process', fn: unknown, single: boolean): InternalWindowFunction {
  const iterable = (contents: unknown): Iterable<unknown> => (single ? [contents] : (contents as Iterable<unknown>))
  if (kind === 'Apply') {
    const apply = methodOf<Apply>(fn, 'apply')
    return { process: (key, window, _context, contents, out) => apply(key, window, iterable(contents), out), clear: nothing }
  }
  const process = methodOf<Process>(fn, 'process')
  const clear = (fn as { clear?: unknown }).clear
  return {
    process: (key, _window, context, contents, out) => process(key, context, iterable(contents), out),
    clear: typeof clear === 'function' ? (context) => void clear.call(fn, context) : nothing,
  }
}

/** `evicting`: the elements are kept one by one, and folded when the window fires (W-16). */
export function windowFunctionSpec(kind: string, functions: Readonly<Record<string, unknown>>, evicting: boolean): WindowFunctionSpec {
  const match = /^(reduce|aggregate)?(apply|process)?$/i.exec(kind)
  const fold = match?.[1] as 'reduce' | 'aggregate' | undefined
  const then = match?.[2] === undefined ? undefined : match[2].toLowerCase() === 'apply' ? 'Apply' : 'Process'
  if (fold === undefined) {
    if (then === undefined) throw new AssertionFailure(`no window function is called ${kind}`)
    return { contents: 'list', fn: calling(then, functions.windowFunction, false) }
  }
  const after = then === undefined ? passThrough : calling(then, functions.windowFunction, true)
  if (fold === 'reduce') {
    const reduce = methodOf<Reduce>(functions.reduce, 'reduce')
    const { check } = functions.reduce as Partial<BuiltInAggregation>
    const fn = check === undefined ? after : checking(check, after)
    if (!evicting) return { contents: 'reduce', reduce, fn }
    return { contents: 'list', fn: folding((elements) => reduced(elements, reduce), fn) }
  }
  const aggregate = functions.aggregate as Aggregate
  if (!evicting) return { contents: 'aggregate', aggregate, fn: after }
  return { contents: 'list', fn: folding((elements) => aggregated(elements, aggregate), after) }
}

/** A window of one record has been through no aggregation that could have refused it. */
function checking(check: BuiltInAggregation['check'], after: InternalWindowFunction): InternalWindowFunction {
  return {
    process(key, window, context, contents, out) {
      check(contents)
      after.process(key, window, context, contents, out)
    },
    clear: (context) => after.clear(context),
  }
}

function folding(fold: (elements: Iterable<unknown>) => unknown, after: InternalWindowFunction): InternalWindowFunction {
  return {
    process: (key, window, context, contents, out) => after.process(key, window, context, fold(contents as Iterable<unknown>), out),
    clear: (context) => after.clear(context),
  }
}

/** null for no elements. */
function reduced(elements: Iterable<unknown>, reduce: Reduce): unknown {
  let result: unknown = null
  for (const element of elements) result = result === null ? element : reduce(result, element)
  return result
}

function aggregated(elements: Iterable<unknown>, aggregate: Aggregate): unknown {
  let accumulator = aggregate.createAccumulator()
  for (const element of elements) accumulator = aggregate.add(element, accumulator)
  return aggregate.getResult(accumulator)
}
