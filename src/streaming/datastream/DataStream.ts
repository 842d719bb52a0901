import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import type { Sink } from '../connectors/Sink'
import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import type { FilterLike, FlatMapLike, KeySelectorLike, MapLike, PartitionerLike } from '../functions/functions'
import type { ProcessFunctionLike } from '../functions/ProcessFunction'
import type { SinkFunction } from '../functions/SinkFunction'
import { descriptor, type Functions, type OperatorDescriptor } from '../operators/descriptors'
import {
  OperatorTransformation,
  SinkTransformation,
  UnionTransformation,
  type OperatorTraits,
  type Transformation,
} from '../operators/transformation'
import { custom, keyed, partitioned } from '../partitioners'
import { Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, type Tuple } from '../../core/values'
import type { TypeInformation } from '../types/TypeInformation'
import type { Untyped } from '../functions/Untyped'
import type { WatermarkStrategy } from '../watermark'
import {
  CountEvictor,
  CountTrigger,
  GlobalWindows,
  PurgingTrigger,
  type GlobalWindow,
  type Window,
  type WindowAssigner,
} from '../windowing'
import { AllWindowedStream, DataStreamSink, KeyedStream, SingleOutputStreamOperator } from './index'

/**
 * A stream of records of one type.
 * Mirrors org.apache.flink.streaming.api.datastream.DataStream; connect, joins, iterations, caching, file and socket sinks are left out.
 */
export class DataStream<T> {
  /** Only for the type checker. */
  declare protected readonly recordType: T
  /** @internal */
  readonly environment: StreamExecutionEnvironment
  /** @internal */
  readonly transformation: Transformation

  /** @internal */
  constructor(environment: StreamExecutionEnvironment, transformation: Transformation) {
    this.environment = environment
    this.transformation = transformation
  }

  /** Returns the number of this step of the program. */
  getId(): number {
    return this.transformation.id
  }

  /** Returns with how many subtasks this step runs. */
  getParallelism(): number {
    return this.transformation.parallelism
  }

  /** Returns the environment that the stream belongs to. */
  getExecutionEnvironment(): StreamExecutionEnvironment {
    return this.environment
  }

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
  partitionCustom<K>(partitioner: PartitionerLike<K>, keySelector: KeySelectorLike<T, K>): DataStream<T> {
    return this.repartition(custom(this.environment.context, this.transformation, partitioner, keySelector))
  }

  /** Sends every record to every subtask. */
  broadcast(): DataStream<T> {
    return this.repartition(partitioned(this.environment.context, this.transformation, 'BROADCAST'))
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

  /** Gives the records timestamps and makes watermarks of them. */
  assignTimestampsAndWatermarks(watermarkStrategy: WatermarkStrategy<T>): SingleOutputStreamOperator<T> {
    if (watermarkStrategy === null || watermarkStrategy === undefined) throw new NullPointerException('watermarkStrategy')
    const operator: SingleOutputStreamOperator<T> = this.operate(
      'assignTimestampsAndWatermarks',
      'Timestamps/Watermarks',
      descriptor('timestampsAndWatermarks'),
      {
        strategy: watermarkStrategy,
      },
    )
    operator.transformation.parallelism = this.transformation.parallelism
    operator.transformation.parallelismConfigured = this.transformation.parallelismConfigured
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

  /** Writes each record as a line of text to standard output, with the subtask in front if there are several. */
  print(sinkIdentifier?: string): DataStreamSink<T> {
    return this.sink(
      'print',
      'Print to Std. Out',
      descriptor('sink', { sink: 'print', ...(sinkIdentifier === undefined ? {} : { identifier: sinkIdentifier }) }),
      {},
    )
  }

  /** Writes each record as a line of text to standard error. */
  printToErr(sinkIdentifier?: string): DataStreamSink<T> {
    return this.sink(
      'printToErr',
      'Print to Std. Err',
      descriptor('sink', { sink: 'printToErr', ...(sinkIdentifier === undefined ? {} : { identifier: sinkIdentifier }) }),
      {},
    )
  }

  /** Ends the stream in a sink function. @deprecated use `sinkTo` */
  addSink(sinkFunction: SinkFunction<T> | ((value: T, context: SinkFunction.Context) => void)): DataStreamSink<T> {
    return this.sink('addSink', 'Unnamed', descriptor('sink', { sink: 'user' }), { function: required(sinkFunction, 'invoke') })
  }

  /** Ends the stream in a sink. */
  sinkTo(sink: Sink<T>): DataStreamSink<T> {
    if (sink === null || sink === undefined) throw new NullPointerException('sink')
    const { context } = this.environment
    const transformation = new SinkTransformation(
      context,
      'Sink',
      this.environment.getParallelism(),
      this.transformation,
      sink.topology,
    ).calledBy('sinkTo')
    this.environment.addOperator(transformation)
    return new DataStreamSink<T>(transformation)
  }

  /** @internal A one-input operator behind this stream; `call` is the method that the program called. */
  operate<R>(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = {},
  ): SingleOutputStreamOperator<R> {
    const { context } = this.environment
    const transformation = new OperatorTransformation(
      context,
      name,
      this.environment.getParallelism(),
      [this.transformation],
      functions,
      operator,
      { role: 'operator', ...traits },
    ).calledBy(call)
    this.environment.addOperator(transformation)
    return new SingleOutputStreamOperator<R>(this.environment, transformation)
  }

  /** @internal A legacy sink behind this stream. */
  sink(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = {},
  ): DataStreamSink<T> {
    const { context } = this.environment
    const parallelism = this.environment.getParallelism()
    const transformation = new OperatorTransformation(context, name, parallelism, [this.transformation], functions, operator, {
      role: 'sink',
      ...traits,
    }).calledBy(call)
    this.environment.addOperator(transformation)
    return new DataStreamSink<T>(transformation)
  }

  /** @internal */
  protected repartition(transformation: Transformation): DataStream<T> {
    return new DataStream<T>(this.environment, transformation)
  }
}

/** @internal Refuses at once what has no such method: Java's compiler does. */
export function required<F>(given: F, method: string): F {
  if (given === null || given === undefined) throw new NullPointerException('The function must not be null.')
  const ok = typeof given === 'function' || typeof (given as Record<string, unknown>)[method] === 'function'
  if (!ok) throw new IllegalArgumentException(`The function has no method ${method}.`)
  return given
}

const TUPLES = [Tuple1, Tuple2, Tuple3, Tuple4, Tuple5] as const

/** `keyBy(0)`, `keyBy('user', 'day')`: a Tuple of the fields, even of one (K-6). */
function fieldsSelector<T>(fields: readonly (number | string)[]): (value: T) => Tuple {
  const TupleN = TUPLES[fields.length - 1] as (new (...values: unknown[]) => Tuple) | undefined
  if (TupleN === undefined) throw new IllegalArgumentException(`A key of ${fields.length} fields is not supported; use a key selector.`)
  return (value) =>
    new TupleN(...fields.map((field) => (value as Record<string, unknown>)[typeof field === 'number' ? `f${field}` : field]))
}
