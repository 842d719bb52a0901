import { checkpointFailureCode, CHECKPOINT_FAILURES, checkpointFailureText } from '../../../core/checkpoints'
import type { CheckpointFailureReason } from '../../../core/checkpoints'
import type { CheckpointFailure } from './failure'
import { isSavepointOf, isSynchronousOf } from './properties'
import type { CheckpointProperties } from './properties'

/** C-10: the others are no fault of the checkpoint's. */
const COUNTED: ReadonlySet<CheckpointFailureReason> = new Set([
  'IO_EXCEPTION',
  'CHECKPOINT_ASYNC_EXCEPTION',
  'CHECKPOINT_DECLINED',
  'CHECKPOINT_EXPIRED',
  'FINALIZE_CHECKPOINT_FAILURE',
] as const)

/** `tolerable` that is never exceeded. */
export const UNLIMITED_FAILURES = 2147483647

/** Whole job; `task`: only if that attempt still runs. */
export interface FailJobCallback {
  failJob(message: string): void
  failJobDueToTaskFailure(message: string, task: number): void
}

/** Counts checkpoints that fail one after the other, and fails the job when they are too many (C-10). Mirrors CheckpointFailureManager. */
export class CheckpointFailureManager {
  private counted = new Set<number>()
  private continuousFailures = 0
  private lastSucceeded = -Infinity

  constructor(
    private readonly tolerable: number,
    private readonly callback: FailJobCallback,
  ) {}

  get counter(): number {
    return this.continuousFailures
  }

  /** The counter as it will be when that failure has been handled and the job not failed for it; −1: it does not count. */
  counterAfter(checkpoint: number, properties: CheckpointProperties, { reason }: CheckpointFailure, task: number | null): number {
    const handled = task === null ? !isSavepointOf(properties) : !isSynchronousOf(properties)
    if (!handled || !COUNTED.has(reason) || checkpoint <= this.lastSucceeded) return -1
    return this.continuousFailures + (this.counted.has(checkpoint) ? 0 : 1)
  }

  /** `checkpoint` null: it had no id yet; `task` null: nobody but the JobManager says so. */
  handleFailure(checkpoint: number | null, properties: CheckpointProperties, failure: CheckpointFailure, task: number | null): void {
    const preFlight = CHECKPOINT_FAILURES[checkpointFailureCode(failure.reason)]![1]
    if (preFlight || task === null) {
      if (!isSavepointOf(properties)) this.check(checkpoint, failure.reason, (message) => this.callback.failJob(message))
    } else if (isSynchronousOf(properties)) this.callback.failJob(failure.message)
    else this.check(checkpoint, failure.reason, (message) => this.callback.failJobDueToTaskFailure(message, task))
  }

  private check(checkpoint: number | null, reason: CheckpointFailureReason, fail: (message: string) => void): void {
    if (checkpoint !== null && checkpoint <= this.lastSucceeded) return
    this.count(checkpoint, reason)
    if (this.continuousFailures <= this.tolerable) return
    this.clear()
    fail(
      `Exceeded checkpoint tolerable failure threshold. The latest checkpoint failed due to ${checkpointFailureText(reason)}, view the Checkpoint History tab ` +
        'or the Job Manager log to find out why continuous checkpoints failed.',
    )
  }

  private count(checkpoint: number | null, reason: CheckpointFailureReason): void {
    if (this.tolerable === UNLIMITED_FAILURES || !COUNTED.has(reason)) return
    if (checkpoint !== null) {
      if (this.counted.has(checkpoint)) return
      this.counted.add(checkpoint)
    }
    this.continuousFailures++
  }

  handleSuccess(checkpoint: number): void {
    if (checkpoint <= this.lastSucceeded) return
    this.lastSucceeded = checkpoint
    this.clear()
  }

  private clear(): void {
    this.continuousFailures = 0
    this.counted = new Set()
  }
}
