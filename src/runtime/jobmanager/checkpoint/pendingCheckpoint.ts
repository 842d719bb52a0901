import type { CheckpointMetrics, TaskStateSnapshot } from '../../checkpoint/types'
import type { CheckpointPlan } from './plan'
import type { CheckpointProperties } from './properties'
import type { RequestOutcome } from './requestDecider'

export interface TaskAcknowledgement {
  readonly state: TaskStateSnapshot | null
  readonly metrics: CheckpointMetrics | null
}

export type AcknowledgeResult = 'success' | 'duplicate' | 'unknown'

/** A checkpoint that is under way. Mirrors PendingCheckpoint. */
export class PendingCheckpoint {
  private readonly missing: Set<number>
  readonly acknowledged = new Map<number, TaskAcknowledgement>()
  /** It is over, one way or the other. */
  disposed = false
  /** All have acknowledged, and its metadata is being written: nothing aborts it any more, as Flink holds its lock meanwhile. */
  finalizing = false

  constructor(
    readonly id: number,
    /** ms, processing time. */
    readonly timestamp: number,
    readonly plan: CheckpointPlan,
    readonly properties: CheckpointProperties,
    /** null: the JobManager's memory. */
    readonly path: string | null,
    readonly done: (outcome: RequestOutcome) => void,
  ) {
    this.missing = new Set(plan.waitFor)
  }

  isAcknowledgedBy(task: number): boolean {
    return this.acknowledged.has(task)
  }

  get fullyAcknowledged(): boolean {
    return this.missing.size === 0
  }

  /** Bytes that tasks have uploaded for it, and of all state that they refer to. */
  get sizes(): { readonly uploaded: number; readonly fullSize: number } {
    const sum = (size: (metrics: CheckpointMetrics) => number): number =>
      [...this.acknowledged.values()].reduce((total, { metrics }) => total + (metrics === null ? 0 : size(metrics)), 0)
    return { uploaded: sum(({ checkpointedSize }) => checkpointedSize), fullSize: sum(({ fullSize }) => fullSize) }
  }

  acknowledge(task: number, acknowledgement: TaskAcknowledgement): AcknowledgeResult {
    if (this.missing.delete(task)) {
      this.acknowledged.set(task, acknowledgement)
      return 'success'
    }
    return this.acknowledged.has(task) ? 'duplicate' : 'unknown'
  }
}
