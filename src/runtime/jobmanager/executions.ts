import { isAlive, isCut } from '../../core/faults'
import { addressOf, HOST_STRIDE, hostOf } from '../../kernel/types'
import type { Address } from '../../kernel/types'
import { JOB_MANAGER_HOST } from '../deployment'
import type { TaskRestore } from '../checkpoint/types'
import type { ControlMessage, Failure } from '../messages'
import { connectionLost, control } from '../messages'
import { Execution, isTerminal } from './execution'
import type { PhysicalSlot } from './resourceManager'
import type { JobServices } from './services'

/** Only restarts without end come so far. */
const tooManyTasks = (host: number): Failure => ({
  className: 'Limit of the simulation',
  message: `taskmanager-${host} has started ${HOST_STRIDE - 1} tasks, and no more can be told apart.`,
  unrecoverable: true,
})

/** `pekko.ask.timeout`, ms. */
const ASK_TIMEOUT = 10_000
const MICROS_PER_MILLI = 1000

const recipientUnreachable = (host: number): Failure => ({
  className: 'org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException',
  message:
    `Could not send message [RemoteRpcInvocation(TaskExecutorGateway.submitTask(TaskDeploymentDescriptor, JobMasterId, Time))] to taskmanager-${host}, ` +
    'because the recipient is unreachable. This can either mean that the recipient has been terminated or that the remote RpcService is currently not reachable.',
})
const notResponding = (task: string, host: number): Failure => ({
  className: 'java.lang.Exception',
  message: `Cannot deploy task ${task} - TaskManager (taskmanager-${host}) not responding after a rpcTimeout of ${ASK_TIMEOUT} ms`,
})

type TaskReport = Extract<ControlMessage, { type: 'task-state' }>

/** Who hears of what becomes of a job's subtasks. */
export interface ExecutionListener {
  /** It has come to its end; its slot is no longer its own. Comes before `failed`. */
  terminated(execution: Execution): void
  /** It has failed by itself: not while it was being cancelled. */
  failed(execution: Execution, failure: Failure): void
}

/**
 * The present attempts of a job's subtasks, and what tasks and JobManager say to each other about them. Mirrors Execution and
 * ExecutionVertex with DefaultExecutionOperations. Left out: reports that get lost, `task.cancellation.timeout` (a task here answers a cancel or is no more).
 */
export class Executions {
  private readonly byVertex = new Map<number, Execution>()
  /** Attempts that are not over. */
  private open = 0
  listener!: ExecutionListener

  /** What a new attempt is to begin with. */
  restoreOf: (vertex: number) => TaskRestore | undefined = () => undefined

  constructor(private readonly services: JobServices) {}

  get all(): readonly Execution[] {
    return [...this.byVertex.values()]
  }

  of(vertex: number): Execution {
    return this.byVertex.get(vertex)!
  }

  /** undefined: it is not of the present graph. */
  find(vertex: number): Execution | undefined {
    return this.byVertex.get(vertex)
  }

  /** A new attempt of each, in CREATED; the attempts before are forgotten. */
  create(vertices: readonly number[], attemptOf: (vertex: number) => number): void {
    for (const vertex of vertices) {
      const execution = new Execution(vertex, attemptOf(vertex))
      this.byVertex.set(vertex, execution)
      this.open++
      execution.announce(this.services.context)
    }
  }

  /** The subtasks of a graph that is no more. */
  forget(): void {
    this.byVertex.clear()
    this.open = 0
  }

  get allTerminal(): boolean {
    return this.open === 0
  }

  /** To the slots they have, in topological order and subtask by subtask: that of the vertices. */
  deploy(vertices: readonly number[]): void {
    const { context, graph } = this.services
    const addresses = vertices.map((vertex) => this.services.newAddress(this.of(vertex).slot!.host))
    const without = addresses.indexOf(null)
    if (without >= 0) return this.fail(this.of(vertices[without]!), tooManyTasks(this.of(vertices[without]!).slot!.host))
    vertices.forEach((vertex, i) => (this.of(vertex).address = addresses[i]!))
    for (const vertex of vertices) {
      const execution = this.of(vertex)
      const { host, slot } = execution.slot!
      execution.transition('DEPLOYING', context)
      const producers: Record<number, Address> = {}
      for (const channel of graph.inputsOf(vertex)) producers[channel.id] = this.of(channel.from).address
      const throwAt = this.services.throwAt(vertex)
      const restore = this.restoreOf(vertex)
      const { overridden } = graph
      const task = {
        execution: vertex,
        attempt: execution.attempt,
        address: execution.address,
        slot,
        producers,
        ...(throwAt.length === 0 ? {} : { throwAt }),
        ...(restore === undefined ? {} : { restore }),
        ...(overridden.length === 0 ? {} : { maxParallelism: overridden }),
      }
      context.send(addressOf(host, 0), control({ type: 'submit-task', task }))
      this.watchDeployment(execution, host)
    }
  }

