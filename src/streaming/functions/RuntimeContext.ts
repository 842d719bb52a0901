import type { Accumulator, DoubleCounter, IntCounter, LongCounter } from './accumulators'
import type { MetricGroup } from './metrics'
import type {
  AggregatingState,
  AggregatingStateDescriptor,
  ListState,
  ListStateDescriptor,
  MapState,
  MapStateDescriptor,
  ReducingState,
  ReducingStateDescriptor,
  ValueState,
  ValueStateDescriptor,
} from '../state'

/** What a function learns when it is opened. Mirrors org.apache.flink.api.common.functions.OpenContext, which is empty too. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- as in Java
export interface OpenContext {}

/** Who a subtask is. Mirrors org.apache.flink.api.common.TaskInfo. */
export interface TaskInfo {
  /** Returns the name of the task. */
  getTaskName(): string
  /** Returns the highest parallelism the operator can ever be given. */
  getMaxNumberOfParallelSubtasks(): number
  /** Returns the number of this subtask, from 0. */
  getIndexOfThisSubtask(): number
  /** Returns how many subtasks run side by side. */
  getNumberOfParallelSubtasks(): number
  /** Returns how often this subtask was restarted. */
  getAttemptNumber(): number
  /** Returns the name with subtask and attempt, `Map (1/2)#0`. */
  getTaskNameWithSubtasks(): string
}

/** Which job a function belongs to. Mirrors org.apache.flink.api.common.JobInfo without the job's id. */
export interface JobInfo {
  /** Returns the job's name. */
  getJobName(): string
}

/**
 * What a rich function finds around it. Mirrors org.apache.flink.api.common.functions.RuntimeContext; histograms,
 * broadcast variables, the distributed cache and external resources are left out.
 */
export interface RuntimeContext {
  /** Returns what is known about this subtask. */
  getTaskInfo(): TaskInfo
  /** Returns where the operator's own metrics are kept. */
  getMetricGroup(): MetricGroup
  /** Returns what is known about the job. */
  getJobInfo(): JobInfo
  /** Adds an accumulator under a name that this function has not used. */
  addAccumulator<V, R>(name: string, accumulator: Accumulator<V, R>): void
  /** Returns the accumulator of that name, or null. */
  getAccumulator<V, R>(name: string): Accumulator<V, R> | null
  /** Returns the counter of that name, which is made if it is new. */
  getIntCounter(name: string): IntCounter
  /** Returns the counter of that name, which is made if it is new. */
  getLongCounter(name: string): LongCounter
  /** Returns the counter of that name, which is made if it is new. */
  getDoubleCounter(name: string): DoubleCounter
  /** Returns a state of one value for each key. */
  getState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T>
  /** Returns a state of a list for each key. */
  getListState<T>(descriptor: ListStateDescriptor<T>): ListState<T>
  /** Returns a state that folds what is added into one value of the same type. */
  getReducingState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T>
  /** Returns a state that folds what is added with an AggregateFunction. */
  getAggregatingState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT>
  /** Returns a state of a map for each key. */
  getMapState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV>
  /** Returns the name of the task. @deprecated use `getTaskInfo().getTaskName()` */
  getTaskName(): string
  /** Returns the number of this subtask, from 0. @deprecated use `getTaskInfo().getIndexOfThisSubtask()` */
  getIndexOfThisSubtask(): number
  /** Returns how many subtasks run side by side. @deprecated use `getTaskInfo().getNumberOfParallelSubtasks()` */
  getNumberOfParallelSubtasks(): number
  /** Returns the highest parallelism the operator can ever be given. @deprecated use `getTaskInfo().getMaxNumberOfParallelSubtasks()` */
  getMaxNumberOfParallelSubtasks(): number
  /** Returns how often this subtask was restarted. @deprecated use `getTaskInfo().getAttemptNumber()` */
  getAttemptNumber(): number
  /** Returns the name with subtask and attempt. @deprecated use `getTaskInfo().getTaskNameWithSubtasks()` */
  getTaskNameWithSubtasks(): string
}
