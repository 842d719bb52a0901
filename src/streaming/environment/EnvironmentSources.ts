import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { copyValue, keyTypeOf, typeName } from '../../core/values'
import { collectionSource, sequenceSource } from '../connectors/collections'
import type { Source } from '../connectors/Source'
import { DataStreamSource } from '../datastream'
import { requiredMethods } from '../datastream/required'
import { RichParallelSourceFunction, type ParallelSourceFunction, type SourceFunction } from '../functions/SourceFunction'
import { descriptor, type Functions, type Plain } from '../operators/descriptors'
import { OperatorTransformation, type OperatorTraits } from '../operators/transformation'
import { TypeInformation } from '../types/TypeInformation'
import { asParam, WATERMARKS_PARAM } from '../timeSettings'
import { WatermarkStrategy } from '../watermark'
import { strategySettings } from '../watermark/legacyStrategy'
import { EnvironmentSettings } from './EnvironmentSettings'
import type { StreamExecutionEnvironment } from './StreamExecutionEnvironment'

interface Made {
  readonly params: Readonly<Record<string, Plain>>
  readonly functions: Functions
}

/** Where streams begin. */
export abstract class EnvironmentSources extends EnvironmentSettings {
  /** Makes a stream of the values of one array. */
  fromData<T>(data: readonly T[], typeInfo?: TypeInformation<T>): DataStreamSource<T>
  /** Makes a stream of the given values, which have the type that is said first. */
  fromData<T>(typeInfo: TypeInformation<T>, ...data: T[]): DataStreamSource<T>
  /** Makes a stream of the given values. */
  fromData<T>(...data: T[]): DataStreamSource<T>
  fromData<T>(...given: unknown[]): DataStreamSource<T> {
    const values = given.filter((value) => !(value instanceof TypeInformation))
    const elements = elementsOf<T>((values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as T[])
    const source = this.source<T>('fromData', 'Collection Source', withStrategy(collectionSource(elements)), {
      source: 'flip27',
      bounded: true,
    })
    source.transformation.parallelism = 1
    source.transformation.parallelismConfigured = true
    return source
  }

  /** Makes a stream of the given values by a source of the old kind. @deprecated use `fromData` */
  fromElements<T>(...data: T[]): DataStreamSource<T> {
    const made = this.fromCollection(data)
    made.transformation.call = 'fromElements'
    return made
  }

  /** Makes a stream of the values of a collection by a source of the old kind. @deprecated use `fromData` */
  fromCollection<T>(data: Iterable<T>, typeInfo?: TypeInformation<T>): DataStreamSource<T> {
    const values = [...data]
    if (values.length === 0 && typeInfo === undefined) throw new IllegalArgumentException('Collection must not be empty')
    const elements = values.length === 0 ? [] : elementsOf<T>(values)
    return this.legacy('fromCollection', 'Collection Source', collectionSource(elements), false, true)
  }

  /** Makes a stream of the whole numbers from `from` to `to`, both included, split among the subtasks. */
  fromSequence(from: number, to: number): DataStreamSource<number> {
    if (from > to) throw new IllegalArgumentException('Start of sequence must not be greater than the end')
    const made = withStrategy(sequenceSource(from, to))
    return this.source<number>('fromSequence', 'Sequence Source', made, { source: 'flip27', bounded: true })
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
      'fromSource',
      sourceName,
      withStrategy({ params, functions: { ...functions, strategy: timestampsAndWatermarks } }, timestampsAndWatermarks),
      { source: 'flip27', bounded: params.bounded === true },
    )
  }

  /** Makes a stream from a source function of the old kind. @deprecated use `fromSource` */
  addSource<OUT>(sourceFunction: SourceFunction<OUT>, sourceName?: string, typeInfo?: TypeInformation<OUT>): DataStreamSource<OUT>
  /** Makes a stream from a source function of the old kind. @deprecated use `fromSource` */
  addSource<OUT>(sourceFunction: SourceFunction<OUT>, typeInfo: TypeInformation<OUT>): DataStreamSource<OUT>
  addSource<OUT>(sourceFunction: SourceFunction<OUT>, named?: string | TypeInformation<OUT>): DataStreamSource<OUT> {
    const fn = requiredMethods(sourceFunction, 'run')
    const isParallel = fn instanceof RichParallelSourceFunction || (fn as Partial<ParallelSourceFunction<OUT>>).parallel === true
    const made = { params: { source: 'function', bounded: false }, functions: { function: fn } }
    return this.legacy('addSource', typeof named === 'string' ? named : 'Custom Source', made, isParallel, false)
  }

