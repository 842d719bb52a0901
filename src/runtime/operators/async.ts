import type { AsyncFunction, AsyncRetryStrategy } from '../../streaming/functions/async'
import { withAsker } from '../../streaming/functions/ExternalService'
import type { Asker } from '../../streaming/functions/ExternalService'
import { JavaException, NullPointerException } from '../../core/exceptions'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { OrderedQueue, UnorderedQueue, type Entry, type WorkQueue } from './asyncQueues'
import { methodOf, TimestampedCollector } from './functions'
import { AsyncAnswer } from './types'
import type { OperatorContext } from './types'

/** What has no room in the queue yet: an element, or a watermark. */
type Pending = { readonly value: unknown; readonly timestamp: number; readonly record: RecordName } | { readonly watermark: number }
type RecordName = readonly [origin: number, number: number]

const UNTRACED: RecordName = [-1, -1]
/** As in Flink. An element is [timestamp, value], a watermark [time]. */
const STATE_NAME = '_async_wait_operator_state_'

/**
 * Asks the program's AsyncFunction about each element and emits the answers in the order of the elements, or of the answers but never past a
 * watermark (B-9). Mirrors AsyncWaitOperator with RetryableResultHandlerDelegator: while the queue is full the input is not read on.
 * Params: `mode`, `capacity`, `timeout` in ms (0: none). What is under way is the operator's state, answered or not: it is asked again after a restore.
 */
export class AsyncWaitOperator extends AbstractStreamOperator {
  private readonly invoke: AsyncFunction<unknown, unknown>['asyncInvoke']
  private readonly retry: AsyncRetryStrategy<unknown> | null
  private readonly queue: WorkQueue
  private readonly capacity: number
  private readonly timeout: number
  private readonly collector: TimestampedCollector
  private readonly asker: Asker | null
  private readonly waiting: Pending[] = []
  private readonly requests = new Set<Request>()
  private blocked = false
  /** How deep in the program's code: answers that come there are emitted when it has returned. */
  private calls = 0
  private failure: { readonly error: unknown } | null = null
  /** The input has ended: nothing is asked again. */
  private ending = false

  constructor(context: OperatorContext) {
    const { function: fn, retryStrategy } = context.functions
    super(context, [fn])
    this.invoke = methodOf(fn, 'asyncInvoke')
    this.retry = (retryStrategy as AsyncRetryStrategy<unknown> | undefined) ?? null
    this.queue = context.params.mode === 'ORDERED' ? new OrderedQueue() : new UnorderedQueue()
    this.capacity = Number(context.params.capacity)
    this.timeout = Number(context.params.timeout)
    this.collector = new TimestampedCollector(context.output)
    this.asker = context.asker === undefined ? null : this.calledBack(context.asker)
  }

  override open(): void {
    super.open()
    const recovered = [...this.operatorState.list(STATE_NAME, 'SPLIT_DISTRIBUTE').get()] as (
      readonly [number] | readonly [number, unknown]
    )[]
    for (const [time, ...element] of recovered) {
      this.waiting.push(element.length === 0 ? { watermark: time } : { value: element[0], timestamp: time, record: UNTRACED })
      this.goOn(true)
    }
  }

  protected override prepareSnapshot(): void {
    const items: unknown[] = []
    for (const { value, timestamp, watermark } of this.queue.values())
      items.push(watermark === undefined ? [timestamp, value] : [watermark])
    for (const next of this.waiting) items.push('watermark' in next ? [next.watermark] : [next.timestamp, next.value])
    this.operatorState.list(STATE_NAME, 'SPLIT_DISTRIBUTE').update(items)
  }

  processElement(value: unknown, timestamp: number): void {
    const { trace } = this.context
    this.waiting.push({ value, timestamp, record: trace.on ? trace.currentRecord() : UNTRACED })
    this.goOn(false)
  }

  override processWatermark(watermark: number): void {
    this.waiting.push({ watermark })
    this.goOn(true)
  }

  /** Takes from what waits while there is room, and emits what is ready. `later`: not in answer to the element at hand. */
  private goOn(later: boolean): void {
    if (this.calls > 0) return
    this.emitReady()
    for (let next = this.waiting[0]; next !== undefined && this.queue.size < this.capacity; next = this.waiting[0]) {
      this.waiting.shift()
      if ('watermark' in next) this.queue.addWatermark(next.watermark)
      else {
        const entry = this.ask(next.value, next.timestamp, next.record)
        this.emitReady(later ? undefined : entry)
        continue
      }
      this.emitReady()
    }
    if (this.waiting.length > 0 === this.blocked) return
    this.blocked = !this.blocked
    this.context.blockInput?.(this.blocked)
  }

  private ask(value: unknown, timestamp: number, record: RecordName): Entry {
    const request = new Request(this, value, record, this.queue.add(value, timestamp))
    this.context.trace.asyncRequested(record)
    this.requests.add(request)
    if (this.timeout > 0) request.expires(this.context.scheduleAt(this.context.processingTime() + this.timeout, () => this.expire(request)))
    this.send(request)
    return request.entry
  }

