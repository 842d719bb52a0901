import { UnsupportedOperationException } from '../../core/exceptions'
import { aggregationFunction, type Aggregation } from '../functions/aggregation'
import type { AggregateFunction, ReduceLike } from '../functions/functions'
import type { OutputTag } from '../functions/OutputTag'
import { AbstractRichFunction } from '../functions/rich'
import type { ProcessWindowFunctionLike, WindowFunctionLike } from '../functions/windows'
import { simpleNameOf } from '../operators/names'
import { WindowOperatorBuilder, type WindowFunctionKind } from '../operators/windowOperator'
import type { Functions } from '../operators/descriptors'
import type { TimeLike } from '../time'
import type { Untyped } from '../functions/Untyped'
import type { Evictor, Trigger, Window, WindowAssigner } from '../windowing'
import type { KeyedStream, SingleOutputStreamOperator } from './index'
import { required } from './DataStream'

const PASS_THROUGH = 'PassThroughWindowFunction'

/** A keyed stream whose records are collected in windows. Mirrors org.apache.flink.streaming.api.datastream.WindowedStream. */
export class WindowedStream<T, K, W extends Window> {
  private readonly builder: WindowOperatorBuilder<T, W>

  /** @internal */
  constructor(
    private readonly input: KeyedStream<T, K>,
    assigner: WindowAssigner<T, W>,
  ) {
    this.builder = new WindowOperatorBuilder(assigner)
  }

  /** Says when a window fires, in place of the assigner's own trigger. */
  trigger(trigger: Trigger<T, W>): this {
    this.builder.trigger(trigger)
    return this
  }

  /** Says how long after its end a window still takes late records; each of them fires it again. */
  allowedLateness(lateness: TimeLike): this {
    this.builder.allowedLateness(lateness)
    return this
  }

  /** Sends records that come too late for their windows to a side output, where they would be dropped else. */
  sideOutputLateData(outputTag: OutputTag<T>): this {
    this.builder.sideOutputLateData(outputTag)
    return this
  }

  /** Removes records from a window before or after the function sees it. */
  evictor(evictor: Evictor<T, W>): this {
    this.builder.evictor(evictor)
    return this
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
    if (windowFunction === undefined) return this.windowed('reduce', { reduce: reduceFunction }, name, PASS_THROUGH)
    const { kind, role } = windowFunctionKind(windowFunction)
    return this.windowed(`reduce${kind}`, { reduce: reduceFunction, windowFunction }, name, simpleNameOf(windowFunction, role))
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
    if (windowFunction === undefined) return this.windowed('aggregate', { aggregate: aggregateFunction }, name, PASS_THROUGH)
    const { kind, role } = windowFunctionKind(windowFunction)
    return this.windowed(`aggregate${kind}`, { aggregate: aggregateFunction, windowFunction }, name, simpleNameOf(windowFunction, role))
  }

  /** Hands each window that fires, with all its records, to a function. */
  apply<R = Untyped>(windowFunction: WindowFunctionLike<T, R, K, W>): SingleOutputStreamOperator<R> {
    return this.windowed('apply', { windowFunction: required(windowFunction, 'apply') }, simpleNameOf(windowFunction, 'WindowFunction'))
  }

  /** Hands each window that fires, with all its records and a context, to a function. */
  process<R = Untyped>(processFunction: ProcessWindowFunctionLike<T, R, K, W>): SingleOutputStreamOperator<R> {
    return this.windowed(
      'process',
      { windowFunction: required(processFunction, 'process') },
      simpleNameOf(processFunction, 'ProcessWindowFunction'),
    )
  }

  /** Emits for each window the sum of a field; the other fields are those of the first record. */
  sum(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('sum', field)
  }

  /** Emits for each window the least value of a field; the other fields are those of the first record. */
  min(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('min', field)
  }

  /** Emits for each window the greatest value of a field; the other fields are those of the first record. */
  max(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('max', field)
  }

  /** Emits for each window the whole record with the least value of a field; on a tie the earlier one unless `first` is false. */
  minBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('minBy', field, first)
  }

  /** Emits for each window the whole record with the greatest value of a field; on a tie the earlier one unless `first` is false. */
  maxBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('maxBy', field, first)
  }

  private aggregated(aggregation: Aggregation, field: number | string, first = true): SingleOutputStreamOperator<T> {
    const name = aggregation === 'sum' ? 'SumAggregator' : 'ComparableAggregator'
    return this.windowed('reduce', { reduce: aggregationFunction(aggregation, field, first) }, name, PASS_THROUGH)
  }

  private windowed<R>(kind: WindowFunctionKind, roles: Functions, ...names: string[]): SingleOutputStreamOperator<R> {
    const { operator, functions } = this.builder.operator(kind, roles)
    return this.input
      .transform<R>(this.builder.name, operator, functions, this.builder.traits)
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
