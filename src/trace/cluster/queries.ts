import { EXECUTION_STATES, JOB_STATUSES, SCHEDULER_STATES } from '../kinds'
import type { ExecutionState, JobStatus, SchedulerState } from '../kinds'
import { currentVertices } from './members'
import { PARTITIONS, TaskIo } from './state'
import type { ClusterState } from './state'

/** How a task spent a stretch of time; the three and what was before its first sign of life add up to 1. */
export interface BusyShare {
  readonly idle: number
  readonly busy: number
  readonly backPressured: number
}

/** Over the last `stretch` virtual µs before `time`; as Flink's idleTimeMsPerSecond, busyTimeMsPerSecond, backPressuredTimeMsPerSecond for a second. */
export function busyShare(state: ClusterState, vertex: number, time: number, stretch = 1_000_000): BusyShare {
  const since = state.plan.ioSince[vertex]!
  const what = state.plan.ioState[vertex]!
  const from = Math.max(0, time - stretch)
  const spent = [0, 0, 0]
  let end = time
  for (let at = state.ioCount[vertex]! - 1; at >= 0 && end > from; at--) {
    const start = Math.max(from, since.at(at))
    if (start < end) {
      spent[what.at(at)]! += end - start
      end = start
    }
  }
  const whole = Math.max(1, time - from)
  return { idle: spent[TaskIo.Idle]! / whole, busy: spent[TaskIo.Busy]! / whole, backPressured: spent[TaskIo.BackPressured]! / whole }
}

export interface PartitionOffset {
  readonly partition: number
  /** Of the last record read. */
  readonly offset: number
}

/** What a source subtask has read, by partition. */
export function offsetsOf(state: ClusterState, vertex: number): PartitionOffset[] {
  const offsets: PartitionOffset[] = []
  for (const [key, offset] of state.offsets) {
    if (Math.floor(key / PARTITIONS) === vertex) offsets.push({ partition: key % PARTITIONS, offset })
  }
  return offsets.sort((one, other) => one.partition - other.partition)
}

export const executionStateOf = (state: ClusterState, vertex: number): ExecutionState => EXECUTION_STATES[state.executionState[vertex]!]!
export const jobStatusOf = (state: ClusterState, job = 0): JobStatus => JOB_STATUSES[state.jobStatus[job]!]!
/** Of the adaptive scheduler; null for a job of the default one. */
export const schedulerStateOf = (state: ClusterState, job: number): SchedulerState | null =>
  SCHEDULER_STATES[state.schedulerState[job]!] ?? null

/** FINISHED, FAILED, CANCELED, SUSPENDED: nothing more comes of the job (S-15). */
export const isOver = (status: JobStatus): boolean => OVER.has(status)
const OVER = new Set<JobStatus>(['FINISHED', 'FAILED', 'CANCELED', 'SUSPENDED'])

/** The watermark that a subtask stands at: what came in, for a source what went out. LONG_MIN before the first. */
export const watermarkOf = (state: ClusterState, vertex: number): number =>
  state.plan.isSource[vertex] === 1 ? state.watermarkOut[vertex]! : state.watermarkIn[vertex]!
export const watermarkEventOf = (state: ClusterState, vertex: number): number =>
  state.plan.isSource[vertex] === 1 ? state.watermarkOutEvent[vertex]! : state.watermarkInEvent[vertex]!

/** The least of a task's subtasks, those that are alive at the moment. */
export function taskWatermark(state: ClusterState, vertex: number): number {
  let least = Infinity
  for (const subtask of currentVertices(state, vertex)) least = Math.min(least, watermarkOf(state, subtask))
  return least
}

/** The channel that holds its receiver's watermark back: the least of those that are not idle; −1 for a source. Of equals the first. */
export function slowestInput(state: ClusterState, vertex: number): number {
  let slowest = -1
  for (const channel of state.plan.inputs[vertex]!) {
    if (state.channelIdle[channel] === 1) continue
    if (slowest < 0 || state.channelWatermark[channel]! < state.channelWatermark[slowest]!) slowest = channel
  }
  return slowest
}

export { currentParallelism, currentSubtask, currentVertices } from './members'
export { requiredSlots, slotOf, slotsTotal, taskManagersOf, waitingSharedSlots } from './slots'
export type { SlotPlace, SlotView, TaskManagerView, WaitingSlot } from './slots'

/** What a Java failure comes from, in its own words: the last of its causes. */
export function rootCause(failure: string): string {
  const lines = failure.split('\n')
  const cause = lines.findLast((line) => line.startsWith('Caused by: '))
  return cause?.slice('Caused by: '.length) ?? lines[0] ?? ''
}
