import { UnsupportedOperationException } from '../../core/exceptions'
import type { Aggregation } from '../functions/aggregation'
import { aggregationFunction } from '../functions/aggregation'
import type { ReduceLike } from '../functions/functions'
import type { KeyedProcessFunctionLike } from '../functions/KeyedProcessFunction'
import { ProcessFunction, type ProcessFunctionLike } from '../functions/ProcessFunction'
import { descriptor, type Functions, type OperatorDescriptor } from '../operators/descriptors'
import type { OperatorTraits, PartitionTransformation } from '../operators/transformation'
import type { TimeLike } from '../time'
import type { TypeInformation } from '../types/TypeInformation'
import type { Untyped } from '../functions/Untyped'
import {
  CountEvictor,
  CountTrigger,
  GlobalWindows,
  PurgingTrigger,
  type GlobalWindow,
  type TimeWindow,
  type Window,
  type WindowAssigner,
} from '../windowing'
import { DataStream, IntervalJoin, WindowedStream, type DataStreamSink, type SingleOutputStreamOperator } from './index'
import { required } from './required'
import { timeWindows } from './timeWindows'

/**
 * A stream whose records are grouped by key: state, timers and windows are kept for each key.
 * Mirrors org.apache.flink.streaming.api.datastream.KeyedStream; queryable state is left out.
 */
export class KeyedStream<T, K> extends DataStream<T> {
  /** Only for the type checker. */
  declare protected readonly keyType: K
  /** @internal */
  readonly partition: PartitionTransformation
  /** @internal */
  get keySelector(): (value: T) => K {
    return this.partition.functions.keySelector as (value: T) => K
  }

  /** @internal */
  constructor(stream: DataStream<T>, partition: PartitionTransformation) {
    super(stream.environment, partition)
    this.partition = partition
  }

  /** Folds the records of each key with a function and emits the result so far for every record. */
  reduce(reducer: ReduceLike<T>): SingleOutputStreamOperator<T> {
    return this.operate('reduce', 'Keyed Reduce', descriptor('keyedReduce'), { function: required(reducer, 'reduce') })
  }

  /** Emits for every record the sum of a field so far; the other fields are those of the first record. */
  sum(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('sum', field)
  }

  /** Emits for every record the least value of a field so far; the other fields are those of the first record. */
  min(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('min', field)
  }

  /** Emits for every record the greatest value of a field so far; the other fields are those of the first record. */
  max(field: number | string): SingleOutputStreamOperator<T> {
    return this.aggregated('max', field)
  }

  /** Emits for every record the whole record with the least value of a field so far; on a tie the earlier one unless `first` is false. */
  minBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('minBy', field, first)
  }

  /** Emits for every record the whole record with the greatest value of a field so far; on a tie the earlier one unless `first` is false. */
  maxBy(field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.aggregated('maxBy', field, first)
  }

  private aggregated(aggregation: Aggregation, field: number | string, first = true): SingleOutputStreamOperator<T> {
    return this.operate(aggregation, 'Keyed Aggregation', descriptor('keyedAggregate', { aggregation, field, first }), {
      function: aggregationFunction(aggregation, field, first),
    })
  }

  /** Hands each record to a function that has state and timers for each key. */
  override process<R = Untyped>(
    processFunction: KeyedProcessFunctionLike<K, T, R>,
    outputType?: TypeInformation<R>,
  ): SingleOutputStreamOperator<R>
  /** Hands each record to a function that has state and timers for each key. @deprecated use a KeyedProcessFunction */
  override process<R = Untyped>(processFunction: ProcessFunctionLike<T, R>, outputType?: TypeInformation<R>): SingleOutputStreamOperator<R>
  override process<R = Untyped>(
    processFunction: KeyedProcessFunctionLike<K, T, R> | ProcessFunctionLike<T, R>,
  ): SingleOutputStreamOperator<R> {
    const legacy = processFunction instanceof ProcessFunction
    return this.operate('process', legacy ? 'Process' : 'KeyedProcess', descriptor('keyedProcess'), {
      function: required(processFunction, 'processElement'),
    })
  }

  /** Collects the records of each key in windows. */
  window<W extends Window>(assigner: WindowAssigner<T, W>): WindowedStream<T, K, W> {
    return new WindowedStream<T, K, W>(this, assigner)
  }

  /** Collects the records of each key in windows of a time. @deprecated use `window(TumblingEventTimeWindows.of(…))` */
  timeWindow(size: TimeLike, slide?: TimeLike): WindowedStream<T, K, TimeWindow> {
    return this.window(timeWindows<T>(this.environment, size, slide))
  }

  /** Joins this stream with another that is keyed alike, by the distance of their timestamps. */
  intervalJoin<T1>(otherStream: KeyedStream<T1, K>): IntervalJoin<T, T1, K> {
    return new IntervalJoin<T, T1, K>(this, otherStream)
  }

  /** Collects the records of each key in windows of `size` records, a new one each `slide` records if that is given. */
  countWindow(size: number, slide?: number): WindowedStream<T, K, GlobalWindow> {
    const windowed = this.window(GlobalWindows.create() as WindowAssigner<T, GlobalWindow>)
    return slide === undefined
      ? windowed.trigger(PurgingTrigger.of(CountTrigger.of(size)))
      : windowed.evictor(CountEvictor.of(size)).trigger(CountTrigger.of(slide))
  }

  /** @internal Operators behind a keyed stream know the key. */
  override operate<R>(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = {},
  ): SingleOutputStreamOperator<R> {
    return super.operate(call, name, operator, functions, { ...traits, keyedBy: [this.partition] })
  }

  /** @internal */
  override sink(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = {},
  ): DataStreamSink<T> {
    return super.sink(call, name, operator, functions, { ...traits, keyedBy: [this.partition] })
  }

  /** @internal */
  protected override repartition(): DataStream<T> {
    throw new UnsupportedOperationException('Cannot override partitioning for KeyedStream.')
  }
}
