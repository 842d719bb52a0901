import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { Collector } from '../../streaming/functions/Collector'
import type { OutputTag } from '../../streaming/functions/OutputTag'
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

  getMetricGroup(): MetricGroup {
    return this.metrics
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

  private keyed(): KeyedStateStore {
    if (this.store === null) {
      throw new NullPointerException("Keyed state can only be used on a 'keyed stream', i.e., after a 'keyBy()' operation.")
    }
    return this.store
  }
  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T> {
    return this.keyed().getState(required(descriptor))
  }
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T> {
    return this.keyed().getListState(required(descriptor))
  }
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T> {
    return this.keyed().getReducingState(required(descriptor))
  }
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT> {
    return this.keyed().getAggregatingState(required(descriptor))
  }
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV> {
    return this.keyed().getMapState(required(descriptor))
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

/** Hands a function its context and opens it; lambdas have no life of their own. An object that extends nothing of ours still finds `getRuntimeContext`. */
export function openFunction(fn: unknown, context: RuntimeContext): void {
  if (fn instanceof WrappingFunction) return openFunction(fn.wrapped, context)
  const rich = asRich(fn)
  if (rich === null) return
  if (typeof rich.setRuntimeContext === 'function') rich.setRuntimeContext(context)
  else if (rich.getRuntimeContext === undefined && Object.isExtensible(rich)) {
    Object.defineProperty(rich, 'getRuntimeContext', { value: () => context, configurable: true })
  }
  if (typeof rich.open === 'function') rich.open({})
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
