import type { Context } from '../../kernel/types'
import { JOB_STATUSES, TraceKind } from '../../trace/kinds'
import type { JobStatus } from '../../trace/kinds'

/** S-15: where each status may go. CREATED is where the adaptive scheduler waits for resources, again and again, and may end. */
const NEXT: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  INITIALIZING: ['CREATED', 'FAILED'],
  CREATED: ['RUNNING', 'FAILING', 'CANCELLING', 'FAILED', 'CANCELED'],
  RUNNING: ['FINISHED', 'RESTARTING', 'FAILING', 'CANCELLING'],
  RESTARTING: ['RUNNING', 'CREATED', 'FAILING', 'CANCELLING'],
  FAILING: ['FAILED', 'CANCELLING'],
  CANCELLING: ['CANCELED'],
  FAILED: [],
  CANCELED: [],
  FINISHED: [],
  SUSPENDED: [],
  RECONCILING: [],
}

const encoder = new TextEncoder()

/** Where the job is in its life; mirrors the state of DefaultExecutionGraph. Every change is told in the trace. */
export class JobState {
  private current: JobStatus | null = null

  constructor(
    /** Its place in `JobGraph.jobs`. */
    private readonly job: number,
  ) {}

  get status(): JobStatus | null {
    return this.current
  }

  /** False, and nothing happens, when the status cannot come after the present one. */
  transition(to: JobStatus, context: Context, reason = ''): boolean {
    if (this.current !== null && !NEXT[this.current].includes(to)) return false
    this.current = to
    context.emit(TraceKind.JobStatus, JOB_STATUSES.indexOf(to), this.job, 0, 0, NaN, encoder.encode(reason))
    return true
  }
}
