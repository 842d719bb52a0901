import type { Configuration } from '../../core/configuration'
import { CheckpointingOptions } from '../../core/options'

/** JobManagerCheckpointStorage.DEFAULT_MAX_STATE_SIZE: bytes of one state handle in the JobManager's memory (D-18). */
export const MAX_IN_MEMORY = 5 * 1024 * 1024

/** What a subtask has to know of its job's checkpoints. */
export interface SubtaskCheckpointSettings {
  /** The job takes checkpoints by itself. Without that it can still be asked for savepoints. */
  readonly enabled: boolean
  /** C-25: a task that has finished its operators waits for one more checkpoint, and checkpoints go on when others are gone. */
  readonly afterTasksFinish: boolean
  /** Streams up to this size travel with the acknowledgement, bytes (D-19). */
  readonly inlineThreshold: number
}

export function subtaskCheckpointSettings(configuration: Configuration): SubtaskCheckpointSettings {
  const enabled = configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) !== undefined
  return {
    enabled,
    afterTasksFinish: enabled && configuration.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH),
    inlineThreshold: configuration.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD),
  }
}
