import { IllegalArgumentException, UnsupportedOperationException } from '../../core/exceptions'
import { valueEquals } from '../../core/values'
import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import { CoProcessFunction, KeyedCoProcessFunction } from '../functions/co'
import type { CoFlatMapFunction, CoMapFunction, CoProcessFunctionLike } from '../functions/co'
import type { KeySelectorLike } from '../functions/functions'
import type { Untyped } from '../functions/Untyped'
import { customOperator, type OperatorOrFactory } from '../operators/custom'
import { descriptor, type Functions, type OperatorDescriptor } from '../operators/descriptors'
import { OperatorTransformation, type OperatorTraits } from '../operators/transformation'
import { keyTypeText, type PreparedKeySelector } from '../partitioners/keySelector'
import type { TwoInputStreamOperator } from '../operators/StreamOperator'
import { TypeInformation } from '../types/TypeInformation'
import { requiredMethods } from './required'
import { KeyedStream, SingleOutputStreamOperator, type DataStream } from './index'

/** Two streams that one operator reads, record by record from either. Mirrors org.apache.flink.streaming.api.datastream.ConnectedStreams. */
export class ConnectedStreams<IN1, IN2> {
  /** @internal */
  readonly environment: StreamExecutionEnvironment

  /** @internal */
  constructor(
    private readonly input1: DataStream<IN1>,
    private readonly input2: DataStream<IN2>,
  ) {
    this.environment = input1.environment
  }

  /** Returns the environment that the streams belong to. */
  getExecutionEnvironment(): StreamExecutionEnvironment {
    return this.environment
  }

  /** Returns the first stream. */
  getFirstInput(): DataStream<IN1> {
    return this.input1
  }

  /** Returns the second stream. */
  getSecondInput(): DataStream<IN2> {
    return this.input2
  }

  /** Groups both streams by key: equal keys of either side meet in the same subtask. */
  keyBy<K>(
    keySelector1: KeySelectorLike<IN1, K>,
    keySelector2: KeySelectorLike<IN2, K>,
    keyType?: TypeInformation<unknown>,
  ): ConnectedStreams<IN1, IN2>
  /** Groups both streams by fields. @deprecated use key selectors */
  keyBy(
    fields1: number | string | readonly (number | string)[],
    fields2: number | string | readonly (number | string)[],
  ): ConnectedStreams<IN1, IN2>
  keyBy(first: unknown, second: unknown, keyType?: TypeInformation<unknown>): ConnectedStreams<IN1, IN2> {
    return new ConnectedStreams(keyedBy(this.input1, first, keyType), keyedBy(this.input2, second, keyType))
  }

  /** Turns each record of either stream into one other record. */
  map<R>(coMapper: CoMapFunction<IN1, IN2, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    return this.operate('map', 'Co-Map', descriptor('coMap'), { function: requiredMethods(coMapper, 'map1', 'map2') })
  }

  /** Turns each record of either stream into none, one or many. */
  flatMap<R = Untyped>(coFlatMapper: CoFlatMapFunction<IN1, IN2, R>, _outputType?: TypeInformation<R>): SingleOutputStreamOperator<R> {
    return this.operate('flatMap', 'Co-Flat Map', descriptor('coFlatMap'), {
      function: requiredMethods(coFlatMapper, 'flatMap1', 'flatMap2'),
    })
  }

  /** Hands each record of either stream to a function that, where both are keyed, has state and timers for each key. */
  process<R = Untyped, K = Untyped>(
    coProcessFunction: CoProcessFunctionLike<K, IN1, IN2, R>,
    _outputType?: TypeInformation<R>,
  ): SingleOutputStreamOperator<R> {
    const fn = requiredMethods(coProcessFunction, 'processElement1', 'processElement2')
    const keyed = this.input1 instanceof KeyedStream && this.input2 instanceof KeyedStream
    if (fn instanceof KeyedCoProcessFunction && !keyed) {
      throw new UnsupportedOperationException('KeyedCoProcessFunction can only be used when both input streams are of type KeyedStream.')
    }
    const name = keyed && !(fn instanceof CoProcessFunction) ? 'Co-Keyed-Process' : 'Co-Process'
    return this.operate('process', name, descriptor(keyed ? 'keyedCoProcess' : 'coProcess'), { function: fn })
  }

  /** Hands each record of either stream to an operator of one's own. */
  transform<R = Untyped>(
    functionName: string,
    outTypeInfo: TypeInformation<R>,
    operator: OperatorOrFactory<TwoInputStreamOperator<IN1, IN2, R>>,
  ): SingleOutputStreamOperator<R>
  /** Hands each record of either stream to an operator of one's own. */
  transform<R = Untyped>(
    functionName: string,
    operator: OperatorOrFactory<TwoInputStreamOperator<IN1, IN2, R>>,
  ): SingleOutputStreamOperator<R>
  transform<R>(functionName: string, ...given: unknown[]): SingleOutputStreamOperator<R> {
    const made = customOperator(
      given.find((argument) => !(argument instanceof TypeInformation)),
      'processElement1',
    )
    return this.operate('transform', functionName, made.operator, made.functions, { chaining: made.chaining })
  }

  /** @internal A two-input operator behind both streams. */
  operate<R>(
    call: string,
    name: string,
    operator: OperatorDescriptor,
    functions: Functions,
    traits: Partial<OperatorTraits> = {},
  ): SingleOutputStreamOperator<R> {
    const { environment, input1, input2 } = this
    checkKeyTypes(input1, input2)
    const keyedBy = [input1, input2].map((input) => (input instanceof KeyedStream ? input.partition : null))
    const inputs = [input1.transformation, input2.transformation]
    const transformation = new OperatorTransformation(
      environment.context,
      name,
      environment.getParallelism(),
      inputs,
      functions,
      operator,
      {
        role: 'operator',
        chaining: 'HEAD',
        keyedBy,
        ...traits,
      },
    ).calledBy(call)
    environment.addOperator(transformation)
    return new SingleOutputStreamOperator<R>(environment, transformation)
  }
}

/** As far as the program has said them. */
function checkKeyTypes<T1, T2>(first: DataStream<T1>, second: DataStream<T2>): void {
  const [a, b] = [first, second].map((stream) =>
    stream instanceof KeyedStream ? (stream.partition.functions.keySelector as PreparedKeySelector | undefined)?.keyType : undefined,
  )
  if (a === undefined || b === undefined || valueEquals(a, b)) return
  throw new UnsupportedOperationException(`Key types if input KeyedStreams don't match: ${keyTypeText(a)} and ${keyTypeText(b)}.`)
}

function keyedBy<T>(stream: DataStream<T>, by: unknown, keyType: TypeInformation<unknown> | undefined): DataStream<T> {
  if (typeof by === 'number' || typeof by === 'string') return stream.keyBy(by)
  if (Array.isArray(by)) {
    if (by.length === 0) throw new IllegalArgumentException('A key needs at least one field.')
    return stream.keyBy(...(by as (number | string)[]))
  }
  return stream.keyBy(by as KeySelectorLike<T, unknown>, keyType)
}
