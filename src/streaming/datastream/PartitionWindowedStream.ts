import { IllegalArgumentException } from '../../core/exceptions'
import type { AggregateFunction, KeySelectorLike, ReduceLike } from '../functions/functions'
import type { Collector } from '../functions/Collector'
import type { MapPartitionLike } from '../functions/MapPartitionFunction'
import type { Untyped } from '../functions/Untyped'
import { WrappingFunction } from '../functions/WrappingFunction'
import { descriptor, type Functions, type OperatorDescriptor } from '../operators/descriptors'
import type { OperatorTraits } from '../operators/transformation'
import type { TypeInformation } from '../types/TypeInformation'
import { GlobalWindows, type GlobalWindow, type WindowAssigner } from '../windowing'
import { required } from './required'
import { KeyedStream, type DataStream, type SingleOutputStreamOperator, type WindowedStream } from './index'

/** Which way to sort. Mirrors org.apache.flink.api.common.operators.Order. */
export enum Order {
  /** As it comes. */
  NONE = 'NONE',
  /** Least first. */
  ASCENDING = 'ASCENDING',
  /** Greatest first. */
  DESCENDING = 'DESCENDING',
  /** Equal ones together. */
  ANY = 'ANY',
}

class PartitionAsWindow<T, R> extends WrappingFunction<MapPartitionLike<T, R>> {
  apply(_key: unknown, _window: GlobalWindow, input: Iterable<T>, out: Collector<R>): void {
    if (typeof this.wrapped === 'function') this.wrapped(input, out)
    else this.wrapped.mapPartition(input, out)
  }
}

/**
 * All records of a subtask, or of a key where the stream is keyed, as one window that ends with the stream.
 * Mirrors KeyedPartitionWindowedStream and NonKeyedPartitionWindowedStream.
 */
export class PartitionWindowedStream<T> {
  /** @internal */
  constructor(private readonly input: DataStream<T>) {}

  /** Hands all records of a partition to a function. */
  mapPartition<R = Untyped>(mapPartitionFunction: MapPartitionLike<T, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    const fn = required(mapPartitionFunction, 'mapPartition')
    if (this.input instanceof KeyedStream) {
      // The anonymous class that Flink has here is the first of its file.
      return this.window(this.input).windowed('mapPartition', 'apply', { windowFunction: new PartitionAsWindow(fn) }, 'WindowFunction$1')
    }
    return this.partition('mapPartition', 'MapPartition', descriptor('mapPartition'), { function: fn }, { chaining: 'NEVER' })
  }

  /** Folds all records of a partition with a function. */
  reduce(reduceFunction: ReduceLike<T>): SingleOutputStreamOperator<T> {
    required(reduceFunction, 'reduce')
    if (this.input instanceof KeyedStream) return this.window(this.input).reduce(reduceFunction)
    return this.partition('reduce', 'PartitionReduce', descriptor('partitionReduce'), { function: reduceFunction })
  }

  /** Folds all records of a partition with an AggregateFunction. */
  aggregate<ACC, R>(aggregateFunction: AggregateFunction<T, ACC, R>): SingleOutputStreamOperator<R> {
    required(aggregateFunction, 'createAccumulator')
    if (this.input instanceof KeyedStream) return this.window(this.input).aggregate(aggregateFunction)
    return this.partition('aggregate', 'PartitionAggregate', descriptor('partitionAggregate'), { function: aggregateFunction })
  }

  /** Emits all records of a partition sorted by a field or a key. */
  sortPartition(by: number | string | KeySelectorLike<T, unknown>, order: Order): SingleOutputStreamOperator<T> {
    // Flink's check is off by one, and its message says what it meant.
    if (typeof by === 'number' && !(by > 0)) throw new IllegalArgumentException("The field mustn't be less than zero.")
    const params = { order, ...(typeof by === 'number' || typeof by === 'string' ? { field: by } : {}) }
    const functions = typeof by === 'number' || typeof by === 'string' ? {} : { sortKey: required(by, 'getKey') }
    const name = this.input instanceof KeyedStream ? 'KeyedSortPartition' : 'SortPartition'
    return this.partition('sortPartition', name, descriptor('sortPartition', params), functions)
  }

  private window<K>(input: KeyedStream<T, K>): WindowedStream<T, K, GlobalWindow> {
    return input.window(GlobalWindows.createWithEndOfStreamTrigger() as WindowAssigner<T, GlobalWindow>)
  }

  private partition<R>(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = { chaining: 'HEAD' },
  ): SingleOutputStreamOperator<R> {
    return this.input
      .operate<R>(call, name, operator, functions, { ...traits, outputOnlyAfterEndOfStream: true })
      .setParallelism(this.input.getParallelism())
  }
}
