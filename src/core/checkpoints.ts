/** Words about checkpoints that every room shares. */

/** What kind of snapshot is taken. Order is the code in the trace: only ever append. Mirrors SnapshotType. */
export const SNAPSHOT_TYPES = ['checkpoint', 'full-checkpoint', 'savepoint', 'stop-with-savepoint', 'stop-with-savepoint-drain'] as const
export type SnapshotType = (typeof SNAPSHOT_TYPES)[number]

export const isSavepoint = (type: SnapshotType): boolean => type !== 'checkpoint' && type !== 'full-checkpoint'
/** Its task waits for the end of it (C-26). */
export const isSynchronous = (type: SnapshotType): boolean => type === 'stop-with-savepoint' || type === 'stop-with-savepoint-drain'

/** How a barrier goes through a channel. Order is the code in the trace: only ever append. */
export const ALIGNMENTS = ['aligned', 'at-least-once', 'unaligned', 'aligned-with-timeout', 'forced-aligned'] as const
export type Alignment = (typeof ALIGNMENTS)[number]

/** C-11, text as Flink prints it; `preFlight`: before an id is drawn. Order is the code in the trace: only ever append. Mirrors CheckpointFailureReason. */
export const CHECKPOINT_FAILURES = [
  ['PERIODIC_SCHEDULER_SHUTDOWN', true, 'Periodic checkpoint scheduler is shut down.'],
  ['TOO_MANY_CHECKPOINT_REQUESTS', true, 'The maximum number of queued checkpoint requests exceeded'],
  [
    'MINIMUM_TIME_BETWEEN_CHECKPOINTS',
    true,
    'The minimum time between checkpoints is still pending. Checkpoint will be triggered after the minimum time.',
  ],
  ['NOT_ALL_REQUIRED_TASKS_RUNNING', true, 'Not all required tasks are currently running.'],
  ['IO_EXCEPTION', true, 'An Exception occurred while triggering the checkpoint. IO-problem detected.'],
  ['BLOCKING_OUTPUT_EXIST', true, 'Blocking output edge exists in running tasks.'],
  ['CHECKPOINT_ASYNC_EXCEPTION', false, 'Asynchronous task checkpoint failed.'],
  [
    'CHANNEL_STATE_SHARED_STREAM_EXCEPTION',
    false,
    'The checkpoint was aborted due to exception of other subtasks sharing the ChannelState file.',
  ],
  ['CHECKPOINT_EXPIRED', false, 'Checkpoint expired before completing.'],
  ['CHECKPOINT_SUBSUMED', false, 'Checkpoint has been subsumed.'],
  ['CHECKPOINT_DECLINED', false, 'Checkpoint was declined.'],
  ['CHECKPOINT_DECLINED_TASK_NOT_READY', false, 'Checkpoint was declined (tasks not ready)'],
  ['CHECKPOINT_DECLINED_TASK_CLOSING', false, 'Checkpoint was declined (task is closing)'],
  ['CHECKPOINT_DECLINED_SUBSUMED', false, 'Checkpoint was canceled because a barrier from newer checkpoint was received.'],
  ['CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER', false, 'Task received cancellation from one of its inputs'],
  ['CHECKPOINT_DECLINED_INPUT_END_OF_STREAM', false, 'Checkpoint was declined because one input stream is finished'],
  ['CHECKPOINT_COORDINATOR_SHUTDOWN', false, 'CheckpointCoordinator shutdown.'],
  ['CHECKPOINT_COORDINATOR_SUSPEND', false, 'Checkpoint Coordinator is suspending.'],
  ['JOB_FAILOVER_REGION', false, 'FailoverRegion is restarting.'],
  ['TASK_FAILURE', false, 'Task has failed.'],
  ['TASK_CHECKPOINT_FAILURE', false, 'Task local checkpoint failure.'],
  ['UNKNOWN_TASK_CHECKPOINT_NOTIFICATION_FAILURE', false, 'Unknown task for the checkpoint to notify.'],
  ['FINALIZE_CHECKPOINT_FAILURE', false, 'Failure to finalize checkpoint.'],
  ['TRIGGER_CHECKPOINT_FAILURE', false, 'Trigger checkpoint failure.'],
] as const
export type CheckpointFailureReason = (typeof CHECKPOINT_FAILURES)[number][0]

export const checkpointFailureCode = (reason: CheckpointFailureReason): number => CHECKPOINT_FAILURES.findIndex(([name]) => name === reason)
export const checkpointFailureText = (reason: CheckpointFailureReason): string => CHECKPOINT_FAILURES[checkpointFailureCode(reason)]![2]

/** What a task tells of its part in a checkpoint. Mirrors CheckpointMetrics; times in µs of virtual time, sizes in bytes. */
export interface CheckpointMetrics {
  readonly alignmentDuration: number
  readonly startDelay: number
  readonly syncDuration: number
  readonly asyncDuration: number
  readonly bytesProcessedDuringAlignment: number
  /** Of channel state. */
  readonly bytesPersistedDuringAlignment: number
  /** Uploaded by this checkpoint. */
  readonly checkpointedSize: number
  /** Everything it refers to. */
  readonly fullSize: number
  readonly unaligned: boolean
}