  send(request: Request): void {
    this.inUserCode(() => this.invoke(request.value, request))
  }

  private expire(request: Request): void {
    if (request.over) return
    request.lastChance()
    this.context.trace.asyncAnswered(request.record, AsyncAnswer.TimedOut)
    const fn = this.context.functions.function as AsyncFunction<unknown, unknown>
    this.inUserCode(() => {
      if (typeof fn.timeout === 'function') fn.timeout(request.value, request)
      else request.completeExceptionally(new JavaException('java.util.concurrent.TimeoutException', 'Async function call has timed out.'))
    })
    this.goOn(true)
  }

  private inUserCode(call: () => void): void {
    this.calls++
    try {
      withAsker(this.asker, call)
    } finally {
      this.calls--
    }
    if (this.failure !== null) throw this.failure.error
  }

  /** Answers of external services come in the program's code, and may be the answers that are waited for. */
  private calledBack({ services, request }: Asker): Asker {
    return {
      services,
      request: (service, key, answered) => {
        request(service, key, (answer, failed) => {
          this.inUserCode(() => answered(answer, failed))
          this.goOn(true)
        })
      },
    }
  }

  /** Called by a request, in the program's code or outside: whether it is to be asked again, in ms from now. */
  retryDelay(attempt: number, results: readonly unknown[], failure: { readonly error: unknown } | null): number | null {
    const { retry } = this
    if (retry === null || this.ending || !retry.canRetry(attempt)) return null
    const predicate = retry.getRetryPredicate()
    const again = failure === null ? predicate.resultPredicate()?.(results) : predicate.exceptionPredicate()?.(failure.error)
    return again === true ? retry.getBackoffTimeMillis(attempt) : null
  }

  later(delay: number, request: Request): () => void {
    this.context.trace.asyncAnswered(request.record, AsyncAnswer.AskedAgain)
    return this.context.scheduleAt(this.context.processingTime() + delay, () => {
      request.again()
      this.goOn(true)
    })
  }

  answered(request: Request, results: readonly unknown[], failure: { readonly error: unknown } | null): void {
    this.requests.delete(request)
    if (!request.timedOut) this.context.trace.asyncAnswered(request.record, failure === null ? AsyncAnswer.Completed : AsyncAnswer.Failed)
    this.queue.complete(request.entry, results)
    if (failure !== null) {
      if (this.calls === 0) throw failure.error
      this.failure = failure
    }
    this.goOn(true)
  }

  /** `answering`: the element at hand, whose answers carry its identity in the trace. */
  private emitReady(answering?: Entry): void {
    const { collector, context } = this
    for (let ready = this.queue.shift(); ready !== undefined; ready = this.queue.shift()) {
      if (ready.watermark !== undefined) {
        this.advance(ready.watermark)
        continue
      }
      if (context.trace.on) {
        if (ready !== answering) context.trace.recordsMade(-1)
        else if (ready.results!.length === 0) context.trace.recordDropped(ready.timestamp)
      }
      collector.timestamp = ready.timestamp
      for (const result of ready.results!) collector.collect(result)
    }
  }

  /** Requests that wait to be sent again are sent at once, for the last time. */
  override endInput(): void {
    this.ending = true
    for (const request of this.requests) request.again()
    this.goOn(true)
  }

  isDrained(): boolean {
    return this.queue.size === 0 && this.waiting.length === 0
  }

  override close(): void {
    for (const request of this.requests) request.forget()
    super.close()
  }
}

/** What the program is given to answer with; the first answer counts. Mirrors ResultHandler. */
class Request {
  over = false
  private attempt = 1
  /** The time is over: what is answered now is the answer, and nothing is asked again. */
  timedOut = false
  private cancelTimeout: () => void = () => undefined
  private cancelRetry: (() => void) | null = null

  constructor(
    private readonly operator: AsyncWaitOperator,
    readonly value: unknown,
    readonly record: RecordName,
    readonly entry: Entry,
  ) {}

  expires(cancel: () => void): void {
    this.cancelTimeout = cancel
  }

  complete(results: Iterable<unknown>): void {
    if (results === null || results === undefined)
      throw new NullPointerException('Results must not be null, use empty collection to emit nothing')
    this.end([...results], null)
  }

  completeExceptionally(error: unknown): void {
    this.end([], { error })
  }

  private end(results: readonly unknown[], failure: { readonly error: unknown } | null): void {
    if (this.over || this.cancelRetry !== null) return
    const delay = this.timedOut ? null : this.operator.retryDelay(this.attempt, results, failure)
    if (delay !== null) {
      this.cancelRetry = this.operator.later(delay, this)
      return
    }
    this.over = true
    this.cancelTimeout()
    this.operator.answered(this, results, failure)
  }

  /** Sends it again if it waits for that. */
  again(): void {
    if (this.cancelRetry === null) return
    this.cancelRetry()
    this.cancelRetry = null
    this.attempt++
    this.operator.send(this)
  }

  lastChance(): void {
    this.timedOut = true
    this.cancelRetry?.()
    this.cancelRetry = null
  }

  forget(): void {
    this.cancelTimeout()
    this.cancelRetry?.()
  }
}
