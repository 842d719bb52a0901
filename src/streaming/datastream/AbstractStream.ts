import { UnsupportedOperationException } from '../../core/exceptions'
import { topologyOf, type Sink } from '../connectors/Sink'
import type { ExecutionConfig } from '../environment/ExecutionConfig'
import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import type { SinkFunction } from '../functions/SinkFunction'
import type { TwoPhaseCommitSinkFunction } from '../functions/TwoPhaseCommitSinkFunction'
import { descriptor, type Functions, type OperatorDescriptor } from '../operators/descriptors'
import { OperatorTransformation, SinkTransformation, type OperatorTraits, type Transformation } from '../operators/transformation'
import type { TransformationSettings } from '../operators/transformationSettings'
import { required } from './required'
import { DataStream, DataStreamSink, SingleOutputStreamOperator } from './index'

/** What every stream has whatever becomes of it: its place in the program, and the sinks it may end in. */
export abstract class AbstractStream<T> {
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

  /** Returns the settings of execution. */
  getExecutionConfig(): ExecutionConfig {
    return this.environment.getConfig()
  }

  /** Returns the step of the program that makes this stream. */
  getTransformation(): TransformationSettings {
    return this.transformation
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
  addSink(
    sinkFunction: SinkFunction<T> | TwoPhaseCommitSinkFunction<T, never, never> | ((value: T, context: SinkFunction.Context) => void),
  ): DataStreamSink<T> {
    return this.sink('addSink', 'Unnamed', descriptor('sink', { sink: 'user' }), { function: required(sinkFunction, 'invoke') })
  }

  /** Writes each record as a line of text to a file. Not simulated. @deprecated use `sinkTo` */
  writeAsText(path: string, _writeMode?: unknown): DataStreamSink<T> {
    return this.sink('writeAsText', 'Unnamed', descriptor('sink', { sink: 'file', path }), {})
  }

  /** Writes each tuple as a line of comma-separated values to a file. Not simulated. @deprecated use `sinkTo` */
  writeAsCsv(path: string, _writeMode?: unknown): DataStreamSink<T> {
    return this.sink('writeAsCsv', 'Unnamed', descriptor('sink', { sink: 'file', path }), {})
  }

  /** Writes each record to a socket. Not simulated. @deprecated use `sinkTo` */
  writeToSocket(hostName: string, port: number, schema: unknown): DataStreamSink<T> {
    return this.sink('writeToSocket', 'Unnamed', descriptor('sink', { sink: 'socket', hostName, port }), { function: schema })
  }

  /** Would give the records to the program, whose main part has ended when the job runs: write to a CollectSink. */
  executeAndCollect(..._arguments: unknown[]): never {
    throw new UnsupportedOperationException(
      'Results cannot come back to the main part of the program, which is over before the job begins. Use sinkTo(new CollectSink()).',
    )
  }

  /** Ends the stream in a sink. */
  sinkTo(sink: Sink<T>): DataStreamSink<T> {
    const topology = topologyOf(sink, (transformation) => new DataStream<T>(this.environment, transformation))
    const { context } = this.environment
    const transformation = new SinkTransformation(
      context,
      'Sink',
      this.environment.getParallelism(),
      this.transformation,
      topology,
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
}
