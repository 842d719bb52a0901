import type { Configuration } from '../../../core/configuration'
import { normalPath } from '../../../core/paths'
import { CheckpointingOptions, StateRecoveryOptions } from '../../../core/options'
import { forCheckpoint } from './properties'
import type { CheckpointProperties, Retention } from './properties'

/** What a job's configuration says about its checkpoints. Mirrors CheckpointCoordinatorConfiguration and CheckpointStorageLoader. */
export interface CheckpointSettings {
  /** ms; Infinity: none by themselves, savepoints can still be asked for. */
  readonly interval: number
  readonly exactlyOnce: boolean
  readonly timeout: number
  readonly minPause: number
  readonly maxConcurrent: number
  readonly tolerableFailures: number
  readonly properties: CheckpointProperties
  readonly unaligned: boolean
  /** ms; 0: unaligned at once. */
  readonly alignedTimeout: number
  readonly afterTasksFinish: boolean
  readonly retained: number
  /** D-18: where checkpoints go; null: the JobManager's memory. */
  readonly directory: string | null
  readonly savepointDirectory: string | null
  readonly restore: { readonly path: string; readonly allowNonRestoredState: boolean; readonly claimMode: string } | null
}

export function checkpointSettings(configuration: Configuration): CheckpointSettings {
  const get = configuration.get.bind(configuration)
  const directory = get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
  const storage = get(CheckpointingOptions.CHECKPOINT_STORAGE)?.trim().toLowerCase()
  const exactlyOnce = get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) === 'EXACTLY_ONCE'
  const savepointDirectory = get(CheckpointingOptions.SAVEPOINT_DIRECTORY)
  const path = get(StateRecoveryOptions.SAVEPOINT_PATH)
  return {
    interval: get(CheckpointingOptions.CHECKPOINTING_INTERVAL) ?? Infinity,
    exactlyOnce,
    timeout: get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
    minPause: get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS),
    maxConcurrent: get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS),
    tolerableFailures: get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER),
    properties: forCheckpoint(get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION) as Retention),
    // At least once nothing is unaligned (CheckpointOptions.forConfig).
    unaligned: exactlyOnce && get(CheckpointingOptions.ENABLE_UNALIGNED),
    alignedTimeout: get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT),
    afterTasksFinish: get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH),
    retained: get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS),
    directory: directory === undefined || storage === 'jobmanager' ? null : normalPath(directory),
    savepointDirectory: savepointDirectory === undefined ? null : normalPath(savepointDirectory),
    restore:
      path === undefined
        ? null
        : {
            path: path,
            allowNonRestoredState: get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE),
            claimMode: get(StateRecoveryOptions.RESTORE_MODE),
          },
  }
}
