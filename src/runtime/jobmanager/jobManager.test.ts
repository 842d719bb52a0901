import { describe, expect, it } from 'vitest'
import { Configuration } from '../../core/configuration'
import { micros } from '../../core/time'
import type { Channel, ExecutionGraph, ExecutionVertex, JobVertex } from '../../graph/types'
import { NO_FAULTS } from '../../core/faults'
import { addressOf, hostOf } from '../../kernel/types'
import type { Message } from '../../kernel/types'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind } from '../../trace/kinds'
import type { ExecutionState } from '../../trace/kinds'
import type { JobEnvironment } from '../deployment'
import { control } from '../messages'
import type { ControlMessage } from '../messages'
import { LoneContext } from '../testing'
import { JobManager } from './jobManager'

/** Vertices of these parallelisms in a row; subtask i of each shares slot i. `all`: every subtask feeds every one of the next, else only its own. */
function graph(parallelisms: readonly number[], all = true): ExecutionGraph {
  const vertices: ExecutionVertex[] = []
  const channels: Channel[] = []
  parallelisms.forEach((parallelism, vertex) => {
    for (let subtask = 0; subtask < parallelism; subtask++) {
      vertices.push({ index: vertices.length, vertex, subtask, parallelism, generation: 0, sharedSlot: subtask })
    }
  })
  for (const from of vertices) {
    for (const to of vertices) {
      if (to.vertex !== from.vertex + 1 || (!all && to.subtask !== from.subtask)) continue
      channels.push({ id: channels.length, edge: from.vertex, from: from.index, to: to.index, subpartition: 0, inputChannel: 0 })
    }
  }
  const jobVertices = parallelisms.map((parallelism, index) => ({
    index,
    job: 0,
    name: `v${index}`,
    parallelism,
    chain: [{ node: index + 1, operatorId: '', outputs: [] }],
  }))
  const jobs = [{ name: 'job', type: 'STREAMING', submission: 'attached', firstVertex: 0, vertices: jobVertices.length, configuration: {} }]
  const partitioner = { name: all ? 'REBALANCE' : 'FORWARD' }
  const edges = parallelisms
    .slice(1)
    .map((_, index) => ({ index, fromVertex: index, toVertex: index + 1, partitioner, resultType: 'PIPELINED_BOUNDED' }))
  const job = { jobs, vertices: jobVertices as unknown as JobVertex[], edges } as unknown as ExecutionGraph['job']
  return { job, generations: [0], vertices, channels, sharedSlots: Math.max(...parallelisms) }
}

/** A JobManager whose TaskManagers agree to everything at once. */
class Cluster {
  readonly context = new LoneContext(0)
  readonly jobManager: JobManager
  /** What tasks were told. */
  readonly tasks: string[] = []
  /** Where the last attempt of each was to live. */
  private readonly addresses = new Map<number, number>()

  constructor(executionGraph: ExecutionGraph, configuration: Record<string, string> = {}) {
    const submitted = Configuration.fromMap(configuration)
    const nodes = executionGraph.job.vertices.map(({ chain }) => ({ id: chain[0]!.node, role: 'operator' }))
    const environment = {
      streamGraph: { nodes },
      executionGraph,
      submitted,
      configuration: submitted,
      faults: NO_FAULTS,
      linkLatency: 10_000,
    } as unknown as JobEnvironment
    this.jobManager = new JobManager(environment, [], [addressOf(9, 0)])
    this.tell({ type: 'start' })
  }

  tell(message: Message, from = -1): void {
    this.jobManager.handle(message, from, this.context)
    for (const { to, message: sent } of this.context.takeSent()) {
      const answer = sent as ControlMessage
      if (answer.type === 'request-slot') {
        this.tell(control({ type: 'offer-slot', slot: answer.slot, job: answer.job }), to)
      } else if (answer.type === 'free-slot') this.tell(control({ type: 'slot-available', slot: answer.slot }), to)
      else if (answer.type === 'submit-task') {
        this.tasks.push(`deploy ${answer.task.execution} on ${hostOf(to)}.${answer.task.slot}`)
        this.addresses.set(answer.task.execution, answer.task.address)
      } else if (answer.type === 'cancel-task') this.tasks.push(`cancel ${to}`)
      else if (answer.type === 'shut-down') this.tasks.push(`shut ${to}`)
    }
  }

  register(host: number, slots: number): void {
    this.tell(control({ type: 'register-task-manager', slots, before: 0, graphs: 0 }), addressOf(host, 0))
  }

  /** Handles the JobManager's own mails up to a time in ms. */
  until(ms: number): void {
    for (;;) {
      this.context.own.sort((a, b) => a.at - b.at)
      const next = this.context.own[0]
      if (next === undefined || next.at > ms * 1000) break
      this.context.own.shift()
      this.context.now = micros(next.at)
      this.tell(next.message)
    }
    this.context.now = micros(ms * 1000)
  }

  report(execution: number, ...states: ExecutionState[]): void {
    for (const state of states) {
      const failure = state === 'FAILED' ? { failure: { className: 'java.lang.RuntimeException', message: 'boom' } } : {}
      this.tell(control({ type: 'task-state', execution, attempt: 0, state, ...failure }), this.addresses.get(execution))
    }
  }

