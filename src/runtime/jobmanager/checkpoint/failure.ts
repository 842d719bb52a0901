import { checkpointFailureText } from '../../../core/checkpoints'
import type { CheckpointFailureReason } from '../../../core/checkpoints'

/** Why a checkpoint or a request for one came to nothing. Mirrors CheckpointException. */
export interface CheckpointFailure {
  readonly reason: CheckpointFailureReason
  /** As Flink prints it; what it comes from may follow. */
  readonly message: string
}

export const failureOf = (reason: CheckpointFailureReason, cause = ''): CheckpointFailure => ({
  reason,
  message: cause === '' ? checkpointFailureText(reason) : `${checkpointFailureText(reason)} ${cause}`,
})
