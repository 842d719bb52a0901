import { DataOutput, encodeValue } from '../../core/values'
import { TraceKind } from '../../trace/kinds'
import type { Failure } from '../messages'
import { failureText } from '../messages'
import type { Execution } from './execution'
import type { ExecutionListener } from './executions'
import type { JobMaster } from './jobMaster'
import type { PhysicalSlot } from './resourceManager'
import type { RestartBackoffTimeStrategy } from './restart/strategies'
import type { SlotPoolListener } from './slotPool'

/** Decides when and where a job's subtasks run, and what follows a failure. Mirrors SchedulerNG. */
export interface Scheduler extends ExecutionListener, SlotPoolListener {
  /** The job is in INITIALIZING. */
  start(): void
  cancel(): void
  /** All of the job fails, whatever its tasks do. */
  failGlobally(failure: Failure): void
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

/** Why a job fails before anything of it runs. */
export const initializationFailed = (failure: Failure): string =>
  `org.apache.flink.runtime.client.JobInitializationException: Could not start the JobMaster.\nCaused by: ${failureText(failure)}`

/** Tells what becomes of a failure: R-8, S-12, S-13. `delay` in ms; null: nothing is restarted. */
export function tellRestart(
  job: JobMaster,
  /** null: all of them. */
  execution: Execution | null,
  failure: Failure,
  delay: number | null,
  /** Subtasks that are restarted together; none if nothing is. */
  region: readonly number[],
): void {
  const out = new DataOutput(256)
  const { restartStrategy, services, number } = job
  if (delay !== null) job.restarts++
  const text = failureText(failure)
  encodeValue(out, { strategy: restartStrategy.toString(), failure: text, vertex: execution?.vertex ?? -1, region: [...region] })
  services.context.emit(TraceKind.RestartScheduled, number, delay === null ? -1 : job.restarts, 0, 0, delay ?? NaN, out.toBytes())
}

/** tells the strategy of a failure. ms to wait before the restart; null: there is none. */
export function delayAfter(failure: Failure, strategy: RestartBackoffTimeStrategy): number | null {
  if (failure.unrecoverable) return null
  strategy.notifyFailure()
  return strategy.canRestart() ? strategy.getBackoffTime() : null
}
