import { IllegalArgumentException, NullPointerException, UnsupportedOperationException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { Collector } from '../../streaming/functions/Collector'
import type { OutputTag } from '../../streaming/functions/OutputTag'
import { DoubleCounter, IntCounter, LongCounter, type Accumulator } from '../../streaming/functions/accumulators'
import { OperatorMetricGroup, type MetricGroup } from '../../streaming/functions/metrics'
import { WrappingFunction } from '../../streaming/functions/WrappingFunction'
import type { JobInfo, OpenContext, RuntimeContext, TaskInfo } from '../../streaming/functions/RuntimeContext'
import type {
  AggregatingState,
  AggregatingStateDescriptor,
  KeyedStateStore,
  ListState,
  ListStateDescriptor,
  MapState,
  MapStateDescriptor,
  ReducingState,
  ReducingStateDescriptor,
  ValueState,
  ValueStateDescriptor,
} from '../../streaming/state'
import type { AnyStateDescriptor } from '../state/KeyedStateBackend'
import type { OperatorContext, Output } from './types'

/** What of its operator a function can ask. */
type Surroundings = Pick<OperatorContext, 'jobName' | 'name' | 'subtask' | 'parallelism' | 'maxParallelism' | 'attempt'>

/** Mirrors StreamingRuntimeContext. `store` null: the stream is not keyed. */
export class StreamingRuntimeContext implements RuntimeContext, TaskInfo, JobInfo {
  constructor(
    private readonly context: Surroundings,
    private readonly store: KeyedStateStore | null,
  ) {}

  private readonly metrics = new OperatorMetricGroup()
  private readonly accumulators = new Map<string, Accumulator<unknown, unknown>>()

  getMetricGroup(): MetricGroup {
    return this.metrics
  }
  addAccumulator<V, R>(name: string, accumulator: Accumulator<V, R>): void {
    if (this.accumulators.has(name)) {
      throw new UnsupportedOperationException(`The accumulator '${name}' already exists and cannot be added.`)
    }
    this.accumulators.set(name, accumulator as Accumulator<unknown, unknown>)
  }
  getAccumulator<V, R>(name: string): Accumulator<V, R> | null {
    return (this.accumulators.get(name) as Accumulator<V, R> | undefined) ?? null
  }
  getIntCounter(name: string): IntCounter {
    return this.accumulatorOf(name, IntCounter)
  }
  getLongCounter(name: string): LongCounter {
    return this.accumulatorOf(name, LongCounter)
  }
  getDoubleCounter(name: string): DoubleCounter {
    return this.accumulatorOf(name, DoubleCounter)
  }
  private accumulatorOf<A extends Accumulator<unknown, unknown>>(name: string, kind: new () => A): A {
    const known = this.accumulators.get(name)
    if (known === undefined) {
      const made = new kind()
      this.accumulators.set(name, made)
      return made
    }
    if (!(known instanceof kind)) {
      throw new UnsupportedOperationException(
        `The accumulator object '${name}' was requested as a different kind of accumulator than the one that was added.`,
      )
    }
    return known
  }
  getTaskInfo(): TaskInfo {
    return this
  }
  getJobInfo(): JobInfo {
    return this
  }
  getJobName(): string {
    return this.context.jobName
  }
  getTaskName(): string {
    return this.context.name
  }
  getIndexOfThisSubtask(): number {
    return this.context.subtask
  }
  getNumberOfParallelSubtasks(): number {
    return this.context.parallelism
  }
  getMaxNumberOfParallelSubtasks(): number {
    return this.context.maxParallelism
  }
  getAttemptNumber(): number {
    return this.context.attempt
  }
  getTaskNameWithSubtasks(): string {
    const { name, subtask, parallelism, attempt } = this.context
    return `${name} (${subtask + 1}/${parallelism})#${attempt}`
  }

  private keyed(descriptor: AnyStateDescriptor): KeyedStateStore {
    required(descriptor)
    if (this.store === null) {
      throw new NullPointerException(
        `Keyed state '${descriptor.getName()}' with type ${descriptor.kind.toUpperCase()} can only be used on a 'keyed stream', i.e., after a 'keyBy()' operation.`,
      )
    }
    return this.store
  }
  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T> {
    return this.keyed(descriptor as AnyStateDescriptor).getState(descriptor)
  }
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T> {
    return this.keyed(descriptor as AnyStateDescriptor).getListState(descriptor)
  }
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T> {
    return this.keyed(descriptor as AnyStateDescriptor).getReducingState(descriptor)
  }
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT> {
    return this.keyed(descriptor as AnyStateDescriptor).getAggregatingState(descriptor)
  }
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV> {
    return this.keyed(descriptor as AnyStateDescriptor).getMapState(descriptor)
  }
}

function required<T>(descriptor: T): T {
  if (descriptor === null || descriptor === undefined) throw new NullPointerException('The state properties must not be null')
  return descriptor
}

interface MaybeRich {
  setRuntimeContext?(context: RuntimeContext): void
  getRuntimeContext?(): RuntimeContext
  open?(context: OpenContext): void
  close?(): void
}
const asRich = (fn: unknown): MaybeRich | null => (typeof fn === 'object' && fn !== null ? fn : null)

/** Hands a function its context; lambdas have none. An object that extends nothing of ours still finds `getRuntimeContext`. */
export function setFunctionContext(fn: unknown, context: RuntimeContext): void {
  if (fn instanceof WrappingFunction) return setFunctionContext(fn.wrapped, context)
  const rich = asRich(fn)
  if (rich === null) return
  if (typeof rich.setRuntimeContext === 'function') rich.setRuntimeContext(context)
  else if (rich.getRuntimeContext === undefined && Object.isExtensible(rich)) {
    Object.defineProperty(rich, 'getRuntimeContext', { value: () => context, configurable: true })
  }
}

/** Opens a function, which is handed the context first if there is one. */
export function openFunction(fn: unknown, context: RuntimeContext | null = null): void {
  if (fn instanceof WrappingFunction) return openFunction(fn.wrapped, context)
  if (context !== null) setFunctionContext(fn, context)
  const rich = asRich(fn)
  if (rich !== null && typeof rich.open === 'function') rich.open({})
}

/** Calls `close` of a rich function, of the one within if it is wrapped; a lambda has none. */
export function closeFunction(fn: unknown): void {
  if (fn instanceof WrappingFunction) return closeFunction(fn.wrapped)
  const rich = asRich(fn)
  if (rich !== null && typeof rich.close === 'function') rich.close()
}

/** A function of one method: the lambda itself, or the object's method. */
export function methodOf<F extends (...args: never[]) => unknown>(fn: unknown, name: string): F {
  if (typeof fn === 'function') return fn as F
  const method = (fn as Record<string, unknown> | null | undefined)?.[name]
  if (typeof method !== 'function') throw new IllegalArgumentException(`The function has no method ${name}`)
  return method.bind(fn) as F
}

/** Gives every record one timestamp. Mirrors TimestampedCollector. */
export class TimestampedCollector implements Collector<unknown> {
  /** NaN: none. */
  timestamp = NaN
  /** How many records were collected so far. */
  count = 0

  constructor(readonly output: Output) {}

  collect(record: unknown): void {
    this.count++
    this.output.collect(record, this.timestamp)
  }
  close(): void {}
}

/** To a side output, by the tag's id (B-10). As in Flink a record without timestamp has Long.MIN_VALUE there. */
export function outputTo(context: OperatorContext, tag: OutputTag<unknown> | null | undefined, value: unknown, timestamp: number): void {
  if (tag === null || tag === undefined) throw new IllegalArgumentException('OutputTag must not be null.')
  const id = tag.getId()
  if (context.trace.on) context.trace.sideRecord(id, timestamp)
  context.output.collectTo(id, value, hasTimestamp(timestamp) ? timestamp : LONG_MIN)
}