  /** S-16: at once if it was never deployed, else when the task says so. One that has finished lets go of what it keeps for its readers. */
  cancel(execution: Execution): void {
    const { context } = this.services
    if (execution.state === 'FINISHED') context.send(execution.address, control({ type: 'cancel-task' }))
    if (!execution.transition('CANCELING', context)) return
    if (execution.address === 0) return this.cancelled(execution)
    context.send(execution.address, control({ type: 'cancel-task' }))
    // A process that is no more refuses each call: the retries are over at once, and the attempt counts as cancelled (Execution.sendCancelRpcCall).
    if (!this.isThere(execution)) this.refused(() => execution.state === 'CANCELING' && this.cancelled(execution))
  }

  private isThere({ address }: Execution): boolean {
    const { context, environment } = this.services
    return isAlive(environment.faults, hostOf(address), context.now)
  }

  /** After the time that a call takes there and its refusal back. */
  private refused(action: () => void): void {
    const { environment, timers } = this.services
    timers.after((2 * environment.linkLatency) / MICROS_PER_MILLI, action)
  }

  /** Mirrors Execution.deploy: a call that is refused, or not answered within `pekko.ask.timeout`, fails the attempt. */
  private watchDeployment(execution: Execution, host: number): void {
    const { context, environment, timers } = this.services
    const giveUp = (failure: Failure): void => {
      if (execution.state === 'DEPLOYING') this.fail(execution, failure)
    }
    if (!this.isThere(execution)) this.refused(() => giveUp(recipientUnreachable(host)))
    else if (isCut(environment.faults, JOB_MANAGER_HOST, host, context.now))
      timers.after(ASK_TIMEOUT, () => giveUp(notResponding(this.nameOf(execution), host)))
  }

  private nameOf({ vertex, attempt }: Execution): string {
    const { graph } = this.services.graph
    const { vertex: of, subtask, parallelism } = graph.vertices[vertex]!
    return `${graph.job.vertices[of]!.name} (${subtask + 1}/${parallelism})#${attempt}`
  }

  private cancelled(execution: Execution): void {
    if (execution.transition('CANCELED', this.services.context)) this.terminated(execution)
  }

  private terminated(execution: Execution): void {
    this.open--
    this.listener.terminated(execution)
  }

  /** Nothing happens if it is over already; one that is being cancelled is cancelled. */
  fail(execution: Execution, failure: Failure): void {
    if (execution.state === 'CANCELING') return this.cancelled(execution)
    if (!execution.transition('FAILED', this.services.context, failure)) return
    this.terminated(execution)
    this.listener.failed(execution, failure)
  }

  report({ execution: vertex, state, failure }: TaskReport, from: Address): void {
    const { context } = this.services
    const execution = this.byVertex.get(vertex)
    if (execution === undefined || execution.address !== from || execution.terminal) {
      // One that was given up while it was on its way: the TaskManager is told that nobody wants it.
      if (!isTerminal(state)) context.send(from, control({ type: 'cancel-task' }))
      return
    }
    if (execution.state === 'CANCELING') {
      // Finished or failed before the cancel reached it: there will be no other answer. Still on its way up: it may not have been born when the cancel came.
      if (isTerminal(state)) this.cancelled(execution)
      else context.send(execution.address, control({ type: 'cancel-task' }))
      return
    }
    if (state === 'FAILED') return this.fail(execution, failure!)
    if (!execution.transition(state, context)) return
    if (state === 'RUNNING') this.services.slowDown(execution)
    if (execution.terminal) this.terminated(execution)
  }

  /**
   * What was running on a TaskManager that is gone, slot by slot; and what was about to read from a task that had finished there: those that run
   * already hear of it from that task.
   */
  taskManagerLost(lost: number, slots: readonly PhysicalSlot[], cause: Failure): void {
    for (const { host, slot } of slots) {
      for (const execution of this.all) if (execution.slot?.host === host && execution.slot.slot === slot) this.fail(execution, cause)
    }
    const isLost = (vertex: number): boolean => {
      const { state, address } = this.of(vertex)
      return state === 'FINISHED' && hostOf(address) === lost
    }
    for (const execution of this.all) {
      if (execution.state !== 'DEPLOYING' && execution.state !== 'INITIALIZING') continue
      if (this.services.graph.inputsOf(execution.vertex).some(({ from }) => isLost(from))) this.fail(execution, connectionLost(lost))
    }
  }
}
