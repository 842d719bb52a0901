import { Configuration } from '../../core/configuration'
import { JobManagerOptions } from '../../core/options'
import type { JobStatus } from '../../trace/kinds'
import type { Address } from '../../kernel/types'
import type { ControlMessage, Failure } from '../messages'
import { AdaptiveScheduler } from './adaptive/adaptiveScheduler'
import { DefaultScheduler } from './defaultScheduler'
import { Executions } from './executions'
import { JobState } from './jobState'
import type { PhysicalSlot } from './resourceManager'
import { jitterFrom, restartStrategyOf } from './restart/choice'
import type { RestartBackoffTimeStrategy } from './restart/strategies'
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
    this.executions.listener = this.scheduler
    this.pool.listener = this.scheduler
  }

  start(): void {
    this.transition('INITIALIZING')
    this.scheduler.start()
  }

  get status(): JobStatus | null {
    return this.state.status
  }

  transition(to: JobStatus, reason?: string): boolean {
    if (!this.state.transition(to, this.services.context, reason)) return false
    this.pool.restarting = to === 'RESTARTING'
    return true
  }

  /** The last that happens to the job: its slots go back. */
  end(status: 'FINISHED' | 'FAILED' | 'CANCELED', reason?: string): void {
    if (!this.transition(status, reason)) return
    this.alignment.stop()
    this.pool.close()
    this.onEnd(status)
  }

  cancel(): void {
    this.scheduler.cancel()
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
