import { isSavepoint, isSynchronous } from '../../../core/checkpoints'
import type { SnapshotType } from '../../../core/checkpoints'
import type { JobStatus } from '../../../trace/kinds'

/** Canonical: what every backend reads; native: the backend's own files (C-28). Order is the code in metadata: only ever append. */
export const SAVEPOINT_FORMATS = ['canonical', 'native'] as const
export type SavepointFormat = (typeof SAVEPOINT_FORMATS)[number]

/** How a checkpoint is taken and when its files go. Mirrors CheckpointProperties. */
export interface CheckpointProperties {
  readonly type: SnapshotType
  readonly format: SavepointFormat
  /** Taken though as many as may be are under way (C-3). */
  readonly force: boolean
  readonly discardOnSubsumed: boolean
  readonly discardOnFinished: boolean
  readonly discardOnCancelled: boolean
  readonly discardOnFailed: boolean
  readonly discardOnSuspended: boolean
  /** Somebody else's, which the job only began from (C-27). */
  readonly unclaimed: boolean
}

/** `execution.checkpointing.externalized-checkpoint-retention`. */
export type Retention = 'NO_EXTERNALIZED_CHECKPOINTS' | 'DELETE_ON_CANCELLATION' | 'RETAIN_ON_CANCELLATION'

/** C-1 */
export const forCheckpoint = (retention: Retention): CheckpointProperties => ({
  type: 'checkpoint',
  format: 'canonical',
  force: false,
  discardOnSubsumed: true,
  discardOnFinished: true,
  discardOnCancelled: retention !== 'RETAIN_ON_CANCELLATION',
  discardOnFailed: retention === 'NO_EXTERNALIZED_CHECKPOINTS',
  discardOnSuspended: retention !== 'RETAIN_ON_CANCELLATION',
  unclaimed: false,
})

const KEPT = {
  discardOnSubsumed: false,
  discardOnFinished: false,
  discardOnCancelled: false,
  discardOnFailed: false,
  discardOnSuspended: false,
}

/** `type`: one of the savepoints. `force`: unless unaligned checkpoints are on (C-3). */
export const forSavepoint = (type: SnapshotType, force: boolean, format: SavepointFormat): CheckpointProperties => ({
  type,
  format,
  force,
  ...KEPT,
  unclaimed: false,
})

/** What a job is begun from without owning it: NO_CLAIM (C-27). */
export const UNCLAIMED: CheckpointProperties = { type: 'savepoint', format: 'canonical', force: false, ...KEPT, unclaimed: true }

export const isSavepointOf = ({ type }: CheckpointProperties): boolean => isSavepoint(type)
export const isSynchronousOf = ({ type }: CheckpointProperties): boolean => isSynchronous(type)

/** C-1. `status`: how the job ended. */
export function discardsOn(properties: CheckpointProperties, status: JobStatus): boolean {
  switch (status) {
    case 'FINISHED':
      return properties.discardOnFinished
    case 'CANCELED':
      return properties.discardOnCancelled
    case 'FAILED':
      return properties.discardOnFailed
    default:
      return properties.discardOnSuspended
  }
}
