import type { Failure } from '../messages'
import { failureText } from '../messages'
import type { ExecutionListener } from './executions'
import type { PhysicalSlot } from './resourceManager'
import type { RestartBackoffTimeStrategy } from './restart/strategies'
import type { SlotPoolListener } from './slotPool'

/** Decides when and where a job's subtasks run, and what follows a failure. Mirrors SchedulerNG. */
export interface Scheduler extends ExecutionListener, SlotPoolListener {
  /** The job is in INITIALIZING. */
  start(): void
  cancel(): void
  /** Its slots are no longer in the job's pool. */
  taskManagerLost(host: number, slots: readonly PhysicalSlot[], cause: Failure): void
}

export const NO_RESOURCE = 'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException'
const JOB_EXCEPTION = 'org.apache.flink.runtime.JobException'

/** S-13: why a job fails that cannot be restarted, or must not. */
export function reasonFor(failure: Failure, strategy: RestartBackoffTimeStrategy): string {
  const message = failure.unrecoverable ? 'The failure is not recoverable' : `Recovery is suppressed by ${strategy.toString()}`
  return `${failureText({ className: JOB_EXCEPTION, message })}\nCaused by: ${failureText(failure)}`
}

/** tells the strategy of a failure. ms to wait before the restart; null: there is none. */
export function delayAfter(failure: Failure, strategy: RestartBackoffTimeStrategy): number | null {
  if (failure.unrecoverable) return null
  strategy.notifyFailure()
  return strategy.canRestart() ? strategy.getBackoffTime() : null
}
