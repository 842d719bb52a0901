import type { EventPage } from '../core/page'
import { micros } from '../core/time'
import { executionGraphOf, rescaled } from '../graph/executionGraph'
import type { ExecutionGraph, JobGraph } from '../graph/types'
import { unionOf } from '../graph/union'
import { EXECUTION_STATES, JOB_STATUSES, SCHEDULER_STATES } from '../trace/kinds'
import type { ExecutionState, JobStatus, SchedulerState, TraceKindName } from '../trace/kinds'
import type { TraceHeader } from '../trace/types'
import { flightsHeader } from './flightsHeader'
import { PageBuilder } from './pageBuilder'
import type { Columns } from './pageBuilder'

/** The flights job under each of the names, side by side; operators of job n have 100 × n added to their ids. */
export function headerOfJobs(names: readonly string[], parallelism = 2): TraceHeader {
  const header = flightsHeader()
  const { streamGraph, executionGraph } = header
  const jobs = names.map((name, i): JobGraph => {
    const { vertices, edges, ...job } = executionGraph.job
    const node = (id: number): number => id + 100 * i
    return {
      ...job,
      jobName: name,
      jobs: [{ ...job.jobs[0]!, name }],
      vertices: vertices.map((vertex) => ({
        ...vertex,
        parallelism,
        chain: vertex.chain.map((operator) => ({
          ...operator,
          node: node(operator.node),
          outputs: operator.outputs.map((to) => ({ node: node(to.node) })),
        })),
      })),
      edges: edges.map((edge) => ({ ...edge, from: node(edge.from), to: node(edge.to) })),
    }
  })
  const job = unionOf(
    jobs,
    jobs.map(() => 'detached' as const),
  )
  return {
    ...header,
    executionGraph: executionGraphOf(job),
    streamGraph: {
      ...streamGraph,
      nodes: jobs.flatMap((_, i) => streamGraph.nodes.map((node) => ({ ...node, id: node.id + 100 * i }))),
      edges: jobs.flatMap((_, i) => streamGraph.edges.map((edge) => ({ ...edge, from: edge.from + 100 * i, to: edge.to + 100 * i }))),
    },
  }
}

/** Acts by hand what a cluster tells of its jobs, TaskManagers and slots; records and their like are left to `JobTrace`. */
export class ClusterTrace {
  readonly pages = new PageBuilder()
  /** Virtual µs. */
  now = 0
  graph: ExecutionGraph
  private readonly spawned = new Map<number, number>()
  private processes = 0

  constructor(readonly header: TraceHeader) {
    this.graph = header.executionGraph
  }

  register(host: number, slots = 1): this {
    return this.say('TaskManagerRegistered', { a: host, b: slots }, host * 65536)
  }
  lose(host: number, reason = '', died = true): this {
    return this.say('TaskManagerLost', { a: host, b: died ? 1 : 0, text: reason })
  }
  status(job: number, status: JobStatus, reason = ''): this {
    return this.say('JobStatus', { a: JOB_STATUSES.indexOf(status), b: job, text: reason })
  }
  scheduler(job: number, state: SchedulerState, reason = ''): this {
    return this.say('SchedulerState', { a: job, b: SCHEDULER_STATES.indexOf(state), text: reason })
  }
  request(sharedSlot: number, job = 0): this {
    return this.say('SlotRequested', { a: sharedSlot, b: job, c: 0 })
  }
  withdraw(sharedSlot: number, job = 0): this {
    return this.say('SlotRequested', { a: sharedSlot, b: job, c: 1 })
  }
  /** `sharedSlot` −1: the job keeps it with nothing in it. */
  allocate(host: number, slot: number, sharedSlot: number, job = 0): this {
    return this.say('SlotAllocated', { a: host, b: slot, c: sharedSlot, d: job })
  }
  free(host: number, slot: number): this {
    return this.say('SlotFreed', { a: host, b: slot })
  }

  /** A new graph for a job, each of its tasks at the parallelism that stands for it (by job vertex of the union). */
  rescale(job: number, parallelism: readonly number[]): this {
    const { vertices, channels, sharedSlots } = this.graph
    this.graph = rescaled(this.graph, job, parallelism)
    return this.say('ExecutionGraphCreated', { a: job, b: vertices.length, c: channels.length, d: sharedSlots, value: parallelism })
  }

  /** Deployment gives the subtask a process of its own, on `host`. */
  execution(vertex: number, state: ExecutionState, { host = 1, attempt = 0, reason = '' } = {}): this {
    if (state === 'DEPLOYING') this.spawned.set(vertex, host * 65536 + ++this.processes)
    const d = state === 'CREATED' || state === 'SCHEDULED' ? 0 : (this.spawned.get(vertex) ?? 0)
    return this.say('ExecutionState', { a: vertex, b: attempt, c: EXECUTION_STATES.indexOf(state), d, text: reason })
  }

  /** All subtasks of a job's present graph, up to RUNNING. */
  deploy(job: number, attempt = 0): this {
    const { generations, vertices } = this.graph
    const alive = vertices.filter(
      ({ vertex, generation }) => this.graph.job.vertices[vertex]!.job === job && generation === generations[job],
    )
    for (const state of ['SCHEDULED', 'DEPLOYING', 'INITIALIZING', 'RUNNING'] as const)
      for (const { index, subtask } of alive) this.execution(index, state, { host: 1 + (subtask & 1), attempt })
    return this
  }

  processOf(vertex: number): number {
    return this.spawned.get(vertex)!
  }

  say(kind: TraceKindName, columns?: Columns, process = 0): this {
    this.pages.event(micros(this.now), process, kind, columns)
    return this
  }

  after(time: number): this {
    this.now += time
    return this
  }

  take(): EventPage {
    return this.pages.take()
  }
}
