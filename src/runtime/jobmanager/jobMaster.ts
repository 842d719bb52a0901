import { Configuration } from '../../core/configuration'
import { JobManagerOptions } from '../../core/options'
import type { JobStatus } from '../../trace/kinds'
import type { Address } from '../../kernel/types'
import type { ControlMessage, Failure } from '../messages'
import { AdaptiveScheduler } from './adaptive/adaptiveScheduler'
import { JobCheckpoints } from './checkpoint/jobCheckpoints'
import { Savepoints } from './checkpoint/savepoints'
import { DefaultScheduler } from './defaultScheduler'
import { Executions } from './executions'
import { JobState } from './jobState'
import type { PhysicalSlot } from './resourceManager'
import { jitterFrom, restartStrategyOf } from './restart/choice'
import type { RestartBackoffTimeStrategy } from './restart/strategies'
import { initializationFailed } from './scheduler'
import type { Scheduler } from './scheduler'
import type { JobServices } from './services'
import { SlotPool } from './slotPool'
import { WatermarkAlignment } from './watermarkAlignment'

const MICROS_PER_MILLI = 1000

/** One job on the JobManager; mirrors JobMaster. Everything that is decided about its subtasks is the scheduler's. */
export class JobMaster {
  /** The cluster's under the job's own. */
  readonly configuration: Configuration
  readonly executions: Executions
  readonly pool: SlotPool
  readonly alignment: WatermarkAlignment
  readonly restartStrategy: RestartBackoffTimeStrategy
  /** So far, for failures. */
  restarts = 0
  /** null: a batch job has none. */
  readonly checkpoints: JobCheckpoints | null
  private readonly savepoints: Savepoints | null
  private cancelled = false
  private readonly state: JobState
  private readonly scheduler: Scheduler

  constructor(
    /** Its place in `JobGraph.jobs`. */
    readonly number: number,
    readonly services: JobServices,
    private readonly onEnd: (status: JobStatus) => void,
  ) {
    const { environment } = services
    const own = Configuration.fromMap(services.graph.graph.job.jobs[number]!.configuration)
    this.configuration = environment.submitted.merge(own)
    this.state = new JobState(number)
    this.executions = new Executions(services)
    this.alignment = new WatermarkAlignment(number, services, this.executions)
    const idleTimeout = this.configuration.get(JobManagerOptions.SLOT_IDLE_TIMEOUT)
    this.pool = new SlotPool(number, services.resourceManager, () => services.context, services.timers, idleTimeout)
    this.restartStrategy = restartStrategyOf(own, environment.submitted, {
      now: () => Math.floor(services.context.now / MICROS_PER_MILLI),
      jitter: jitterFrom(() => services.context.prng.nextUint32()),
    })
    const adaptive = this.configuration.get(JobManagerOptions.SCHEDULER) === 'Adaptive'
    this.scheduler = adaptive ? new AdaptiveScheduler(this) : new DefaultScheduler(this)
    const streaming = services.graph.graph.job.jobs[number]!.type === 'STREAMING'
    this.checkpoints = streaming ? new JobCheckpoints(this) : null
    this.savepoints = this.checkpoints === null ? null : new Savepoints(this.checkpoints, (failure) => this.failGlobally(failure))
    this.executions.restoreOf = (vertex) => this.checkpoints?.restoreOf(vertex)
    this.executions.listener = {
      terminated: (execution) => {
        this.savepoints?.lookAtTasks()
        this.scheduler.terminated(execution)
      },
      failed: (execution, failure) => {
        this.checkpoints?.taskFailed(execution.vertex)
        this.scheduler.failed(execution, failure)
      },
    }
    this.pool.listener = this.scheduler
  }

  start(): void {
    this.transition('INITIALIZING')
    if (this.checkpoints === null) return this.scheduler.start()
    this.checkpoints.initialize((failure) => {
      if (failure !== null) return this.end('FAILED', initializationFailed(failure))
      this.scheduler.start()
      if (this.cancelled) this.scheduler.cancel()
    })
  }

  get status(): JobStatus | null {
    return this.state.status
  }

  transition(to: JobStatus, reason?: string): boolean {
    if (!this.state.transition(to, this.services.context, reason)) return false
    this.pool.restarting = to === 'RESTARTING'
    this.checkpoints?.statusChanged(to)
    return true
  }

  /** The last that happens to the job: its slots go back. */
  end(status: 'FINISHED' | 'FAILED' | 'CANCELED', reason?: string): void {
    if (!this.transition(status, reason)) return
    this.checkpoints?.ended(status)
    this.alignment.stop()
    this.pool.close()
    this.onEnd(status)
  }

  /** Also while it is being initialized: then right after that. */
  cancel(): void {
    this.cancelled = this.status === 'INITIALIZING'
    this.scheduler.cancel()
  }

  failGlobally(failure: Failure): void {
    this.scheduler.failGlobally(failure)
  }

  /** State for new attempts of these subtasks. Not null: why there is none. */
  restore(vertices: readonly number[]): Failure | null {
    return this.checkpoints?.restore(vertices) ?? null
  }

  triggerCheckpoint(intervention: number): void {
    this.savepoints?.checkpoint(intervention)
  }

  triggerSavepoint(intervention: number, directory: string | null, native: boolean): void {
    this.savepoints?.savepoint(intervention, directory, native)
  }

  stopWithSavepoint(intervention: number, drain: boolean, directory: string | null): void {
    this.savepoints?.stop(intervention, drain, directory)
  }

  offer(slot: PhysicalSlot): void {
    this.pool.offer(slot)
  }

  report(message: Extract<ControlMessage, { type: 'task-state' }>, from: Address): void {
    this.executions.report(message, from)
  }

  taskManagerLost(host: number, cause: Failure): void {
    const slots = this.pool.taskManagerLost(host)
    this.scheduler.taskManagerLost(host, slots, cause)
  }
}
