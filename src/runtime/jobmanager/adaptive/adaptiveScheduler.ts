import { JobManagerOptions } from '../../../core/options'
import type { JobVertex } from '../../../graph/types'
import { SCHEDULER_STATES, TraceKind } from '../../../trace/kinds'
import type { JobStatus, SchedulerState } from '../../../trace/kinds'
import type { Failure } from '../../messages'
import { failureText } from '../../messages'
import type { Execution } from '../execution'
import type { JobMaster } from '../jobMaster'
import type { PhysicalSlot } from '../resourceManager'
import { delayAfter, NO_RESOURCE, reasonFor, tellRestart } from '../scheduler'
import type { Scheduler } from '../scheduler'
import { determineParallelism, requiredSlots } from './slotAllocator'

const MICROS_PER_MILLI = 1000
const encoder = new TextEncoder()

/** What the job's status is in each state; of Finished it is how the job ended. */
const STATUS: Readonly<Partial<Record<SchedulerState, JobStatus>>> = {
  WaitingForResources: 'CREATED',
  Executing: 'RUNNING',
  Restarting: 'RESTARTING',
  Failing: 'FAILING',
  Canceling: 'CANCELLING',
}

/**
 * Runs a job with the slots that there are, and again with others when there are more or fewer (S-7). Mirrors AdaptiveScheduler and
 * the states beside it, with SlotSharingSlotAllocator and DefaultSlotAssigner. Making an execution graph takes no time here. Left out: stop with savepoint, reactive mode,
 * requirements changed through REST, local recovery, `prefer-minimal-taskmanagers` (it counts in application mode alone).
 */
export class AdaptiveScheduler implements Scheduler {
  private state: SchedulerState = 'Created'
  /** Counts states, so that what was planned in one is not done in another. */
  private age = 0
  private readonly jobVertices: readonly JobVertex[]
  /** Parallelism of the graph that there is, by the job's vertices. */
  private current: readonly number[]
  /** By job vertex and subtask: attempts go on from graph to graph. Mirrors VertexAttemptNumberStore. */
  private readonly attempts = new Map<string, number>()
  /** By shared slot: its subtasks that are not over. */
  private readonly users = new Map<number, Set<number>>()
  private readonly slotOf = new Map<number, PhysicalSlot>()
  private stableAt: number | null = null
  private lastRescale = 0
  private rescalePlanned = false
  /** All are told at this moment to stop. */
  private cancelling = false
  /** ms to wait when all has stopped. */
  private backoff = 0
  private reason = ''

  constructor(private readonly job: JobMaster) {
    const { job: graph } = job.services.graph.graph
    const { firstVertex, vertices } = graph.jobs[job.number]!
    this.jobVertices = graph.vertices.slice(firstVertex, firstVertex + vertices)
    // A JobManager that died may have left another graph than the first.
    const alive = job.services.graph.aliveOf(job.number)
    this.current = this.jobVertices.map(({ index }) => alive.filter(({ vertex }) => vertex === index).length)
  }

  private now(): number {
    return Math.floor(this.job.services.context.now / MICROS_PER_MILLI)
  }

  private goTo(state: SchedulerState, reason = ''): void {
    this.state = state
    this.age++
    const { number, services } = this.job
    services.context.emit(TraceKind.SchedulerState, number, SCHEDULER_STATES.indexOf(state), 0, 0, NaN, encoder.encode(reason))
    const status = STATUS[state]
    if (status !== undefined && status !== this.job.status) this.job.transition(status, reason)
  }

  /** Mirrors runIfState with a delay in ms. */
  private later(delay: number, action: () => void): void {
    const { age } = this
    this.job.services.timers.after(delay, () => {
      if (this.age === age) action()
    })
  }

  start(): void {
    this.job.services.context.emit(TraceKind.SchedulerState, this.job.number, SCHEDULER_STATES.indexOf('Created'), 0, 0, NaN)
    this.waitForResources()
  }

  // ---- WaitingForResources --------------------------------------------------------------------------------------------

