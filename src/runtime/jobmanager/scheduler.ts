import type { Failure } from '../messages'
import type { ExecutionListener } from './executions'
import type { PhysicalSlot } from './resourceManager'
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

/** S-13: what a job fails with when its restart strategy says no. */
export const suppressed = (strategy: string): Failure => ({
  className: JOB_EXCEPTION,
  message: `Recovery is suppressed by ${strategy}`,
})
