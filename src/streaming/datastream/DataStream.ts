import { NullPointerException } from '../../core/exceptions'
import type { FilterLike, FlatMapLike, KeySelectorLike, MapLike, PartitionerLike } from '../functions/functions'
import type { ProcessFunctionLike } from '../functions/ProcessFunction'
import type { Untyped } from '../functions/Untyped'
import { customOperator, type OperatorOrFactory } from '../operators/custom'
import { descriptor } from '../operators/descriptors'
import { fieldSelector, fieldsSelector, projection } from '../operators/fields'
import type { OneInputStreamOperator } from '../operators/StreamOperator'
import { UnionTransformation, type Transformation } from '../operators/transformation'
import { custom, keyed, partitioned } from '../partitioners'
import type { Tuple } from '../../core/values'
import type { MapStateDescriptor } from '../state'
import type { TimeLike } from '../time'
import { asParam, WATERMARKS_PARAM } from '../timeSettings'
import { TypeInformation } from '../types/TypeInformation'
import type { LegacyAssigner, WatermarkStrategy } from '../watermark'
import { strategySettings } from '../watermark/legacyStrategy'
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
import { AbstractStream } from './AbstractStream'
import { required } from './required'
import { timeWindows } from './timeWindows'
import {
  AllWindowedStream,
  BroadcastConnectedStream,
  BroadcastStream,
  CoGroupedStreams,
  ConnectedStreams,
  IterativeStream,
  JoinedStreams,
  KeyedStream,
  PartitionWindowedStream,
  type SingleOutputStreamOperator,
} from './index'

/**
 * A stream of records of one type.
 * Mirrors org.apache.flink.streaming.api.datastream.DataStream; caching is left out.
 */
export class DataStream<T> extends AbstractStream<T> {
  /** Merges this stream with others of the same type; a stream merged with itself gives every record twice. */
  union(...streams: DataStream<T>[]): DataStream<T> {
    return new DataStream(
      this.environment,
      new UnionTransformation(this.environment.context, [this.transformation, ...streams.map((stream) => stream.transformation)]),
    )
  }

  /** Groups the records by key: all records of a key go to the same subtask. */
  keyBy<K>(keySelector: KeySelectorLike<T, K>, keyType?: TypeInformation<unknown>): KeyedStream<T, K>
  /** Groups the records by fields. @deprecated use a key selector */
  keyBy(...fields: (number | string)[]): KeyedStream<T, Tuple>
  keyBy(first: KeySelectorLike<T, unknown> | number | string, ...rest: unknown[]): KeyedStream<T, unknown> {
    if (typeof first === 'number' || typeof first === 'string') {
      return this.keyBy(fieldsSelector<T>([first, ...(rest as (number | string)[])]))
    }
    if (first === null || first === undefined) throw new NullPointerException('keySelector')
    return new KeyedStream(
      this,
      keyed(this.environment.context, this.transformation, first, rest[0] as TypeInformation<unknown> | undefined),
    )
  }

  /** Lets a function of one's own choose the subtask by the record's key. */
  partitionCustom<K>(partitioner: PartitionerLike<K>, keySelector: KeySelectorLike<T, K>): DataStream<T>
  /** Lets a function of one's own choose the subtask by a field of the record. @deprecated use a key selector */
  partitionCustom<K = Untyped>(partitioner: PartitionerLike<K>, field: number | string): DataStream<T>
  partitionCustom<K>(partitioner: PartitionerLike<K>, by: KeySelectorLike<T, K> | number | string): DataStream<T> {
    const selector = typeof by === 'number' || typeof by === 'string' ? (fieldSelector(by) as (value: T) => K) : required(by, 'getKey')
    return this.repartition(custom(this.environment.context, this.transformation, required(partitioner, 'partition'), selector))
  }

  /** Sends every record to every subtask. */
  broadcast(): DataStream<T>
  /** Sends every record to every subtask, where `connect` hands it to a function that keeps what it says in these states. */
  broadcast(...broadcastStateDescriptors: MapStateDescriptor<Untyped, Untyped>[]): BroadcastStream<T>
  broadcast(...descriptors: MapStateDescriptor<unknown, unknown>[]): DataStream<T> | BroadcastStream<T> {
    const stream = this.repartition(partitioned(this.environment.context, this.transformation, 'BROADCAST'))
    return descriptors.length === 0 ? stream : new BroadcastStream<T>(stream, descriptors)
  }

