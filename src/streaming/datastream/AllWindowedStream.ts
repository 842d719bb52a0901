import { UnsupportedOperationException } from '../../core/exceptions'
import { aggregationFunction, type Aggregation } from '../functions/aggregation'
import type { AggregateFunction, ReduceLike } from '../functions/functions'
import { AbstractRichFunction } from '../functions/rich'
import type { AllWindowFunctionLike, ProcessAllWindowFunctionLike } from '../functions/windows'
import { KeylessProcessWindowFunction, KeylessWindowFunction } from '../operators/allWindows'
import type { WindowFunctionKind } from '../operators/windowOperator'
import type { Functions } from '../operators/descriptors'
import type { Untyped } from '../functions/Untyped'
import type { Window, WindowAssigner } from '../windowing'
import type { DataStream, KeyedStream, SingleOutputStreamOperator } from './index'
import { required } from './required'
import { WindowSettings } from './WindowSettings'
import { windowFunctionKind } from './WindowedStream'

/** Functions whose operator is named after the assigner; the others keep the description as their name. Which is which has no reason but history. */
const SHORT_NAMED: readonly WindowFunctionKind[] = ['reduce', 'reduceApply', 'aggregateProcess']

type StateKind = 'ReducingStateDescriptor' | 'AggregatingStateDescriptor' | 'ListStateDescriptor'

/**
 * A stream whose records are collected in windows whatever their key, by one subtask.
 * Mirrors org.apache.flink.streaming.api.datastream.AllWindowedStream, which keys by a constant first.
 */
export class AllWindowedStream<T, W extends Window> extends WindowSettings<T, W> {
  private readonly input: KeyedStream<T, number>

  /** @internal */
  constructor(input: DataStream<T>, assigner: WindowAssigner<T, W>) {
    super(assigner)
    this.input = input.keyBy(() => 0)
    this.input.partition.call = 'windowAll'
  }

  /** Folds each window with a function as records come, and emits one record a firing. */
  reduce(reduceFunction: ReduceLike<T>): SingleOutputStreamOperator<T>
  /** Folds each window with a function as records come, and hands the result to a window function. */
  reduce<R = Untyped>(
    reduceFunction: ReduceLike<T>,
    windowFunction: AllWindowFunctionLike<T, R, W> | ProcessAllWindowFunctionLike<T, R, W>,
  ): SingleOutputStreamOperator<R>
  reduce<R = Untyped>(
    reduceFunction: ReduceLike<T>,
    windowFunction?: AllWindowFunctionLike<T, R, W> | ProcessAllWindowFunctionLike<T, R, W>,
  ): SingleOutputStreamOperator<R> {
    required(reduceFunction, 'reduce')
    if (reduceFunction instanceof AbstractRichFunction) {
      throw new UnsupportedOperationException(
        windowFunction === undefined
          ? 'ReduceFunction of reduce can not be a RichFunction. Please use reduce(ReduceFunction, WindowFunction) instead.'
          : 'ReduceFunction of apply can not be a RichFunction.',
      )
    }
    if (windowFunction === undefined) return this.windowed('reduce', 'reduce', { reduce: reduceFunction }, 'ReducingStateDescriptor')
    const { kind, wrapped } = keyless(windowFunction)
    return this.windowed('reduce', `reduce${kind}`, { reduce: reduceFunction, windowFunction: wrapped }, 'ReducingStateDescriptor')
  }

  /** Folds each window with an AggregateFunction as records come, and emits its result. */
  aggregate<ACC, R>(aggregateFunction: AggregateFunction<T, ACC, R>): SingleOutputStreamOperator<R>
  /** Folds each window with an AggregateFunction as records come, and hands the result to a window function. */
  aggregate<ACC, V, R = Untyped>(
    aggregateFunction: AggregateFunction<T, ACC, V>,
    windowFunction: AllWindowFunctionLike<V, R, W> | ProcessAllWindowFunctionLike<V, R, W>,
  ): SingleOutputStreamOperator<R>
  aggregate<ACC, V, R = Untyped>(
    aggregateFunction: AggregateFunction<T, ACC, V>,
    windowFunction?: AllWindowFunctionLike<V, R, W> | ProcessAllWindowFunctionLike<V, R, W>,
  ): SingleOutputStreamOperator<R> {
    required(aggregateFunction, 'createAccumulator')
    if (aggregateFunction instanceof AbstractRichFunction) {
      throw new UnsupportedOperationException('This aggregate function cannot be a RichFunction.')
    }
    if (windowFunction === undefined)
      return this.windowed('aggregate', 'aggregate', { aggregate: aggregateFunction }, 'AggregatingStateDescriptor')
    const { kind, wrapped } = keyless(windowFunction)
    return this.windowed(
      'aggregate',
      `aggregate${kind}`,
      { aggregate: aggregateFunction, windowFunction: wrapped },
      'AggregatingStateDescriptor',
    )
  }

  /** Hands each window that fires, with all its records, to a function. */
  apply<R = Untyped>(windowFunction: AllWindowFunctionLike<T, R, W>): SingleOutputStreamOperator<R> {
    return this.windowed(
      'apply',
      'apply',
      { windowFunction: new KeylessWindowFunction(required(windowFunction, 'apply')) },
      'ListStateDescriptor',
    )
  }

  /** Hands each window that fires, with all its records and a context, to a function. */
  process<R = Untyped>(processFunction: ProcessAllWindowFunctionLike<T, R, W>): SingleOutputStreamOperator<R> {
    return this.windowed(
      'process',
      'process',
      { windowFunction: new KeylessProcessWindowFunction(required(processFunction, 'process')) },
      'ListStateDescriptor',
    )
  }

  /** @internal */
  protected aggregated(aggregation: Aggregation, field: number | string, first: boolean): SingleOutputStreamOperator<T> {
    return this.windowed(aggregation, 'reduce', { reduce: aggregationFunction(aggregation, field, first) }, 'ReducingStateDescriptor')
  }

  private windowed<R>(call: string, kind: WindowFunctionKind, roles: Functions, state: StateKind): SingleOutputStreamOperator<R> {
    const { operator, functions } = this.builder.operator(kind, roles)
    const method = kind.startsWith('reduce') ? 'reduce' : kind.startsWith('aggregate') ? 'aggregate' : kind
    const description = this.builder.legacyDescription(state, method)
    const short = SHORT_NAMED.includes(kind)
    const made = this.input
      .operate<R>(call, short ? this.builder.name : description, operator, functions, this.builder.traits)
      .forceNonParallel()
    return short ? made.setDescription(description) : made
  }
}

function keyless(windowFunction: unknown): { readonly kind: 'Apply' | 'Process'; readonly wrapped: unknown } {
  const { kind } = windowFunctionKind(windowFunction)
  return {
    kind,
    wrapped:
      kind === 'Process'
        ? new KeylessProcessWindowFunction(windowFunction as ProcessAllWindowFunctionLike<unknown, unknown, Window>)
        : new KeylessWindowFunction(windowFunction as AllWindowFunctionLike<unknown, unknown, Window>),
  }
}