  get jobStatuses(): string {
    return this.context.emitted
      .filter(({ kind }) => kind === TraceKind.JobStatus)
      .map(({ a }) => JOB_STATUSES[a])
      .join(' ')
  }

  get reason(): string {
    return this.context.emitted.findLast(({ kind }) => kind === TraceKind.JobStatus)!.text
  }

  statesOf(execution: number): string {
    return this.context.emitted
      .filter(({ kind, a }) => kind === TraceKind.ExecutionState && a === execution)
      .map(({ c, text }) => `${EXECUTION_STATES[c]}${text === '' ? '' : ` (${text})`}`)
      .join(' ')
  }
}

describe('the life of a job', () => {
  it('from CREATED to FINISHED, tasks deployed in topological order once all slots of their region are there', () => {
    const cluster = new Cluster(graph([1, 2]))
    cluster.register(1, 1)
    cluster.until(60)
    expect(cluster.tasks).toEqual([])
    cluster.register(2, 1)
    cluster.until(200)
    expect(cluster.tasks).toEqual(['deploy 0 on 1.0', 'deploy 1 on 1.0', 'deploy 2 on 2.0'])
    for (const task of [0, 1, 2]) cluster.report(task, 'INITIALIZING', 'RUNNING')
    for (const task of [0, 1, 2]) cluster.report(task, 'FINISHED')
    expect(cluster.jobStatuses).toBe('INITIALIZING CREATED RUNNING FINISHED')
    expect(cluster.statesOf(1)).toBe('CREATED SCHEDULED DEPLOYING INITIALIZING RUNNING FINISHED')
    expect(cluster.tasks.slice(3)).toEqual(['shut 65536', 'shut 131072', 'shut 589824'])
    expect(cluster.context.stopped).toBe(true)
  })

  it('regions that do not depend on each other are deployed one by one (S-8)', () => {
    const cluster = new Cluster(graph([2, 2], false))
    cluster.register(1, 1)
    cluster.until(100)
    expect(cluster.tasks).toEqual(['deploy 0 on 1.0', 'deploy 2 on 1.0'])
  })
})

describe('a failed task', () => {
  it('without a restart strategy fails the job with the root cause, after all others are cancelled (S-13)', () => {
    const cluster = new Cluster(graph([1, 2]))
    cluster.register(1, 2)
    cluster.until(100)
    for (const task of [0, 1, 2]) cluster.report(task, 'INITIALIZING', 'RUNNING')
    cluster.report(2, 'FAILED')
    expect(cluster.jobStatuses).toBe('INITIALIZING CREATED RUNNING FAILING')
    expect(cluster.tasks.slice(3)).toEqual(['cancel 65537', 'cancel 65538'])
    cluster.report(0, 'CANCELED')
    cluster.report(1, 'FINISHED')
    expect(cluster.statesOf(1)).toMatch(/RUNNING CANCELING CANCELED$/)
    expect(cluster.statesOf(2)).toMatch(/RUNNING FAILED \(java.lang.RuntimeException: boom\)$/)
    expect(cluster.jobStatuses).toMatch(/FAILING FAILED$/)
    expect(cluster.reason).toBe(
      'org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy\nCaused by: java.lang.RuntimeException: boom',
    )
  })

  it('a cancel that came before the task was born is sent again', () => {
    const cluster = new Cluster(graph([1]))
    cluster.register(1, 1)
    cluster.until(100)
    cluster.tell(control({ type: 'intervene', index: 0, action: { do: 'cancel' } }))
    cluster.report(0, 'INITIALIZING')
    expect(cluster.tasks.slice(1)).toEqual(['cancel 65537', 'cancel 65537'])
    cluster.report(0, 'CANCELED')
    expect(cluster.jobStatuses).toBe('INITIALIZING CREATED RUNNING CANCELLING CANCELED')
  })
})

describe('slots that are missing', () => {
  it('the job is RUNNING and its tasks SCHEDULED until the resource manager gives up (S-6)', () => {
    const cluster = new Cluster(graph([3]))
    cluster.register(1, 2)
    cluster.until(299_999)
    expect(cluster.jobStatuses).toBe('INITIALIZING CREATED RUNNING')
    expect(cluster.statesOf(2)).toBe('CREATED SCHEDULED')
    cluster.until(300_001)
    expect(cluster.statesOf(2)).toBe(
      'CREATED SCHEDULED FAILED (org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.)',
    )
    cluster.report(0, 'CANCELED')
    cluster.report(1, 'CANCELED')
    expect(cluster.jobStatuses).toMatch(/FAILED$/)
  })

  it('no TaskManager at all, and a slot request that times out first', () => {
    const cluster = new Cluster(graph([1]), { 'slot.request.timeout': '2 s', 'resourcemanager.standalone.start-up-time': '1 min' })
    cluster.until(3000)
    expect(cluster.jobStatuses).toBe('INITIALIZING CREATED RUNNING FAILING FAILED')
    expect(cluster.reason).toContain(
      'Slot request bulk is not fulfillable! Could not allocate the required slot within slot request timeout',
    )
    expect(cluster.reason).toContain('Caused by: java.util.concurrent.TimeoutException: Timeout has occurred: 2000 ms')
  })
})
