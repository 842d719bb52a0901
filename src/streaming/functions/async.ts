import { IllegalArgumentException, JavaException, UnsupportedOperationException } from '../../core/exceptions'
import { AbstractRichFunction } from './rich'
import type { RuntimeContext } from './RuntimeContext'

/** Takes the answer to one asynchronous request, once. Mirrors org.apache.flink.streaming.api.functions.async.ResultFuture. */
export interface ResultFuture<OUT> {
  /** Gives the results: none, one or many. */
  complete(result: Iterable<OUT>): void
  /** Says that the request failed. */
  completeExceptionally(error: unknown): void
}

/**
 * Asks something outside for each record. Mirrors org.apache.flink.streaming.api.functions.async.AsyncFunction; the answer comes at once or
 * in a callback of one of the scenario's external services.
 */
export interface AsyncFunction<IN, OUT> {
  /** Sends the request for `input` off. */
  asyncInvoke(input: IN, resultFuture: ResultFuture<OUT>): void
  /** Is called when no answer came in time; without this method the job fails. */
  timeout?(input: IN, resultFuture: ResultFuture<OUT>): void
}

/** An AsyncFunction that can be opened and closed. */
export abstract class RichAsyncFunction<IN, OUT> extends AbstractRichFunction implements AsyncFunction<IN, OUT> {
  /** Hands the context over, without its state: an answer may come when another key is current. */
  override setRuntimeContext(context: RuntimeContext): void {
    const refuse = (): never => {
      throw new UnsupportedOperationException('State is not supported in rich async functions.')
    }
    const stateless = { getState: refuse, getListState: refuse, getReducingState: refuse, getAggregatingState: refuse, getMapState: refuse }
    super.setRuntimeContext(Object.assign(Object.create(context) as RuntimeContext, stateless))
  }

  /** Sends the request for `input` off. */
  abstract asyncInvoke(input: IN, resultFuture: ResultFuture<OUT>): void
  /** Is called when no answer came in time. */
  timeout(_input: IN, resultFuture: ResultFuture<OUT>): void {
    resultFuture.completeExceptionally(new JavaException('java.util.concurrent.TimeoutException', 'Async function call has timed out.'))
  }
}

/** Whether a lambda says yes. */
type Predicate<T> = (value: T) => boolean

/** When an answer calls for another attempt. Mirrors AsyncRetryPredicate; undefined where Java has an empty Optional. */
export interface AsyncRetryPredicate<OUT> {
  /** Tells results that call for another attempt. */
  resultPredicate(): Predicate<readonly OUT[]> | undefined
  /** Tells failures that call for another attempt. */
  exceptionPredicate(): Predicate<unknown> | undefined
}

/** Whether and when a request is sent again. Mirrors org.apache.flink.streaming.api.functions.async.AsyncRetryStrategy. */
export interface AsyncRetryStrategy<OUT> {
  /** Returns whether attempt number `currentAttempts` may follow. */
  canRetry(currentAttempts: number): boolean
  /** Returns how long to wait before it, in ms. */
  getBackoffTimeMillis(currentAttempts: number): number
  /** Returns what calls for it. */
  getRetryPredicate(): AsyncRetryPredicate<OUT>
}

class RetryPredicate<OUT> implements AsyncRetryPredicate<OUT> {
  constructor(
    private readonly result: Predicate<readonly OUT[]> | undefined,
    private readonly exception: Predicate<unknown> | undefined,
  ) {}
  resultPredicate(): Predicate<readonly OUT[]> | undefined {
    return this.result
  }
  exceptionPredicate(): Predicate<unknown> | undefined {
    return this.exception
  }
}

/** What both builders have in common. */
abstract class Builder<OUT> {
  protected result: Predicate<readonly OUT[]> | undefined
  protected exception: Predicate<unknown> | undefined

  /** Tries again after results that fulfil this. */
  ifResult(resultRetryPredicate: Predicate<readonly OUT[]>): this {
    this.result = resultRetryPredicate
    return this
  }
  /** Tries again after failures that fulfil this. */
  ifException(exceptionRetryPredicate: Predicate<unknown>): this {
    this.exception = exceptionRetryPredicate
    return this
  }
  /** Returns the strategy. */
  abstract build(): AsyncRetryStrategy<OUT>
}

class FixedDelayRetryStrategyBuilder<OUT> extends Builder<OUT> {
  constructor(
    private readonly maxAttempts: number,
    private readonly backoffTimeMillis: number,
  ) {
    super()
    if (!(maxAttempts > 0)) throw new IllegalArgumentException('maxAttempts should be greater than zero.')
    if (!(backoffTimeMillis > 0)) throw new IllegalArgumentException('backoffTimeMillis should be greater than zero.')
  }
  /** Returns the strategy. */
  build(): AsyncRetryStrategy<OUT> {
    const { maxAttempts, backoffTimeMillis } = this
    const predicate = new RetryPredicate(this.result, this.exception)
    return {
      canRetry: (currentAttempts) => currentAttempts <= maxAttempts,
      getBackoffTimeMillis: () => backoffTimeMillis,
      getRetryPredicate: () => predicate,
    }
  }
}

class ExponentialBackoffDelayRetryStrategyBuilder<OUT> extends Builder<OUT> {
  constructor(
    private readonly maxAttempts: number,
    private readonly initialDelay: number,
    private readonly maxRetryDelay: number,
    private readonly multiplier: number,
  ) {
    super()
  }
  /** Returns the strategy. */
  build(): AsyncRetryStrategy<OUT> {
    const { maxAttempts, initialDelay, maxRetryDelay, multiplier } = this
    const predicate = new RetryPredicate(this.result, this.exception)
    let last = initialDelay
    return {
      canRetry: (currentAttempts) => currentAttempts <= maxAttempts,
      getBackoffTimeMillis(currentAttempts) {
        last = currentAttempts <= 1 ? initialDelay : Math.min(Math.trunc(last * multiplier), maxRetryDelay)
        return last
      },
      getRetryPredicate: () => predicate,
    }
  }
}

/** Ready-made retry strategies. Mirrors org.apache.flink.streaming.util.retryable.AsyncRetryStrategies. */
export const AsyncRetryStrategies = {
  /** Never tries again. */
  NO_RETRY_STRATEGY: {
    canRetry: () => false,
    getBackoffTimeMillis: () => -1,
    getRetryPredicate: () => new RetryPredicate(undefined, undefined),
  } as AsyncRetryStrategy<never>,
  /** Tries again after the same time each. */
  FixedDelayRetryStrategyBuilder,
  /** Tries again after growing times. */
  ExponentialBackoffDelayRetryStrategyBuilder,
} as const

/** Ready-made predicates. Mirrors org.apache.flink.streaming.util.retryable.RetryPredicates. */
export const RetryPredicates = {
  /** For results that are empty. */
  EMPTY_RESULT_PREDICATE: (results: readonly unknown[]): boolean => results.length === 0,
  /** For any failure. */
  HAS_EXCEPTION_PREDICATE: (_error: unknown): boolean => true,
} as const
