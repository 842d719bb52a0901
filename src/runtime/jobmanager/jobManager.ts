import { assert } from '../../base/assert'
import { DataOutput, encodeValue } from '../../core/values'
import { addressOf, HOST_STRIDE, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { JobEnvironment, MainLine } from '../deployment'
import type { ControlMessage, Failure, Intervene } from '../messages'
import { control } from '../messages'
import { Dispatcher } from './dispatcher'
import type { Execution } from './execution'
import { LiveGraph } from './liveGraph'
import { ResourceManager } from './resourceManager'
import type { JobServices } from './services'
import { Timers } from './timers'
import type { Wake } from './timers'

const encoder = new TextEncoder()

/**
 * The JobManager's root process: Dispatcher, ResourceManager and the JobMaster of each job; what they tell each other takes no time. Hands each
 * message to whom it is for. Left out: checkpoints, high availability. When the last job is over so is its cluster.
 */
export class JobManager implements Process, JobServices {
  context!: Context
  readonly timers = new Timers(() => this.context)
  readonly graph: LiveGraph
  readonly resourceManager: ResourceManager
  private readonly dispatcher: Dispatcher
  private readonly nextIndex = new Map<number, number>()
  private readonly slowed: Extract<Intervene['action'], { do: 'slow' }>[] = []
  /** Graphs that were made anew, for TaskManagers that come later. */
  private readonly rescales: ControlMessage[] = []

  constructor(
    readonly environment: JobEnvironment,
    mainOutput: readonly MainLine[],
    /** Root processes that go when the jobs are over, beside the TaskManagers. */
    private readonly others: readonly Address[],
  ) {
    this.graph = new LiveGraph(environment.executionGraph)
    this.resourceManager = new ResourceManager(environment.configuration, () => this.context, this.timers)
    this.dispatcher = new Dispatcher(this, mainOutput, () => this.shutDown())
  }

  handle(received: Message, from: Address, context: Context): void {
    this.context = context
    const message = received as ControlMessage | Wake
    switch (message.type) {
      case 'start':
        this.resourceManager.start()
        return this.dispatcher.start()
      case 'wake':
        return this.timers.fire(message)
      case 'register-task-manager':
        return this.taskManagerRegistered(hostOf(from), message.slots)
      case 'disconnect-task-manager':
        return this.taskManagerLost(hostOf(from), message.cause)
      case 'offer-slot':
        return this.slotOffered(hostOf(from), message.slot, message.job)
      case 'slot-available':
        return this.resourceManager.slotAvailable({ host: hostOf(from), slot: message.slot })
      case 'task-state':
        return this.dispatcher.job(this.graph.jobOf(this.graph.vertex(message.execution)))!.report(message)
      case 'report-watermark':
        return this.dispatcher.job(this.graph.jobOf(this.graph.vertex(message.execution)))!.alignment.report(message)
      case 'intervene':
        return this.intervene(message)
      default:
        assert(false, `the JobManager got ${message.type}`)
    }
  }

  private taskManagerRegistered(host: number, slots: number): void {
    this.context.emit(TraceKind.TaskManagerRegistered, host, slots, 0, 0, NaN)
    for (const rescale of this.rescales) this.context.send(addressOf(host, 0), rescale)
    this.resourceManager.register(host, slots)
  }

  private taskManagerLost(host: number, cause: Failure): void {
    if (!this.resourceManager.disconnect(host)) return
    this.context.emit(TraceKind.TaskManagerLost, host, 0, 0, 0, NaN, encoder.encode(cause.message))
    for (const job of [...this.dispatcher.jobs]) job.taskManagerLost(host, cause)
  }

  /** To a job that is over no slot is of use. */
  private slotOffered(host: number, slot: number, job: number): void {
    this.dispatcher.job(job)!.offer({ host, slot })
  }

  private intervene({ index, action }: Intervene): void {
    this.context.emit(TraceKind.Intervention, index, 0, 0, 0, NaN)
    switch (action.do) {
      case 'cancel':
        return this.dispatcher.job(action.job ?? 0)?.cancel()
      case 'slow':
        this.slowed.push(action)
        for (const { executions } of this.dispatcher.jobs)
          for (const execution of executions.all) if (execution.state === 'RUNNING') this.slowDown(execution)
        return
      case 'start-task-manager':
      case 'stop-task-manager':
        // What is to come of them the TaskManagers know themselves.
        return
      case 'silence-partition':
      case 'delay-partition':
      case 'set-clock':
        return
    }
  }

  // ---- what jobs have in common ---------------------------------------------------------------------------------------

  newAddress(host: number): Address | null {
    const index = this.nextIndex.get(host) ?? 1
    if (index === HOST_STRIDE) return null
    this.nextIndex.set(host, index + 1)
    return addressOf(host, index)
  }

  slowDown(execution: Execution): void {
    const { vertex, subtask } = this.graph.vertex(execution.vertex)
    const { chain } = this.graph.graph.job.vertices[vertex]!
    for (const { node, subtask: at, cost } of this.slowed) {
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
    this.rescales.push(message)
    for (const host of this.resourceManager.hosts) this.context.send(addressOf(host, 0), message)
  }

  private shutDown(): void {
    const { context } = this
    for (const host of this.resourceManager.hosts) context.send(addressOf(host, 0), control({ type: 'shut-down' }))
    for (const other of this.others) context.send(other, control({ type: 'shut-down' }))
    context.stop(context.self)
  }
}