  /** Sends each record to a random subtask. */
  shuffle(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'SHUFFLE'))
  }

  /** Keeps each record on the subtask of its producer; both ends need the same parallelism. */
  forward(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'FORWARD'))
  }

  /** Sends the records to all subtasks in turn. */
  rebalance(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'REBALANCE'))
  }

  /** Sends the records in turn to those subtasks that are the producer's share. */
  rescale(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'RESCALE'))
  }

  /** Sends every record to the first subtask. */
  global(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'GLOBAL'))
  }

  /** Turns each record into one other record. */
  map<R>(mapper: MapLike<T, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    return this.operate('map', 'Map', descriptor('map'), { function: required(mapper, 'map') })
  }

  /** Turns each record into none, one or many. */
  flatMap<R = Untyped>(flatMapper: FlatMapLike<T, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    return this.operate('flatMap', 'Flat Map', descriptor('flatMap'), { function: required(flatMapper, 'flatMap') })
  }

  /** Keeps the records for which the function returns true. */
  filter<S extends T>(filter: (value: T) => value is S): SingleOutputStreamOperator<S>
  /** Keeps the records for which the function returns true. */
  filter(filter: FilterLike<T>): SingleOutputStreamOperator<T>
  filter(filter: FilterLike<T>): SingleOutputStreamOperator<T> {
    return this.operate('filter', 'Filter', descriptor('filter'), { function: required(filter, 'filter') })
  }

  /** Hands each record with its timestamp to a function that emits what it likes. */
  process<R = Untyped>(processFunction: ProcessFunctionLike<T, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    return this.operate('process', 'Process', descriptor('process'), { function: required(processFunction, 'processElement') })
  }

  /** Keeps some fields of each tuple, in the order given. */
  project<R extends Tuple = Untyped>(...fieldIndexes: number[]): SingleOutputStreamOperator<R> {
    return this.operate('project', 'Projection', descriptor('map'), { function: projection(fieldIndexes) })
  }

  /** Gives the records timestamps and makes watermarks of them. */
  assignTimestampsAndWatermarks(watermarkStrategy: WatermarkStrategy<T>): SingleOutputStreamOperator<T>
  /** Gives the records timestamps and makes watermarks of them. @deprecated use a WatermarkStrategy */
  assignTimestampsAndWatermarks(timestampAndWatermarkAssigner: LegacyAssigner<T>): SingleOutputStreamOperator<T>
  assignTimestampsAndWatermarks(watermarkStrategy: WatermarkStrategy<T> | LegacyAssigner<T>): SingleOutputStreamOperator<T> {
    if (watermarkStrategy === null || watermarkStrategy === undefined) throw new NullPointerException('watermarkStrategy')
    const operator: SingleOutputStreamOperator<T> = this.operate(
      'assignTimestampsAndWatermarks',
      'Timestamps/Watermarks',
      descriptor('timestampsAndWatermarks', { [WATERMARKS_PARAM]: asParam(strategySettings(watermarkStrategy)) }),
      { strategy: watermarkStrategy },
    )
    operator.transformation.parallelism = this.transformation.parallelism
    return operator
  }

  /** Collects all records, whatever their key, in windows; this runs with parallelism 1. */
  windowAll<W extends Window>(assigner: WindowAssigner<T, W>): AllWindowedStream<T, W> {
    return new AllWindowedStream<T, W>(this, assigner)
  }

  /** Collects all records in windows of `size` records, a new one each `slide` records if that is given. */
  countWindowAll(size: number, slide?: number): AllWindowedStream<T, GlobalWindow> {
    const windowed = this.windowAll(GlobalWindows.create() as WindowAssigner<T, GlobalWindow>)
    return slide === undefined
      ? windowed.trigger(PurgingTrigger.of(CountTrigger.of(size)))
      : windowed.evictor(CountEvictor.of(size)).trigger(CountTrigger.of(slide))
  }

  /** Collects all records in windows of a time. @deprecated use `windowAll(TumblingEventTimeWindows.of(…))` */
  timeWindowAll(size: TimeLike, slide?: TimeLike): AllWindowedStream<T, TimeWindow> {
    return this.windowAll(timeWindows<T>(this.environment, size, slide))
  }

  /** Takes all records of each subtask as one window, which ends with the stream. */
  fullWindowPartition(): PartitionWindowedStream<T> {
    return new PartitionWindowedStream<T>(this)
  }

  /** Pairs the records of this stream with those of another, by key and window. */
  join<T2>(otherStream: DataStream<T2>): JoinedStreams<T, T2> {
    return new JoinedStreams<T, T2>({ first: this, second: otherStream })
  }

  /** Groups the records of this stream and of another, by key and window. */
  coGroup<T2>(otherStream: DataStream<T2>): CoGroupedStreams<T, T2> {
    return new CoGroupedStreams<T, T2>({ first: this, second: otherStream })
  }

  /** Lets one operator read this stream and a broadcast one. */
  connect<R>(broadcastStream: BroadcastStream<R>): BroadcastConnectedStream<T, R>
  /** Lets one operator read this stream and another, record by record from either. */
  connect<R>(dataStream: DataStream<R>): ConnectedStreams<T, R>
  connect<R>(other: DataStream<R> | BroadcastStream<R>): ConnectedStreams<T, R> | BroadcastConnectedStream<T, R> {
    if (other === null || other === undefined) throw new NullPointerException('dataStream')
    return other instanceof BroadcastStream ? new BroadcastConnectedStream<T, R>(this, other) : new ConnectedStreams<T, R>(this, other)
  }

  /** Begins a loop: what `closeWith` is given comes back here. `maxWaitTimeMillis` without feedback end it. @deprecated Flink has no iterations from 2.0 on */
  iterate(maxWaitTimeMillis = 0): IterativeStream<T> {
    return new IterativeStream<T>(this, maxWaitTimeMillis)
  }

  /** Hands each record to an operator of one's own. */
  transform<R = Untyped>(
    operatorName: string,
    outTypeInfo: TypeInformation<R>,
    operator: OperatorOrFactory<OneInputStreamOperator<T, R>>,
  ): SingleOutputStreamOperator<R>
  /** Hands each record to an operator of one's own. */
  transform<R = Untyped>(operatorName: string, operator: OperatorOrFactory<OneInputStreamOperator<T, R>>): SingleOutputStreamOperator<R>
  transform<R>(operatorName: string, ...given: unknown[]): SingleOutputStreamOperator<R> {
    const made = customOperator(
      given.find((argument) => !(argument instanceof TypeInformation)),
      'processElement',
    )
    return this.operate('transform', operatorName, made.operator, made.functions, { chaining: made.chaining })
  }

  /** @internal */
  protected repartition(transformation: Transformation): DataStream<T> {
    return new DataStream<T>(this.environment, transformation)
  }
}
