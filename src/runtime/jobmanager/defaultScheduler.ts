import { ClusterOptions, JobManagerOptions, TaskManagerOptions } from '../../core/options'
import type { Failure } from '../messages'
import { failureText } from '../messages'
import type { Execution } from './execution'
import type { JobMaster } from './jobMaster'
import type { PhysicalSlot } from './resourceManager'
import { delayAfter, NO_RESOURCE, initializationFailed, reasonFor, tellRestart } from './scheduler'
import type { Scheduler } from './scheduler'
import { SharedSlots } from './sharedSlots'
import type { SharedSlotsListener } from './sharedSlots'

/** Subtasks that wait for their slots together: a pipelined region (S-3). */
interface Bulk {
  readonly vertices: readonly number[]
  readonly sharedSlots: readonly number[]
  /** Those of them that are not there yet. */
  readonly missing: Set<number>
}

/** Subtasks that are to be restarted together. */
interface Restart {
  readonly vertices: readonly number[]
  /** What `version` was for each of them. */
  readonly versions: readonly number[]
  delayOver: boolean
}

/**
 * Runs each pipelined region when all its slots are there, and restarts regions that failed. Mirrors DefaultScheduler with
 * PipelinedRegionSchedulingStrategy, DefaultExecutionDeployer and ExecutionFailureHandler (S-3 … S-16).
 * Left out: state to restore, coordinators, results that outlive their task, global failures.
 */
export class DefaultScheduler implements Scheduler, SharedSlotsListener {
  private readonly sharedSlots: SharedSlots
  /** In topological order, each with its subtasks in theirs (S-8). */
  private readonly regions: readonly (readonly number[])[]
  private readonly vertices: readonly number[]
  /** Bulks that wait, by each of their subtasks and of their shared slots. */
  private readonly bulkOf = new Map<number, Bulk>()
  private readonly bulksIn = new Map<number, Set<Bulk>>()
  /** Regions that read results which are not there in full yet (S-9). */
  private waitingForInput: (readonly number[])[] = []
  private restarts: Restart[] = []
  /** Subtasks that are to be restarted and have not been. */
  private readonly waitingForRestart = new Set<number>()
  /** Grows with everything that is decided about a subtask, so that what was decided before is not done any more. */
  private readonly version = new Map<number, number>()
  private reason = ''

  constructor(private readonly job: JobMaster) {
    const { configuration, services } = job
    const spreadOut =
      configuration.get(ClusterOptions.EVENLY_SPREAD_OUT_SLOTS_STRATEGY) ||
      configuration.get(TaskManagerOptions.TASK_MANAGER_LOAD_BALANCE_MODE) === 'SLOTS'
    this.sharedSlots = new SharedSlots(job.pool, () => services.context, spreadOut)
    this.sharedSlots.listener = this
    this.vertices = services.graph.aliveOf(job.number).map(({ index }) => index)
    const own = new Set(this.vertices)
    this.regions = services.graph.failover.regions.filter(([first]) => own.has(first!))
  }

  start(): void {
    const { job } = this
    job.transition('CREATED')
    job.alignment.start()
    const failure = job.restore(this.vertices)
    if (failure !== null) return job.end('FAILED', initializationFailed(failure))
    job.executions.create(this.vertices, () => 0)
    // S-15: RUNNING before there is any slot.
    job.transition('RUNNING')
    this.schedule(this.vertices)
  }

  // ---- slots and deployment -------------------------------------------------------------------------------------------

  /** S-9: region by region, in topological order; what reads blocking results when they are there in full. */
  private schedule(vertices: readonly number[]): void {
    const wanted = new Set(vertices)
    for (const region of this.regions) {
      const subtasks = region.filter((vertex) => wanted.has(vertex))
      if (subtasks.length === 0) continue
      if (this.inputIsThere(subtasks)) this.allocateSlotsAndDeploy(subtasks)
      else this.waitingForInput.push(subtasks)
    }
  }

  private inputIsThere(vertices: readonly number[]): boolean {
    const { executions, services } = this.job
    const { edges } = services.graph.graph.job
    return vertices.every((vertex) =>
      services.graph
        .inputsOf(vertex)
        .every(({ edge, from }) => edges[edge]!.resultType !== 'BLOCKING' || executions.of(from).state === 'FINISHED'),
    )
  }

  private scheduleWhatHasInput(): void {
    const ready = this.waitingForInput.filter((vertices) => this.inputIsThere(vertices))
    this.waitingForInput = this.waitingForInput.filter((vertices) => !ready.includes(vertices))
    for (const vertices of ready) this.allocateSlotsAndDeploy(vertices)
  }

