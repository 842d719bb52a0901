import type { Configuration } from '../../core/configuration'
import { IllegalArgumentException, IllegalStateException, NullPointerException } from '../../core/exceptions'
import { CheckpointingOptions, CoreOptions, ExecutionOptions, PipelineOptions } from '../../core/options'
import { copyValue, typeName } from '../../core/values'
import { collectionSource, sequenceSource } from '../connectors/collections'
import type { Source } from '../connectors/Source'
import { DataStreamSource } from '../datastream'
import { descriptor, type Functions, type Plain } from '../operators/descriptors'
import { OperatorTransformation, type OperatorTraits, type Transformation } from '../operators/transformation'
import { TypeInformation } from '../types/TypeInformation'
import type { WatermarkStrategy } from '../watermark'
import type { CheckpointingMode } from './CheckpointingMode'
import { currentContext, type ExecutionContext } from './context'
import { ExecutionConfig } from './ExecutionConfig'
import { Settings } from './settings'

/**
 * Where a program begins: it makes sources, holds settings and executes the job.
 * Mirrors org.apache.flink.streaming.api.environment.StreamExecutionEnvironment; batch mode, files, sockets, SourceFunctions,
 * state backends, checkpoint details, cached files and several jobs a program are left out.
 */
export class StreamExecutionEnvironment {
  /** @internal */
  readonly context: ExecutionContext
  /** @internal Operators and sinks in the order in which they were made. */
  transformations: Transformation[] = []
  /** @internal */
  readonly settings: Settings
  private readonly config: ExecutionConfig

  /** @internal */
  constructor(context: ExecutionContext) {
    this.context = context
    this.settings = new Settings(context.configuration, () => context.currentLine())
    this.config = new ExecutionConfig(this.settings)
  }

  /** Returns the environment that the program runs in. */
  static getExecutionEnvironment(configuration?: Configuration): StreamExecutionEnvironment {
    const environment = new StreamExecutionEnvironment(currentContext())
    if (configuration !== undefined) environment.configure(configuration)
    return environment
  }

  /** Returns the settings of execution. */
  getConfig(): ExecutionConfig {
    return this.config
  }

  /** Sets the parallelism of operators that do not say theirs. */
  setParallelism(parallelism: number): this {
    this.settings.setParallelism(parallelism)
    return this
  }

  /** Returns the parallelism of operators that do not say theirs. */
  getParallelism(): number {
    return this.settings.get(CoreOptions.DEFAULT_PARALLELISM)
  }

  /** Sets the number of key groups of operators that do not say theirs: to how many subtasks they can ever be scaled. */
  setMaxParallelism(maxParallelism: number): this {
    this.settings.setMaxParallelism(maxParallelism)
    return this
  }

  /** Returns the number of key groups of operators that do not say theirs, −1 if it was never set. */
  getMaxParallelism(): number {
    return this.settings.get(PipelineOptions.MAX_PARALLELISM)
  }

