import { assert } from '../../base/assert'
import { DataOutput, encodeValue } from '../../core/values'
import { addressOf, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { JobEnvironment, MainLine, ThrowAtRecord } from '../deployment'
import { JOB_MANAGER_HOST } from '../deployment'
import type { FileAnswer } from '../external/messages'
import type { ControlMessage, Failure, Intervene, RegisterTaskManager } from '../messages'
import { control } from '../messages'
import { Afterlife } from './afterlife'
import type { HighAvailability } from './afterlife'
import { FileClient } from './checkpoint/fileClient'
import { Dispatcher } from './dispatcher'
import type { Execution } from './execution'
import { HeartbeatMonitors } from './heartbeatMonitors'
import type { LiveGraph } from './liveGraph'
import { ResourceManager } from './resourceManager'
import type { JobServices } from './services'
import { TaskFaults } from './taskFaults'
import { Timers } from './timers'
import type { Wake } from './timers'

const encoder = new TextEncoder()

const registeredAgain = (host: number): Failure => ({
  className: 'org.apache.flink.util.FlinkException',
  message:
    `A registered TaskManager taskmanager-${host} re-registered with a new session id. This indicates a restart of the TaskManager. ` +
    'Closing the old connection.',
})

/**
 * A JobManager as long as it lives: Dispatcher, ResourceManager and the JobMaster of each job; what they tell each other takes no time. Hands each
 * message to whom it is for. When the last job is over so is its cluster. Who takes its place when it dies is its host's affair (jobManagerHost).
 */
export class JobManager implements Process, JobServices {
  context!: Context
  readonly timers: Timers
  readonly graph: LiveGraph
  readonly resourceManager: ResourceManager
  readonly leadership: number
  readonly files: FileClient
  readonly highAvailability: HighAvailability | null
  private readonly dispatcher: Dispatcher
  private readonly monitors: HeartbeatMonitors
  private readonly faults: TaskFaults
  /** TaskManagers that are there, each with how often it had registered before. */
  private readonly registrations = new Map<number, number>()

  constructor(
    readonly environment: JobEnvironment,
    mainOutput: readonly MainLine[],
    /** Root processes that go when the jobs are over, beside the TaskManagers. */
    private readonly others: readonly Address[],
    private readonly afterlife = new Afterlife(environment.executionGraph, environment.submitted),
    /** Virtual µs at which it begins. */
    startedAt = 0,
  ) {
    const context = (): Context => this.context
    this.graph = afterlife.graph
    this.leadership = afterlife.leadership
    this.highAvailability = afterlife.highAvailability
    this.files = new FileClient(context, environment.fileSystem, this.leadership)
    this.timers = new Timers(context, this.leadership)
    this.resourceManager = new ResourceManager(environment.configuration, context, this.timers)
    this.monitors = new HeartbeatMonitors(environment, startedAt, context, this.timers, (host, cause) => this.taskManagerDied(host, cause))
    this.faults = new TaskFaults(afterlife, context)
    this.dispatcher = new Dispatcher(this, mainOutput, () => this.shutDown())
  }

  handle(received: Message, from: Address, context: Context): void {
    this.context = context
    const message = received as ControlMessage | FileAnswer | Wake
    if (message.type === 'task-state' && message.failure?.intervention !== undefined) this.faults.hasThrown(message.failure.intervention)
    if (this.afterlife.isForgotten(from)) return
    switch (message.type) {
      case 'start':
        this.resourceManager.start()
        return this.lead()
      case 'wake':
        return this.timers.fire(message)
      case 'register-task-manager':
        return this.taskManagerRegistered(hostOf(from), message)
      case 'disconnect-task-manager':
        return this.taskManagerLost(hostOf(from), message.cause, 0)
      case 'offer-slot':
        return this.slotOffered(hostOf(from), message.slot, message.job)
      case 'slot-available':
        return this.resourceManager.slotAvailable({ host: hostOf(from), slot: message.slot })
      case 'task-state':
        return this.dispatcher.job(this.graph.jobOf(this.graph.vertex(message.execution)))?.report(message, from)
      case 'report-watermark':
        return this.dispatcher.job(this.graph.jobOf(this.graph.vertex(message.execution)))!.alignment.report(message)
      case 'acknowledge-checkpoint':
      case 'decline-checkpoint':
      case 'notify-end-of-data':
        return this.dispatcher.job(this.graph.jobOf(this.graph.vertex(message.execution)))?.checkpoints?.handle(message)
      case 'file-answer':
        return this.files.handle(message)
      case 'intervene':
        return this.intervene(message)
      default:
        assert(false, `the JobManager got ${message.type}`)
    }
  }

  /** With high availability the TaskManagers hear from elsewhere who leads now. */
  private lead(): void {
    const { context, leadership } = this
    this.dispatcher.start()
    if (leadership === 0 || this.highAvailability === null) return
    for (const host of this.afterlife.hosts) context.send(addressOf(host, 0), control({ type: 'new-leader', leadership }))
  }

  /** One that registers again has nothing left of what it had (mirrors JobMaster.registerTaskManager). */
  private taskManagerRegistered(host: number, { slots, before, graphs }: RegisterTaskManager): void {
    const known = this.registrations.get(host)
    if (known === before) return
    if (known !== undefined) this.taskManagerLost(host, registeredAgain(host), 1)
    this.registrations.set(host, before)
    const { context } = this
    this.afterlife.hosts.add(host)
    context.emit(TraceKind.TaskManagerRegistered, host, slots, 0, 0, NaN)
    if (before > 0) context.send(addressOf(host, 0), control({ type: 'registered-again', before, heartbeatsFrom: this.monitors.from }))
    for (const rescale of this.afterlife.rescales.slice(graphs)) context.send(addressOf(host, 0), rescale)
    this.resourceManager.register(host, slots)
    this.monitors.register(host)
  }

  /** Without a word. Where only the link is cut it hears of it when that is back. */
  private taskManagerDied(host: number, cause: Failure): void {
    this.taskManagerLost(host, cause, 1)
    this.context.send(addressOf(host, 0), control({ type: 'new-leader', leadership: this.leadership }))
  }

  private taskManagerLost(host: number, cause: Failure, died: 0 | 1): void {
    this.registrations.delete(host)
    this.monitors.unregister(host)
    if (!this.resourceManager.disconnect(host)) return
    this.context.emit(TraceKind.TaskManagerLost, host, died, 0, 0, NaN, encoder.encode(cause.message))
    for (const job of [...this.dispatcher.jobs]) job.taskManagerLost(host, cause)
    this.afterlife.forget(host)
  }

  /** To a job that is over no slot is of use; from a TaskManager that was given up none is taken. */
  private slotOffered(host: number, slot: number, job: number): void {
    if (this.registrations.has(host)) this.dispatcher.job(job)?.offer({ host, slot })
  }

  private intervene({ index, action }: Intervene): void {
    this.context.emit(TraceKind.Intervention, index, 0, 0, 0, NaN)
    switch (action.do) {
      case 'cancel':
        return this.dispatcher.job(action.job ?? 0)?.cancel()
      case 'slow':
        this.afterlife.slowed.push(action)
        for (const { executions } of this.dispatcher.jobs)
          for (const execution of executions.all) if (execution.state === 'RUNNING') this.slowDown(execution)
        return
      case 'start-task-manager':
      case 'stop-task-manager':
        // What is to come of them the TaskManagers know themselves.
        return
      case 'kill-task-manager':
        return this.monitors.broken(action.host)
      case 'cut-link':
        if (action.hosts.includes(JOB_MANAGER_HOST)) for (const host of action.hosts) this.monitors.broken(host)
        return
      case 'fail-task':
        return this.faults.failTask(index, this.executionOf(action.vertex, action.subtask))
      case 'throw-at-record': {
        const vertex = this.graph.graph.job.vertices.findIndex(({ chain }) => chain.some(({ node }) => node === action.node))
        return this.faults.throwAtRecord(index, action, this.executionOf(vertex, action.subtask))
      }
      case 'trigger-checkpoint':
        return this.dispatcher.job(action.job ?? 0)?.triggerCheckpoint(index)
      case 'trigger-savepoint':
        return this.dispatcher.job(action.job ?? 0)?.triggerSavepoint(index, action.directory ?? null, action.native === true)
      case 'stop-with-savepoint':
        return this.dispatcher.job(action.job ?? 0)?.stopWithSavepoint(index, action.drain, action.directory ?? null)
      case 'silence-partition':
      case 'delay-partition':
      case 'set-clock':
        return
    }
  }

  /** The present attempt of a subtask; undefined: there is none. */
  private executionOf(vertex: number, subtask: number): Execution | undefined {
    const found = this.dispatcher.jobs.flatMap(({ executions }) => executions.all)
    return found.find((execution) => {
      const own = this.graph.vertex(execution.vertex)
      return own.vertex === vertex && own.subtask === subtask
    })
  }

  // ---- what jobs have in common ---------------------------------------------------------------------------------------

  newAddress(host: number): Address | null {
    return this.afterlife.newAddress(host)
  }

  throwAt(index: number): readonly ThrowAtRecord[] {
    const { vertex, subtask } = this.graph.vertex(index)
    return this.faults.throwAt(subtask, this.graph.graph.job.vertices[vertex]!.chain)
  }

  slowDown(execution: Execution): void {
    const { vertex, subtask } = this.graph.vertex(execution.vertex)
    const { chain } = this.graph.graph.job.vertices[vertex]!
    for (const { node, subtask: at, cost } of this.afterlife.slowed) {
      if (at === subtask && chain.some((operator) => operator.node === node)) {
        this.context.send(execution.address, control({ type: 'set-cost', node, cost }))
      }
    }
  }

  rescale(job: number, parallelism: readonly number[]): void {
    const { vertices, channels, sharedSlots } = this.graph.graph
    const out = new DataOutput(64)
    encodeValue(out, parallelism)
    this.context.emit(TraceKind.ExecutionGraphCreated, job, vertices.length, channels.length, sharedSlots, NaN, out.toBytes())
    this.graph.rescale(job, parallelism)
    const message = control({ type: 'execution-graph-created', job, parallelism })
    this.afterlife.rescales.push(message)
    for (const host of this.resourceManager.hosts) this.context.send(addressOf(host, 0), message)
  }

  private shutDown(): void {
    const { context } = this
    for (const host of this.resourceManager.hosts) context.send(addressOf(host, 0), control({ type: 'shut-down' }))
    for (const other of this.others) context.send(other, control({ type: 'shut-down' }))
    context.stop(context.self)
  }
}