  private allocateSlotsAndDeploy(vertices: readonly number[]): void {
    const { executions, services } = this.job
    const groups = new Map<number, number[]>()
    for (const vertex of vertices) {
      executions.of(vertex).transition('SCHEDULED', services.context)
      const { sharedSlot } = services.graph.vertex(vertex)
      const group = groups.get(sharedSlot)
      if (group === undefined) groups.set(sharedSlot, [vertex])
      else group.push(vertex)
    }
    const bulk: Bulk = { vertices, sharedSlots: [...groups.keys()], missing: new Set(groups.keys()) }
    for (const vertex of vertices) this.bulkOf.set(vertex, bulk)
    for (const sharedSlot of bulk.sharedSlots) {
      const bulks = this.bulksIn.get(sharedSlot)
      if (bulks === undefined) this.bulksIn.set(sharedSlot, new Set([bulk]))
      else bulks.add(bulk)
    }
    this.checkBulkLater(bulk)
    this.sharedSlots.allocate(groups)
    // Those that other regions are in already.
    for (const sharedSlot of bulk.sharedSlots) if (this.sharedSlots.slotOf(sharedSlot) !== null) this.assign(bulk, sharedSlot)
  }

  slotReady(sharedSlot: number): void {
    for (const bulk of [...(this.bulksIn.get(sharedSlot) ?? [])]) this.assign(bulk, sharedSlot)
  }

  /** A shared slot is there; with the last one the bulk is deployed. */
  private assign(bulk: Bulk, sharedSlot: number): void {
    const { executions, services } = this.job
    if (!bulk.missing.delete(sharedSlot)) return
    const slot = this.sharedSlots.slotOf(sharedSlot)
    for (const vertex of bulk.vertices) {
      if (services.graph.vertex(vertex).sharedSlot === sharedSlot) executions.of(vertex).slot = slot
    }
    if (bulk.missing.size > 0) return
    this.forget(bulk)
    executions.deploy(bulk.vertices)
  }

  private forget(bulk: Bulk): void {
    for (const vertex of bulk.vertices) this.bulkOf.delete(vertex)
    for (const sharedSlot of bulk.sharedSlots) this.bulksIn.get(sharedSlot)?.delete(bulk)
  }

  /** S-6: what PhysicalSlotRequestBulkChecker says when a bulk has waited for too long. */
  private checkBulkLater(bulk: Bulk): void {
    const timeout = this.job.configuration.get(JobManagerOptions.SLOT_REQUEST_TIMEOUT)
    this.job.services.timers.after(timeout, () => {
      if (this.bulkOf.get(bulk.vertices[0]!) !== bulk) return
      const message =
        'Slot request bulk is not fulfillable! Could not allocate the required slot within slot request timeout\n' +
        `Caused by: java.util.concurrent.TimeoutException: Timeout has occurred: ${timeout} ms`
      this.sharedSlots.failRequests([...bulk.missing], { className: NO_RESOURCE, message })
    })
  }

  slotComing(slot: PhysicalSlot): void {
    this.sharedSlots.slotComing(slot)
  }

  slotIsFree(slot: PhysicalSlot): void {
    this.sharedSlots.slotIsFree(slot)
  }

  /** S-6 */
  notEnoughResources(): void {
    this.sharedSlots.failAll({ className: NO_RESOURCE, message: 'Could not acquire the minimum required resources.' })
  }

  requestFailed(users: readonly number[], failure: Failure): void {
    for (const vertex of users) {
      const execution = this.job.executions.of(vertex)
      if (execution.state === 'SCHEDULED') this.job.executions.fail(execution, failure)
    }
  }

  taskManagerLost(host: number, slots: readonly PhysicalSlot[], cause: Failure): void {
    this.sharedSlots.taskManagerLost(host)
    this.job.executions.taskManagerLost(host, slots, cause)
  }

  // ---- what becomes of subtasks ---------------------------------------------------------------------------------------

  terminated(execution: Execution): void {
    this.sharedSlots.leave(this.job.services.graph.vertex(execution.vertex).sharedSlot, execution.vertex)
    this.restartWhatIsReady()
    this.scheduleWhatHasInput()
    if (this.job.executions.allTerminal) this.allTerminal()
  }

  /** */
  failed(execution: Execution, failure: Failure): void {
    this.handleFailure(execution, failure)
  }

