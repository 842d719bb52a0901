import { assert } from '../../base/assert'
import { ClusterOptions, JobManagerOptions, ResourceManagerOptions } from '../../core/options'
import type { Channel } from '../../graph/types'
import { addressOf, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { JobStatus } from '../../trace/kinds'
import type { JobEnvironment } from '../deployment'
import type { ControlMessage, Failure, Intervene } from '../messages'
import { control, failureText } from '../messages'
import { Execution, isTerminal } from './execution'
import { JobState } from './jobState'
import { pipelinedRegions } from './regions'
import { SlotPool } from './slotPool'

/** The JobManager's mails to itself. */
type Wake = Message & { readonly type: 'check-requirements' | 'slot-request-timeout' | 'start-up-period-over' }

const NO_RESOURCE = 'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException'
const RECOVERY_SUPPRESSED = 'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy'
const MILLI = 1000

const encoder = new TextEncoder()

/**
 * The JobManager's root process: Dispatcher, ResourceManager and JobMaster of one job. Mirrors DefaultScheduler,
 * PipelinedRegionSchedulingStrategy, DefaultExecutionGraph and SlotPool; the order of things is that of S-3 … S-6 and S-13 … S-16.
 * Left out: restart strategies (a failure is final, as with `restart-strategy.type: none`), checkpoints, high availability,
 * blocking results, several jobs. When the job is over so is its cluster.
 */
export class JobManager implements Process {
  private context!: Context
  private readonly job = new JobState()
  private readonly executions: Execution[]
  private readonly regionOf: Int32Array
  private readonly slots: SlotPool
  /** Input channels by execution vertex. */
  private readonly inputsOf: readonly Channel[][]
  /** By shared slot: whether it was asked of a TaskManager, and whether that agreed. */
  private readonly requested: boolean[]
  private readonly offered: boolean[]
  private readonly regions: number
  private readonly deployedRegions = new Set<number>()
  private readonly nextIndex = new Map<number, number>()
  private rootCause: Failure | null = null
  private startUpOver = false
  private readonly slowed: Extract<Intervene['action'], { do: 'slow' }>[] = []

  constructor(
    private readonly environment: JobEnvironment,
    /** Lines that the program's main part printed on the client. */
    private readonly mainOutput: readonly string[],
    /** Root processes that go when the job is over, beside the TaskManagers. */
    private readonly others: readonly Address[],
  ) {
    const { executionGraph, configuration } = environment
    this.executions = executionGraph.vertices.map((vertex) => new Execution(vertex.index, 0))
    this.regionOf = pipelinedRegions(executionGraph)
    this.regions = new Set(this.regionOf).size
    this.inputsOf = executionGraph.vertices.map(() => [])
    for (const channel of executionGraph.channels) this.inputsOf[channel.to]!.push(channel)
    this.slots = new SlotPool(configuration.get(ClusterOptions.EVENLY_SPREAD_OUT_SLOTS_STRATEGY))
    this.requested = new Array<boolean>(executionGraph.sharedSlots).fill(false)
    this.offered = new Array<boolean>(executionGraph.sharedSlots).fill(false)
  }

  handle(received: Message, from: Address, context: Context): void {
    this.context = context
    const message = received as ControlMessage | Wake
    switch (message.type) {
      case 'start':
        return this.start()
      case 'register-task-manager':
        this.slots.register(hostOf(from), message.slots)
        context.emit(TraceKind.TaskManagerRegistered, hostOf(from), message.slots, 0, 0, NaN)
        return this.checkRequirementsLater()
      case 'check-requirements':
        return this.checkRequirements()
      case 'start-up-period-over':
        this.startUpOver = true
        return this.notifyNotEnoughResources()
      case 'slot-request-timeout':
        return this.slotRequestTimeout()
      case 'offer-slot':
        return this.slotOffered(hostOf(from), message.slot, message.sharedSlot)
      case 'task-state':
        return this.updateTaskExecutionState(message)
      case 'intervene':
        return this.intervene(message)
      default:
        assert(false, `the JobManager got ${message.type}`)
    }
  }

  // ---- the job --------------------------------------------------------------------------------------------------------

  private start(): void {
    const { context, environment } = this
    for (const line of this.mainOutput) context.emit(TraceKind.UserOutput, 0, 0, 0, 0, NaN, encoder.encode(line))
    this.transition('INITIALIZING')
    this.transition('CREATED')
    for (const execution of this.executions) execution.announce(context)
    // S-15: RUNNING before there is any slot.
    this.transition('RUNNING')
    for (const execution of this.executions) execution.transition('SCHEDULED', context)
    const { configuration } = environment
    const slotRequestTimeout = configuration.get(JobManagerOptions.SLOT_REQUEST_TIMEOUT)
    // S-5: unset or −1, the resource manager waits as long as a slot request does. It was there first, so it speaks first.
    const startUp = configuration.get(ResourceManagerOptions.STANDALONE_CLUSTER_STARTUP_PERIOD_TIME) ?? slotRequestTimeout
    context.after(startUp * MILLI, { type: 'start-up-period-over' } satisfies Wake)
    context.after(slotRequestTimeout * MILLI, { type: 'slot-request-timeout' } satisfies Wake)
    this.checkRequirementsLater()
  }

  private transition(to: JobStatus, reason?: string): boolean {
    return this.job.transition(to, this.context, reason)
  }

  private get status(): JobStatus | null {
    return this.job.status
  }

  private intervene({ index, action }: Intervene): void {
    this.context.emit(TraceKind.Intervention, index, 0, 0, 0, NaN)
    switch (action.do) {
      case 'cancel':
        if (this.transition('CANCELLING')) this.cancelAll()
        return
      case 'slow':
        this.slowed.push(action)
        for (const execution of this.executions) if (execution.state === 'RUNNING') this.slowDown(execution)
    }
  }

  /** Tells a task, once it runs, what its operators cost since interventions changed it. */
  private slowDown(execution: Execution): void {
    const { job, vertices } = this.environment.executionGraph
    const { vertex, subtask } = vertices[execution.vertex]!
    for (const { node, subtask: at, cost } of this.slowed) {
      if (at === subtask && job.vertices[vertex]!.chain.some((operator) => operator.node === node)) {
        this.context.send(execution.address, control({ type: 'set-cost', node, cost }))
      }
    }
  }

  // ---- slots ----------------------------------------------------------------------------------------------------------

  /** S-5: the resource manager looks at what is required after a moment, so that requests come together. */
  private checkRequirementsLater(): void {
    const delay = this.environment.configuration.get(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY)
    this.context.after(delay * MILLI, { type: 'check-requirements' } satisfies Wake)
  }

  private checkRequirements(): void {
    if (this.status !== 'RUNNING') return
    for (let sharedSlot = 0; sharedSlot < this.requested.length; sharedSlot++) {
      if (this.requested[sharedSlot]!) continue
      const slot = this.slots.take()
      if (slot === undefined) break
      this.requested[sharedSlot] = true
      this.context.send(addressOf(slot.host, 0), control({ type: 'request-slot', slot: slot.slot, sharedSlot }))
    }
    if (this.startUpOver) this.notifyNotEnoughResources()
  }

  private slotOffered(host: number, slot: number, sharedSlot: number): void {
    const { context } = this
    if (this.status !== 'RUNNING') {
      this.slots.free({ host, slot })
      return context.send(addressOf(host, 0), control({ type: 'free-slot', slot }))
    }
    this.offered[sharedSlot] = true
    context.emit(TraceKind.SlotAllocated, host, slot, sharedSlot, 0, NaN)
    for (const vertex of this.environment.executionGraph.vertices) {
      if (vertex.sharedSlot === sharedSlot) this.executions[vertex.index]!.slot = { host, slot }
    }
    this.deployReadyRegions()
  }

  /** S-6: what the declarative slot pool says when the resource manager has no more to give. */
  private notifyNotEnoughResources(): void {
    if (this.requested.includes(false))
      this.failWaiting({ className: NO_RESOURCE, message: 'Could not acquire the minimum required resources.' })
  }

  /** S-6: what the bulk checker says. */
  private slotRequestTimeout(): void {
    if (!this.offered.includes(false)) return
    const timeout = this.environment.configuration.get(JobManagerOptions.SLOT_REQUEST_TIMEOUT)
    this.failWaiting({
      className: NO_RESOURCE,
      message:
        'Slot request bulk is not fulfillable! Could not allocate the required slot within slot request timeout\n' +
        `Caused by: java.util.concurrent.TimeoutException: Timeout has occurred: ${timeout} ms`,
    })
  }

  /** Fails the first task that waits for a slot; the others go as with any failure. */
  private failWaiting(failure: Failure): void {
    const waiting = this.executions.find((execution) => execution.state === 'SCHEDULED')
    if (this.status === 'RUNNING' && waiting !== undefined && waiting.transition('FAILED', this.context, failure)) this.taskFailed(failure)
  }

  // ---- deployment -----------------------------------------------------------------------------------------------------

  /** S-3, S-9: a region is deployed once all its slots are there. */
  private deployReadyRegions(): void {
    if (this.deployedRegions.size === this.regions) return
    const { vertices } = this.environment.executionGraph
    const waiting = new Set<number>()
    for (const vertex of vertices) if (!this.offered[vertex.sharedSlot]!) waiting.add(this.regionOf[vertex.index]!)
    for (const region of new Set(this.regionOf)) {
      if (waiting.has(region) || this.deployedRegions.has(region)) continue
      this.deployedRegions.add(region)
      this.deploy(vertices.filter((vertex) => this.regionOf[vertex.index] === region).map((vertex) => vertex.index))
    }
  }

  /** In topological order, subtask by subtask: that of the execution vertices. */
  private deploy(indices: readonly number[]): void {
    const { context, executions } = this
    for (const index of indices) {
      const execution = executions[index]!
      execution.address = this.newAddress(execution.slot!.host)
    }
    for (const index of indices) {
      const execution = executions[index]!
      const { host, slot } = execution.slot!
      execution.transition('DEPLOYING', context)
      const producers: Record<number, Address> = {}
      for (const channel of this.inputsOf[index]!) producers[channel.id] = executions[channel.from]!.address
      const task = { execution: index, attempt: execution.attempt, address: execution.address, slot, producers }
      context.send(addressOf(host, 0), control({ type: 'submit-task', task }))
    }
  }

  private newAddress(host: number): Address {
    const index = this.nextIndex.get(host) ?? 1
    this.nextIndex.set(host, index + 1)
    return addressOf(host, index)
  }

  // ---- what tasks report ----------------------------------------------------------------------------------------------

  private updateTaskExecutionState(message: Extract<ControlMessage, { type: 'task-state' }>): void {
    const execution = this.executions[message.execution]!
    const { context } = this
    if (execution.attempt !== message.attempt) return
    if (execution.state === 'CANCELING') {
      // Finished or failed before the cancel reached it: there will be no other answer. Still on its way up: it may not have been born when the cancel came.
      if (isTerminal(message.state)) execution.transition('CANCELED', context)
      else return context.send(execution.address, control({ type: 'cancel-task' }))
    } else if (!execution.transition(message.state, context, message.failure ?? null)) return
    if (message.state === 'RUNNING') this.slowDown(execution)
    if (!execution.terminal) return
    this.releaseSlot(execution)
    if (execution.state === 'FAILED') this.taskFailed(message.failure!)
    else this.checkAllTerminal()
  }

  /** A shared slot is given back when its last task is over. */
  private releaseSlot(execution: Execution): void {
    const { slot } = execution
    if (slot === null || !this.offered[this.sharedSlotOf(execution)]!) return
    const sharedSlot = this.sharedSlotOf(execution)
    if (this.executions.some((other) => this.sharedSlotOf(other) === sharedSlot && !other.terminal)) return
    this.offered[sharedSlot] = false
    this.context.emit(TraceKind.SlotFreed, slot.host, slot.slot, 0, 0, NaN)
    this.slots.free(slot)
    this.context.send(addressOf(slot.host, 0), control({ type: 'free-slot', slot: slot.slot }))
  }

  private sharedSlotOf(execution: Execution): number {
    return this.environment.executionGraph.vertices[execution.vertex]!.sharedSlot
  }

  /** S-13 with no restart strategy: the failure is final. */
  private taskFailed(failure: Failure): void {
    if (this.status === 'RUNNING') {
      this.rootCause = failure
      this.transition('FAILING', this.reason())
      this.cancelAll()
    } else this.checkAllTerminal()
  }

  private reason(): string {
    return this.rootCause === null ? '' : `${RECOVERY_SUPPRESSED}\nCaused by: ${failureText(this.rootCause)}`
  }

  private cancelAll(): void {
    for (const execution of this.executions) {
      if (execution.terminal || execution.state === 'CANCELING') continue
      execution.transition('CANCELING', this.context)
      if (execution.address === 0) {
        // S-16: never deployed, so there is nobody to wait for.
        execution.transition('CANCELED', this.context)
        this.releaseSlot(execution)
      } else this.context.send(execution.address, control({ type: 'cancel-task' }))
    }
    this.checkAllTerminal()
  }

  private checkAllTerminal(): void {
    if (!this.executions.every((execution) => execution.terminal)) return
    const ended =
      this.status === 'FAILING'
        ? this.transition('FAILED', this.reason())
        : this.status === 'CANCELLING'
          ? this.transition('CANCELED')
          : this.status === 'RUNNING' && this.transition('FINISHED')
    if (ended) this.shutDown()
  }

  private shutDown(): void {
    const { context } = this
    for (const host of this.slots.hosts) context.send(addressOf(host, 0), control({ type: 'shut-down' }))
    for (const other of this.others) context.send(other, control({ type: 'shut-down' }))
    context.stop(context.self)
  }
}