  /** Sets after how many ms a buffer that is not full is sent all the same; 0 sends every record at once, −1 only full buffers. */
  setBufferTimeout(timeoutMillis: number): this {
    if (!(timeoutMillis >= -1)) throw new IllegalArgumentException('Timeout of buffer must be non-negative or -1')
    if (timeoutMillis === -1) this.settings.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, 'false')
    else this.settings.set(ExecutionOptions.BUFFER_TIMEOUT, `${timeoutMillis} ms`)
    return this
  }

  /** Returns after how many ms a buffer that is not full is sent, −1 for never. */
  getBufferTimeout(): number {
    return this.settings.get(ExecutionOptions.BUFFER_TIMEOUT_ENABLED) ? this.settings.get(ExecutionOptions.BUFFER_TIMEOUT) : -1
  }

  /** Runs every operator in a task of its own. */
  disableOperatorChaining(): this {
    this.settings.set(PipelineOptions.OPERATOR_CHAINING, 'false')
    return this
  }

  /** Returns whether operators may share a task. */
  isChainingEnabled(): boolean {
    return this.settings.get(PipelineOptions.OPERATOR_CHAINING)
  }

  /** Takes a checkpoint of all state every `interval` ms. */
  enableCheckpointing(interval: number, mode?: CheckpointingMode): this {
    if (!(interval >= 10)) throw new IllegalArgumentException('Checkpoint interval must be larger than or equal to 10 ms')
    this.settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, `${interval} ms`)
    if (mode !== undefined) this.settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, mode)
    return this
  }

  /** Takes over settings under Flink's own keys. */
  configure(configuration: Configuration): void {
    this.settings.setAll(configuration)
  }

  /** Makes a stream of the values of one array. */
  fromData<T>(data: readonly T[], typeInfo?: TypeInformation<T>): DataStreamSource<T>
  /** Makes a stream of the given values, which have the type that is said first. */
  fromData<T>(typeInfo: TypeInformation<T>, ...data: T[]): DataStreamSource<T>
  /** Makes a stream of the given values. */
  fromData<T>(...data: T[]): DataStreamSource<T>
  fromData<T>(...given: unknown[]): DataStreamSource<T> {
    const values = given.filter((value) => !(value instanceof TypeInformation))
    const elements = elementsOf<T>((values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as T[])
    const source = this.source<T>('Collection Source', collectionSource(elements), { source: 'flip27', bounded: true })
    source.transformation.parallelism = 1
    source.transformation.parallelismConfigured = true
    return source
  }

  /** Makes a stream of the given values by a source of the old kind. @deprecated use `fromData` */
  fromElements<T>(...data: T[]): DataStreamSource<T> {
    return this.fromCollection(data)
  }

  /** Makes a stream of the values of a collection by a source of the old kind. @deprecated use `fromData` */
  fromCollection<T>(data: Iterable<T>, _typeInfo?: TypeInformation<T>): DataStreamSource<T> {
    const elements = elementsOf<T>([...data])
    const source = this.source<T>(
      'Collection Source',
      collectionSource(elements),
      { source: 'legacy', chaining: 'HEAD', bounded: true },
      false,
    )
    source.transformation.parallelism = 1
    source.transformation.parallelismConfigured = true
    return source
  }

  /** Makes a stream of the whole numbers from `from` to `to`, both included, split among the subtasks. */
  fromSequence(from: number, to: number): DataStreamSource<number> {
    if (from > to) throw new IllegalArgumentException('Start of sequence must not be greater than the end')
    return this.source<number>('Sequence Source', sequenceSource(from, to), { source: 'flip27', bounded: true })
  }

  /** Makes a stream from a source, with timestamps and watermarks by a strategy. */
  fromSource<T>(
    source: Source<T>,
    timestampsAndWatermarks: WatermarkStrategy<T>,
    sourceName: string,
    _typeInfo?: TypeInformation<T>,
  ): DataStreamSource<T> {
    if (source === null || source === undefined) throw new NullPointerException('source')
    if (timestampsAndWatermarks === null || timestampsAndWatermarks === undefined) throw new NullPointerException('timestampsAndWatermarks')
    if (typeof sourceName !== 'string') throw new NullPointerException('sourceName')
    const { params, functions } = source.describe()
    return this.source<T>(
      sourceName,
      { params, functions: { ...functions, strategy: timestampsAndWatermarks } },
      { source: 'flip27', bounded: params.bounded === true },
    )
  }

  /** Executes the job that the program has built. */
  execute(jobName?: string): void {
    if (this.transformations.length === 0) throw new IllegalStateException('No operators defined in streaming topology. Cannot execute.')
    this.context.execute(this, jobName, 'attached')
    this.transformations = []
  }

  /** @internal */
  addOperator(transformation: Transformation): void {
    this.transformations.push(transformation)
  }

  private source<T>(
    name: string,
    made: { readonly params: Readonly<Record<string, Plain>>; readonly functions: Functions },
    traits: Omit<OperatorTraits, 'role'>,
    isParallel = true,
  ): DataStreamSource<T> {
    const transformation = new OperatorTransformation(
      this.context,
      name,
      this.getParallelism(),
      [],
      made.functions,
      descriptor('source', made.params),
      { role: 'source', ...traits },
    )
    return new DataStreamSource<T>(this, transformation, isParallel)
  }
}

/** Copies of the elements, checked as FromElementsGeneratorFunction checks them. */
function elementsOf<T>(data: readonly T[]): readonly T[] {
  if (data.length === 0) throw new IllegalArgumentException('fromElements needs at least one element as argument')
  const first = typeName(data[0])
  return data.map((element) => {
    if (element === null || element === undefined) throw new IllegalArgumentException('The collection contains a null element')
    if (typeName(element) !== first) throw new IllegalArgumentException(`The elements in the collection are not all subclasses of ${first}`)
    return copyValue(element)
  })
}