  failGlobally(failure: Failure): void {
    this.handleFailure(null, failure)
  }

  /** `execution` null: all of them. */
  private handleFailure(execution: Execution | null, failure: Failure): void {
    const { restartStrategy, status } = this.job
    if (status !== 'RUNNING' && status !== 'RESTARTING') return
    const delay = delayAfter(failure, restartStrategy)
    const region = delay === null ? [] : execution === null ? this.vertices : this.tasksNeedingRestart(execution.vertex)
    tellRestart(this.job, execution, failure, delay, region)
    if (delay === null) this.failJob(failure)
    else this.restart(region, delay, failure)
  }

  /** S-10. What was read of a blocking result is gone here, so who made it starts anew as well. */
  private tasksNeedingRestart(failed: number): readonly number[] {
    const { configuration, executions, services } = this.job
    if (configuration.get(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY) === 'full') return this.vertices
    return services.graph.failover.tasksNeedingRestart(failed, {
      isCreated: (vertex) => executions.of(vertex).state === 'CREATED',
      isLost: () => true,
    })
  }

  /** S-12: cancels them at once, and starts them again when all are over and the strategy's delay is. */
  private restart(vertices: readonly number[], delay: number, failure: Failure): void {
    const { job } = this
    const restart: Restart = { vertices, versions: vertices.map((vertex) => this.supersede(vertex)), delayOver: false }
    for (const vertex of vertices) this.waitingForRestart.add(vertex)
    job.transition('RESTARTING', failureText(failure))
    this.restarts.push(restart)
    for (const vertex of vertices) job.executions.cancel(job.executions.of(vertex))
    job.services.timers.after(delay, () => {
      restart.delayOver = true
      this.restartWhatIsReady()
    })
  }

  private restartWhatIsReady(): void {
    const { executions, checkpoints } = this.job
    if (this.restarts.length > 0 && checkpoints?.coordinator.isSettled === false)
      return checkpoints.coordinator.whenSettled(() => this.restartWhatIsReady())
    for (const restart of [...this.restarts]) {
      if (!restart.delayOver || !restart.vertices.every((vertex) => executions.of(vertex).terminal)) continue
      this.restarts = this.restarts.filter((other) => other !== restart)
      this.restartTasks(restart.vertices.filter((vertex, i) => this.version.get(vertex) === restart.versions[i]))
    }
  }

  private restartTasks(vertices: readonly number[]): void {
    if (vertices.length === 0) return
    const { job } = this
    for (const vertex of vertices) this.waitingForRestart.delete(vertex)
    if (this.waitingForRestart.size === 0) job.transition('RUNNING')
    const failure = job.restore(vertices)
    if (failure !== null) return this.failGlobally(failure)
    const attempts = new Map(vertices.map((vertex) => [vertex, job.executions.of(vertex).attempt + 1]))
    job.executions.create(vertices, (vertex) => attempts.get(vertex)!)
    this.schedule(vertices)
  }

  /** What was decided about the subtask before no longer counts. */
  private supersede(vertex: number): number {
    const version = (this.version.get(vertex) ?? 0) + 1
    this.version.set(vertex, version)
    const bulk = this.bulkOf.get(vertex)
    if (bulk !== undefined) this.forget(bulk)
    if (this.waitingForInput.length > 0) this.waitingForInput = this.waitingForInput.filter((vertices) => !vertices.includes(vertex))
    return version
  }

  // ---- the end of the job ---------------------------------------------------------------------------------------------

  private failJob(failure: Failure): void {
    this.reason = reasonFor(failure, this.job.restartStrategy)
    if (this.job.transition('FAILING', this.reason)) this.cancelAll()
  }

  cancel(): void {
    if (this.job.transition('CANCELLING')) this.cancelAll()
  }

  private cancelAll(): void {
    const { executions } = this.job
    for (const vertex of this.vertices) this.supersede(vertex)
    for (const vertex of this.vertices) executions.cancel(executions.of(vertex))
    if (executions.allTerminal) this.allTerminal()
  }

  private allTerminal(): void {
    const { job } = this
    if (job.status === 'FAILING') job.end('FAILED', this.reason)
    else if (job.status === 'CANCELLING') job.end('CANCELED')
    else if (job.status === 'RUNNING' && this.waitingForRestart.size === 0 && this.finished()) job.end('FINISHED')
  }

  private finished(): boolean {
    return this.job.executions.all.every(({ state }) => state === 'FINISHED')
  }
}
