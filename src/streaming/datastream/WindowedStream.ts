import { UnsupportedOperationException } from '../../core/exceptions'
import { aggregationFunction, type Aggregation } from '../functions/aggregation'
import type { AggregateFunction, ReduceLike } from '../functions/functions'
import { AbstractRichFunction } from '../functions/rich'
import type { ProcessWindowFunctionLike, WindowFunctionLike } from '../functions/windows'
import { simpleNameOf } from '../operators/names'
import type { WindowFunctionKind } from '../operators/windowOperator'
import type { Functions } from '../operators/descriptors'
import type { Untyped } from '../functions/Untyped'
import type { Window, WindowAssigner } from '../windowing'
import type { KeyedStream, SingleOutputStreamOperator } from './index'
import { required } from './required'
import { WindowSettings } from './WindowSettings'

const PASS_THROUGH = 'PassThroughWindowFunction'

/** A keyed stream whose records are collected in windows. Mirrors org.apache.flink.streaming.api.datastream.WindowedStream. */
export class WindowedStream<T, K, W extends Window> extends WindowSettings<T, W> {
  /** @internal */
  constructor(
    private readonly input: KeyedStream<T, K>,
    assigner: WindowAssigner<T, W>,
  ) {
    super(assigner)
  }

  /** Folds each window with a function as records come, and emits one record a firing. */
  reduce(reduceFunction: ReduceLike<T>): SingleOutputStreamOperator<T>
  /** Folds each window with a function as records come, and hands the result to a window function. */
  reduce<R = Untyped>(
    reduceFunction: ReduceLike<T>,
    windowFunction: WindowFunctionLike<T, R, K, W> | ProcessWindowFunctionLike<T, R, K, W>,
  ): SingleOutputStreamOperator<R>
  reduce<R = Untyped>(
    reduceFunction: ReduceLike<T>,
    windowFunction?: WindowFunctionLike<T, R, K, W> | ProcessWindowFunctionLike<T, R, K, W>,
  ): SingleOutputStreamOperator<R> {
    required(reduceFunction, 'reduce')
    if (reduceFunction instanceof AbstractRichFunction) {
      throw new UnsupportedOperationException(
        windowFunction === undefined
          ? 'ReduceFunction of reduce can not be a RichFunction. Please use reduce(ReduceFunction, WindowFunction) instead.'
          : 'ReduceFunction of apply can not be a RichFunction.',
      )
    }
    const name = simpleNameOf(reduceFunction, 'ReduceFunction')
    if (windowFunction === undefined) return this.windowed('reduce', 'reduce', { reduce: reduceFunction }, name, PASS_THROUGH)
    const { kind, role } = windowFunctionKind(windowFunction)
    return this.windowed('reduce', `reduce${kind}`, { reduce: reduceFunction, windowFunction }, name, simpleNameOf(windowFunction, role))
  }

  /** Folds each window with an AggregateFunction as records come, and emits its result. */
  aggregate<ACC, R>(aggregateFunction: AggregateFunction<T, ACC, R>): SingleOutputStreamOperator<R>
  /** Folds each window with an AggregateFunction as records come, and hands the result to a window function. */
  aggregate<ACC, V, R = Untyped>(
    aggregateFunction: AggregateFunction<T, ACC, V>,
    windowFunction: WindowFunctionLike<V, R, K, W> | ProcessWindowFunctionLike<V, R, K, W>,
  ): SingleOutputStreamOperator<R>
  aggregate<ACC, V, R = Untyped>(
    aggregateFunction: AggregateFunction<T, ACC, V>,
    windowFunction?: WindowFunctionLike<V, R, K, W> | ProcessWindowFunctionLike<V, R, K, W>,
  ): SingleOutputStreamOperator<R> {
    required(aggregateFunction, 'createAccumulator')
    if (aggregateFunction instanceof AbstractRichFunction) {
      throw new UnsupportedOperationException('This aggregation function cannot be a RichFunction.')
    }
    const name = simpleNameOf(aggregateFunction, 'AggregateFunction')
    if (windowFunction === undefined) return this.windowed('aggregate', 'aggregate', { aggregate: aggregateFunction }, name, PASS_THROUGH)
    const { kind, role } = windowFunctionKind(windowFunction)
    return this.windowed(
      'aggregate',
      `aggregate${kind}`,
      { aggregate: aggregateFunction, windowFunction },
      name,
      simpleNameOf(windowFunction, role),
    )
  }

  /** Hands each window that fires, with all its records, to a function. */
  apply<R = Untyped>(windowFunction: WindowFunctionLike<T, R, K, W>): SingleOutputStreamOperator<R> {
    return this.windowed(
      'apply',
      'apply',
      { windowFunction: required(windowFunction, 'apply') },
      simpleNameOf(windowFunction, 'WindowFunction'),
    )
  }

  /** Hands each window that fires, with all its records and a context, to a function. */
  process<R = Untyped>(processFunction: ProcessWindowFunctionLike<T, R, K, W>): SingleOutputStreamOperator<R> {
    return this.windowed(
      'process',
      'process',
      { windowFunction: required(processFunction, 'process') },
      simpleNameOf(processFunction, 'ProcessWindowFunction'),
    )
  }

  /** @internal */
  protected aggregated(aggregation: Aggregation, field: number | string, first: boolean): SingleOutputStreamOperator<T> {
    const name = aggregation === 'sum' ? 'SumAggregator' : 'ComparableAggregator'
    return this.windowed(aggregation, 'reduce', { reduce: aggregationFunction(aggregation, field, first) }, name, PASS_THROUGH)
  }

  /** @internal Also for joins, whose function is not what the program sees. */
  windowed<R>(call: string, kind: WindowFunctionKind, roles: Functions, ...names: string[]): SingleOutputStreamOperator<R> {
    const { operator, functions } = this.builder.operator(kind, roles)
    return this.input
      .operate<R>(call, this.builder.name, operator, functions, this.builder.traits)
      .setDescription(this.builder.description(...names))
  }
}

/** @internal A lambda is a WindowFunction; an object is what its method says. */
export function windowFunctionKind(windowFunction: unknown): { readonly kind: 'Apply' | 'Process'; readonly role: string } {
  const process = (windowFunction as { process?: unknown } | null)?.process
  if (typeof process === 'function') return { kind: 'Process', role: 'ProcessWindowFunction' }
  required(windowFunction, 'apply')
  return { kind: 'Apply', role: 'WindowFunction' }
}