  private waitForResources(): void {
    this.job.pool.setRequirements(requiredSlots(this.jobVertices))
    this.stableAt = null
    this.goTo('WaitingForResources')
    const timeout = this.job.configuration.get(JobManagerOptions.RESOURCE_WAIT_TIMEOUT)
    if (timeout >= 0) this.later(timeout, () => this.createExecutionGraph())
    this.later(0, () => this.checkResources())
  }

  /** Goes on at once with all that was wanted, and with enough when nothing has come for the stabilization timeout. */
  private checkResources(): void {
    const { pool, configuration } = this.job
    if (pool.free.length >= pool.requirements) return this.createExecutionGraph()
    if (determineParallelism(this.jobVertices, pool.size) === null) {
      this.stableAt = null
      return
    }
    this.stableAt ??= this.now() + configuration.get(JobManagerOptions.RESOURCE_STABILIZATION_TIMEOUT)
    const left = this.stableAt - this.now()
    if (left <= 0) this.createExecutionGraph()
    else this.later(left, () => this.checkResources())
  }

  slotComing(): void {}

  /** What the ResourceManager cannot give is waited for, to the timeout. */
  notEnoughResources(): void {}

  slotIsFree(): void {
    if (this.state === 'WaitingForResources') this.checkResources()
    else if (this.state === 'Executing') this.rescaleAfterCooldown()
  }

  // ---- CreatingExecutionGraph -----------------------------------------------------------------------------------------

  private createExecutionGraph(): void {
    const { job } = this
    const { checkpoints } = job
    if (checkpoints?.coordinator.isSettled === false) {
      const { age } = this
      return checkpoints.coordinator.whenSettled(() => {
        if (this.age === age) this.createExecutionGraph()
      })
    }
    const parallelism = determineParallelism(this.jobVertices, job.pool.free.length)
    this.goTo('CreatingExecutionGraph')
    if (parallelism === null) {
      return this.finish('FAILED', failureText({ className: NO_RESOURCE, message: 'Not enough resources available for scheduling.' }))
    }
    if (parallelism.some((subtasks, i) => subtasks !== this.current[i])) {
      const all = job.services.graph.graph.job.vertices.map(() => 0)
      this.jobVertices.forEach(({ index }, i) => (all[index] = parallelism[i]!))
      job.services.rescale(job.number, all)
      this.current = parallelism
    }
    this.execute()
  }

  /** Each shared slot gets a slot; all are there. */
  private execute(): void {
    const { executions, pool, services } = this.job
    const vertices = services.graph.aliveOf(this.job.number)
    const indices = vertices.map(({ index }) => index)
    const failure = this.job.restore(indices)
    if (failure !== null) return this.finish('FAILED', failureText(failure))
    executions.forget()
    this.job.alignment.start()
    executions.create(indices, (index) => this.attempts.get(this.subtaskOf(index)) ?? 0)
    for (const index of indices) executions.of(index).transition('SCHEDULED', services.context)
    this.users.clear()
    this.slotOf.clear()
    for (const { index, sharedSlot } of vertices) {
      const users = this.users.get(sharedSlot)
      if (users === undefined) this.users.set(sharedSlot, new Set([index]))
      else users.add(index)
    }
    const { free } = pool
    ;[...this.users.keys()]
      .sort((a, b) => a - b)
      .forEach((sharedSlot, i) => {
        this.slotOf.set(sharedSlot, free[i]!)
        pool.reserve(free[i]!, sharedSlot)
      })
    for (const { index, sharedSlot } of vertices) executions.of(index).slot = this.slotOf.get(sharedSlot)!
    this.lastRescale = this.now()
    this.rescalePlanned = false
    this.goTo('Executing')
    executions.deploy(indices)
    this.later(0, () => this.rescaleAfterCooldown())
  }

  private subtaskOf(index: number): string {
    const { vertex, subtask } = this.job.services.graph.vertex(index)
    return `${vertex} ${subtask}`
  }

  // ---- Executing ------------------------------------------------------------------------------------------------------

