import { addressOf, HOST_STRIDE, hostOf } from '../../kernel/types'
import type { Address } from '../../kernel/types'
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
      const task = { execution: vertex, attempt: execution.attempt, address: execution.address, slot, producers }
      context.send(addressOf(host, 0), control({ type: 'submit-task', task }))
    }
  }

  /** S-16: at once if it was never deployed, else when the task says so. One that has finished lets go of what it keeps for its readers. */
  cancel(execution: Execution): void {
    const { context } = this.services
    if (execution.state === 'FINISHED') context.send(execution.address, control({ type: 'cancel-task' }))
    if (!execution.transition('CANCELING', context)) return
    if (execution.address === 0) this.cancelled(execution)
    else context.send(execution.address, control({ type: 'cancel-task' }))
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

  report({ execution: vertex, attempt, state, failure }: TaskReport): void {
    const { context } = this.services
    const execution = this.byVertex.get(vertex)
    if (execution === undefined || execution.attempt !== attempt) return
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