  /** Makes a stream of the values of a collection, a share for each subtask. @deprecated use `fromSource` */
  fromParallelCollection<OUT>(iterator: Iterable<OUT>, _type?: unknown): DataStreamSource<OUT> {
    const made = collectionSource(elementsOf<OUT>([...iterator]))
    return this.legacy('fromParallelCollection', 'Parallel Collection Source', made, true, true)
  }

  /** Makes a stream of whole numbers by a source of the old kind. @deprecated use `fromSequence` */
  generateSequence(from: number, to: number): DataStreamSource<number> {
    if (from > to) throw new IllegalArgumentException('Start of sequence must not be greater than the end')
    return this.legacy('generateSequence', 'Sequence Source (Deprecated)', sequenceSource(from, to), true, false)
  }

  /** Would read lines from a socket: plans, and is not simulated. */
  socketTextStream(hostname: string, port: number, delimiter = '\n', maxRetry = 0): DataStreamSource<string> {
    const params = { source: 'socket', bounded: false, hostname, port, delimiter, maxRetry }
    return this.legacy('socketTextStream', 'Socket Stream', { params, functions: {} }, false, false)
  }

  /** Would read the lines of a file: plans, and is not simulated. @deprecated use a FileSource */
  readTextFile(filePath: string, charsetName = 'UTF-8'): DataStreamSource<string> {
    if (typeof filePath !== 'string' || filePath.trim() === '') {
      throw new IllegalArgumentException('The file path must not be null or blank.')
    }
    const name = 'Custom File Source'
    const params = { source: 'file', bounded: true, path: filePath }
    const monitor = this.legacy<string>('readTextFile', name, { params, functions: {} }, false, true).forceNonParallel()
    const reader = descriptor('fileReader', { charset: charsetName })
    const lines = monitor.operate<string>('readTextFile', `Split Reader: ${name}`, reader, {}, { chaining: 'HEAD', yielding: true })
    return new DataStreamSource<string>(lines.environment, lines.transformation)
  }

  private legacy<T>(call: string, name: string, made: Made, isParallel: boolean, bounded: boolean): DataStreamSource<T> {
    const source = this.source<T>(call, name, made, { source: 'legacy', chaining: 'HEAD', bounded }, isParallel)
    if (!isParallel) {
      source.transformation.parallelism = 1
      source.transformation.parallelismConfigured = true
    }
    return source
  }

  private source<T>(call: string, name: string, made: Made, traits: Omit<OperatorTraits, 'role'>, isParallel = true): DataStreamSource<T> {
    const transformation = new OperatorTransformation(
      this.context,
      name,
      this.getParallelism(),
      [],
      made.functions,
      descriptor('source', made.params),
      { role: 'source', ...traits },
    ).calledBy(call)
    return new DataStreamSource<T>(this as unknown as StreamExecutionEnvironment, transformation, isParallel)
  }
}

/** Says what the source's watermarks are; without a strategy it makes none, as `fromData` of Flink says itself. */
const withStrategy = ({ params, functions }: Made, strategy: WatermarkStrategy<never> = WatermarkStrategy.noWatermarks()): Made => ({
  params: { ...params, [WATERMARKS_PARAM]: asParam(strategySettings(strategy)) },
  functions,
})

/** Copies of the elements, checked as FromElementsGeneratorFunction checks them. */
function elementsOf<T>(data: readonly T[]): readonly T[] {
  if (data.length === 0) throw new IllegalArgumentException('fromElements needs at least one element as argument')
  const first = typeName(data[0])
  return data.map((element) => {
    if (element === null || element === undefined) throw new IllegalArgumentException('The collection contains a null element')
    if (typeName(element) !== first)
      throw new IllegalArgumentException(`The elements in the collection are not all subclasses of ${javaClassOf(data[0])}`)
    return copyValue(element)
  })
}

/** What Java calls the class of a value. */
function javaClassOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return `java.lang.${String(keyTypeOf(value))}`
  if (typeof value === 'string') return 'java.lang.String'
  return typeof value === 'boolean' ? 'java.lang.Boolean' : typeName(value)
}
