import { assert } from '../../base/assert'
import { TaskManagerOptions } from '../../core/options'
import { rescaled } from '../../graph/executionGraph'
import { addressOf, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import type { JobEnvironment, TaskDeployment } from '../deployment'
import { environmentOfJob, JOB_MANAGER_HOST, withMaxParallelism } from '../deployment'
import type { ControlMessage, Failure } from '../messages'
import { control } from '../messages'
import { LeaderConnection } from './leaderConnection'
import type { LeaderMail } from './leaderConnection'

const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)
const FREE = -1

/** Mirrors TaskExecutor.JobManagerHeartbeatListener and JobLeaderListenerImpl. */
const HEARTBEAT_TIMED_OUT = 'java.util.concurrent.TimeoutException: The heartbeat of JobManager with id jobmanager timed out.'
const JOB_LEADER_LOST = 'java.lang.Exception: Job leader lost leadership.'

/** Mirrors TaskExecutor.onStop. */
const SHUTTING_DOWN: Failure = {
  className: 'org.apache.flink.util.FlinkExpectedException',
  message: 'The TaskExecutor is shutting down.',
}

/**
 * A TaskManager's root process: registers, owns its slots, starts tasks as processes of their own, says goodbye. Mirrors TaskExecutor, TaskSlotTable
 * and ResourceManager registration. Left out: memory, local recovery. It is this host that dies when a TaskManager dies.
 */
export class TaskManager implements Process {
  /** Job that each slot was given to. */
  private readonly slots: number[]
  private readonly leader: LeaderConnection
  /** Graphs that were made anew. */
  private graphs = 0
  /** Where its tasks live, or have lived. */
  private tasks: Address[] = []
  /** By job: what its tasks know of the cluster. */
  private readonly environments = new Map<number, JobEnvironment>()
  private executionGraph

  constructor(
    private readonly environment: JobEnvironment,
    private readonly createTask: (environment: JobEnvironment, deployment: TaskDeployment) => Process,
  ) {
    this.executionGraph = environment.executionGraph
    this.slots = new Array<number>(environment.configuration.get(TaskManagerOptions.NUM_TASK_SLOTS)).fill(FREE)
    this.leader = new LeaderConnection(environment, this.slots.length)
  }

  handle(received: Message, from: Address, context: Context): void {
    const message = received as ControlMessage | LeaderMail
    // What was said to its former self.
    if (hostOf(from) === JOB_MANAGER_HOST && from >= 0 && !this.leader.listens(message)) return
    switch (message.type) {
      case 'start':
        return this.leader.register(this.graphs, context)
      case 'look-for-leader':
        this.leader.looked()
        return this.leaderMayBeLost(context)
      case 'register-again':
        return this.leader.register(this.graphs, context)
      case 'registered-again':
        return this.leader.registered(message, context)
      case 'new-leader':
        return this.leaderLost(JOB_LEADER_LOST, context)
      case 'connection-closed':
        if (message.host === JOB_MANAGER_HOST) return this.leaderMayBeLost(context)
        for (const task of this.tasks) context.send(task, message)
        return
      case 'request-slot':
        assert(this.slots[message.slot] === FREE, `slot ${message.slot} is taken`)
        this.slots[message.slot] = message.job
        return context.send(JOB_MANAGER, control({ type: 'offer-slot', slot: message.slot, job: message.job }))
      case 'free-slot':
        this.slots[message.slot] = FREE
        return context.send(JOB_MANAGER, control({ type: 'slot-available', slot: message.slot }))
      case 'execution-graph-created':
        this.graphs++
        this.executionGraph = rescaled(this.executionGraph, message.job, message.parallelism)
        this.environments.clear()
        return
      case 'submit-task':
        return this.submit(message.task, context)
      case 'stop-task-manager':
        return this.stop(context)
      case 'shut-down':
        return context.stop(context.self)
      default:
        assert(false, `a TaskManager got ${message.type}`)
    }
  }

  private submit(task: TaskDeployment, context: Context): void {
    assert(this.slots[task.slot] !== FREE, `a task came for slot ${task.slot}, which is free`)
    this.tasks.push(task.address)
    context.spawn(task.address, this.createTask(this.environmentOf(task), task), control({ type: 'run-task' }))
  }

  private environmentOf(task: TaskDeployment): JobEnvironment {
    const { executionGraph } = this
    const { job } = executionGraph.job.vertices[executionGraph.vertices[task.execution]!.vertex]!
    // The same for all tasks of a job: told before the first of them, or by another graph's.
    const overridden = new Map(task.maxParallelism)
    let known = this.environments.get(job)
    if (known !== undefined && [...overridden].some(([vertex, max]) => known!.executionGraph.job.vertices[vertex]!.maxParallelism !== max))
      known = undefined
    if (known === undefined) {
      known = environmentOfJob(
        { ...this.environment, executionGraph: overridden.size === 0 ? executionGraph : withMaxParallelism(executionGraph, overridden) },
        job,
      )
      this.environments.set(job, known)
    }
    return known
  }

  private leaderMayBeLost(context: Context): void {
    if (this.leader.isLost(context)) this.leaderLost(HEARTBEAT_TIMED_OUT, context)
  }

  /** Mirrors disconnectJobManagerConnection: its tasks fail, its slots are free; it registers with whoever leads now. */
  private leaderLost(cause: string, context: Context): void {
    const failure: Failure = {
      className: 'org.apache.flink.util.FlinkException',
      message: `Disconnect from JobManager.\nCaused by: ${cause}`,
    }
    for (const task of this.tasks) context.send(task, control({ type: 'fail-task', failure }))
    this.tasks = []
    this.slots.fill(FREE)
    this.leader.leave(context)
    this.leader.register(this.graphs, context)
  }

  /** In Flink its tasks are failed with this cause; what they would report of that comes after the JobManager has heard that all of it is gone. */
  private stop(context: Context): void {
    context.send(JOB_MANAGER, control({ type: 'disconnect-task-manager', cause: SHUTTING_DOWN }))
    for (const task of this.tasks) context.send(task, control({ type: 'cancel-task' }))
    context.stop(context.self)
  }
}
