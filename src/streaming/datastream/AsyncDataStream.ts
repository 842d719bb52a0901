import { IllegalArgumentException } from '../../core/exceptions'
import type { AsyncFunction, AsyncRetryStrategy } from '../functions/async'
import { descriptor } from '../operators/descriptors'
import type { TimeUnit } from '../time'
import { required } from './required'
import type { DataStream, SingleOutputStreamOperator } from './index'

const DEFAULT_QUEUE_CAPACITY = 100

function addOperator<IN, OUT>(
  call: string,
  mode: 'ORDERED' | 'UNORDERED',
  input: DataStream<IN>,
  fn: AsyncFunction<IN, OUT>,
  timeout: number,
  capacity: number,
  retry?: AsyncRetryStrategy<OUT>,
): SingleOutputStreamOperator<OUT> {
  if (retry !== undefined && !(timeout > 0)) throw new IllegalArgumentException('Timeout should be configured when do async with retry.')
  const functions = { function: required(fn, 'asyncInvoke'), ...(retry === undefined ? {} : { retryStrategy: retry }) }
  return input.operate(call, 'async wait operator', descriptor('async', { mode, timeout, capacity }), functions, { yielding: true })
}

/** Asks something outside for each record without waiting for one answer before the next question. Mirrors org.apache.flink.streaming.api.datastream.AsyncDataStream. */
export class AsyncDataStream {
  private constructor() {}

  /** Emits answers in the order in which they come; only watermarks are not overtaken. At most `capacity` requests are under way. */
  static unorderedWait<IN, OUT>(
    stream: DataStream<IN>,
    func: AsyncFunction<IN, OUT>,
    timeout: number,
    timeUnit: TimeUnit,
    capacity = DEFAULT_QUEUE_CAPACITY,
  ): SingleOutputStreamOperator<OUT> {
    return addOperator('unorderedWait', 'UNORDERED', stream, func, timeUnit.toMillis(timeout), capacity)
  }

  /** Emits answers in the order of the records. At most `capacity` requests are under way. */
  static orderedWait<IN, OUT>(
    stream: DataStream<IN>,
    func: AsyncFunction<IN, OUT>,
    timeout: number,
    timeUnit: TimeUnit,
    capacity = DEFAULT_QUEUE_CAPACITY,
  ): SingleOutputStreamOperator<OUT> {
    return addOperator('orderedWait', 'ORDERED', stream, func, timeUnit.toMillis(timeout), capacity)
  }

  /** As `unorderedWait`, and asks again as the strategy says. */
  static unorderedWaitWithRetry<IN, OUT>(
    stream: DataStream<IN>,
    func: AsyncFunction<IN, OUT>,
    timeout: number,
    timeUnit: TimeUnit,
    ...rest: readonly [AsyncRetryStrategy<OUT>] | readonly [capacity: number, strategy: AsyncRetryStrategy<OUT>]
  ): SingleOutputStreamOperator<OUT> {
    const [capacity, strategy] = rest.length === 2 ? rest : ([DEFAULT_QUEUE_CAPACITY, rest[0]] as const)
    return addOperator('unorderedWaitWithRetry', 'UNORDERED', stream, func, timeUnit.toMillis(timeout), capacity, strategy)
  }

  /** As `orderedWait`, and asks again as the strategy says. */
  static orderedWaitWithRetry<IN, OUT>(
    stream: DataStream<IN>,
    func: AsyncFunction<IN, OUT>,
    timeout: number,
    timeUnit: TimeUnit,
    ...rest: readonly [AsyncRetryStrategy<OUT>] | readonly [capacity: number, strategy: AsyncRetryStrategy<OUT>]
  ): SingleOutputStreamOperator<OUT> {
    const [capacity, strategy] = rest.length === 2 ? rest : ([DEFAULT_QUEUE_CAPACITY, rest[0]] as const)
    return addOperator('orderedWaitWithRetry', 'ORDERED', stream, func, timeUnit.toMillis(timeout), capacity, strategy)
  }
}