  /** Not more often than `scaling-interval.min`. */
  private rescaleAfterCooldown(): void {
    const minimum = this.job.configuration.get(JobManagerOptions.SCHEDULER_SCALING_INTERVAL_MIN)
    if (this.now() - this.lastRescale > minimum) return this.rescaleIfWorthwhile()
    if (this.rescalePlanned) return
    this.rescalePlanned = true
    this.later(minimum, () => this.rescaleIfWorthwhile())
  }

  private rescaleIfWorthwhile(): void {
    this.rescalePlanned = false
    const { configuration } = this.job
    const least = configuration.get(JobManagerOptions.MIN_PARALLELISM_INCREASE)
    if (this.shouldRescale((change) => change < 0 || change >= least)) return this.restart(0)
    const maximum = configuration.get(JobManagerOptions.SCHEDULER_SCALING_INTERVAL_MAX)
    if (maximum === undefined) return
    if (this.now() - this.lastRescale > maximum) this.forceRescale()
    else this.later(maximum, () => this.forceRescale())
  }

  private forceRescale(): void {
    if (this.shouldRescale((change) => change !== 0)) this.restart(0)
  }

  private shouldRescale(isWorthwhile: (change: number) => boolean): boolean {
    const possible = determineParallelism(this.jobVertices, this.job.pool.size)
    return possible !== null && possible.some((subtasks, i) => isWorthwhile(subtasks - this.current[i]!))
  }

  // ---- failures, restarts, the end ------------------------------------------------------------------------------------

  taskManagerLost(host: number, slots: readonly PhysicalSlot[], cause: Failure): void {
    this.job.executions.taskManagerLost(host, slots, cause)
  }

  terminated(execution: Execution): void {
    const { sharedSlot } = this.job.services.graph.vertex(execution.vertex)
    const users = this.users.get(sharedSlot)
    if (users?.delete(execution.vertex) === true && users.size === 0) this.job.pool.release(this.slotOf.get(sharedSlot)!)
    if (!this.cancelling && this.job.executions.allTerminal) this.allTerminal()
  }

  private allTerminal(): void {
    switch (this.state) {
      case 'Executing':
        if (this.job.executions.all.every(({ state }) => state === 'FINISHED')) this.finish('FINISHED')
        return
      case 'Restarting':
        return this.later(this.backoff, () => this.waitForResources())
      case 'Failing':
        return this.finish('FAILED', this.reason)
      case 'Canceling':
        return this.finish('CANCELED')
    }
  }

  failed(execution: Execution, failure: Failure): void {
    this.handleFailure(execution, failure)
  }

  failGlobally(failure: Failure): void {
    this.handleFailure(null, failure)
  }

  private handleFailure(execution: Execution | null, failure: Failure): void {
    if (this.state !== 'Executing') return
    const { restartStrategy } = this.job
    const delay = delayAfter(failure, restartStrategy)
    const all = this.job.executions.all.map(({ vertex }) => vertex)
    tellRestart(this.job, execution, failure, delay, delay === null ? [] : all)
    if (delay !== null) return this.restart(delay, failureText(failure))
    this.reason = reasonFor(failure, restartStrategy)
    this.goTo('Failing', this.reason)
    this.cancelAll()
  }

  /** Everything stops, and starts anew with what is there then. */
  private restart(backoff: number, reason = ''): void {
    for (const { vertex, attempt } of this.job.executions.all) this.attempts.set(this.subtaskOf(vertex), attempt + 1)
    this.backoff = backoff
    this.goTo('Restarting', reason)
    this.cancelAll()
  }

  cancel(): void {
    switch (this.state) {
      case 'WaitingForResources':
        return this.finish('CANCELED')
      case 'Executing':
      case 'Restarting':
      case 'Failing':
        this.goTo('Canceling')
        return this.cancelAll()
    }
  }

  private cancelAll(): void {
    const { executions } = this.job
    this.cancelling = true
    for (const execution of executions.all) executions.cancel(execution)
    this.cancelling = false
    if (executions.allTerminal) this.allTerminal()
  }

  private finish(status: 'FINISHED' | 'FAILED' | 'CANCELED', reason?: string): void {
    this.goTo('Finished')
    this.job.end(status, reason)
  }
}
