import { JobException, throwAt } from '../core/exceptions'
import { problem, ProblemError } from '../core/problem'
import { isPointwise } from './partitioners'
import { sharedSlotsOf } from './slotSharing'
import type { Channel, ExecutionGraph, ExecutionVertex, JobEdge, JobGraph, StreamGraph } from './types'

/** Which producer feeds a consumer, on which of the producer's subpartitions. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly subpartition: number
}

/**
 * G-16: the links of an exchange, by consumer and then in the order of the consumer's channels.
 * Mirrors VertexInputInfoComputationUtils and EdgeManagerBuildUtil for streaming.
 */
export function linksOf(pointwise: boolean, sources: number, targets: number): readonly Link[] {
  const links: Link[] = []
  for (let to = 0; to < targets; to++) {
    if (!pointwise) {
      for (let from = 0; from < sources; from++) links.push({ from, to, subpartition: to })
    } else if (sources >= targets) {
      const first = Math.floor((to * sources) / targets)
      const end = Math.floor(((to + 1) * sources) / targets)
      for (let from = first; from < end; from++) links.push({ from, to, subpartition: 0 })
    } else {
      const from = Math.floor((to * sources) / targets)
      const first = Math.ceil((from * targets) / sources)
      const count = Math.ceil(((from + 1) * targets) / sources) - first
      links.push({ from, to, subpartition: to % count })
    }
  }
  return links
}

/** Above these a picture shows nothing and a tab gives up; a real cluster has other limits. */
const MAX_SUBTASKS = 20_000
const MAX_CHANNELS = 250_000

/** Throws JobException for a parallelism above the max parallelism, as the JobManager does (ExecutionJobVertex), with the line of the operator. */
export function checkParallelism(job: JobGraph, streamGraph?: StreamGraph): void {
  for (const vertex of job.vertices) {
    if (vertex.parallelism <= vertex.maxParallelism) continue
    throwAt(
      streamGraph?.nodes.find((node) => node.id === vertex.chain[0]!.node)?.line,
      new JobException(
        `Vertex ${vertex.name}'s parallelism (${vertex.parallelism}) is higher than the max parallelism (${vertex.maxParallelism}). ` +
          'Please lower the parallelism or increase the max parallelism.',
      ),
    )
  }
}

/**
 * Every vertex in parallel, and what connects the subtasks. Throws as `checkParallelism` does, and ProblemError `plan-too-large`
 * for a job with more subtasks or channels than can be simulated.
 */
export function executionGraphOf(job: JobGraph, streamGraph?: StreamGraph): ExecutionGraph {
  checkParallelism(job, streamGraph)
  const subtasks = job.vertices.reduce((sum, vertex) => sum + vertex.parallelism, 0)
  const links = job.edges.reduce((sum, edge) => sum + numberOfLinks(edge, job), 0)
  if (subtasks > MAX_SUBTASKS || links > MAX_CHANNELS) throw new ProblemError(problem('plan-too-large', { subtasks, channels: links }))

  const vertices: ExecutionVertex[] = []
  const firstOf: number[] = []
  for (const vertex of job.vertices) {
    firstOf.push(vertices.length)
    for (let subtask = 0; subtask < vertex.parallelism; subtask++) {
      const { parallelism } = vertex
      vertices.push({ index: vertices.length, vertex: vertex.index, subtask, parallelism, generation: 0, sharedSlot: -1 })
    }
  }
  const channels = job.edges.flatMap((edge) => channelsOf(edge, job, firstOf)).map((channel, id): Channel => ({ id, ...channel }))
  const { slotOf, count } = sharedSlotsOf(job)
  return {
    job,
    generations: job.jobs.map(() => 0),
    vertices: vertices.map((vertex) => ({ ...vertex, sharedSlot: slotOf[vertex.index]! })),
    channels,
    sharedSlots: count,
  }
}

/**
 * The graph after one job was scheduled anew with other parallelisms (by vertex of the union, those of other jobs are not read), as the
 * adaptive scheduler does: the job's new subtasks, channels and shared slots are numbered behind all that were. Pure, so that JobManager,
 * TaskManagers and views each make the same from the same event. Throws as `executionGraphOf` does.
 */
export function rescaled(graph: ExecutionGraph, jobIndex: number, parallelism: readonly number[]): ExecutionGraph {
  const { job } = graph
  const vertices = job.vertices.map((vertex) => ({ ...vertex, parallelism: vertex.job === jobIndex ? parallelism[vertex.index]! : 0 }))
  const fresh = executionGraphOf({ ...job, vertices })
  const generation = graph.generations[jobIndex]! + 1
  const firstVertex = graph.vertices.length
  const firstChannel = graph.channels.length
  return {
    job,
    generations: graph.generations.map((known, index) => (index === jobIndex ? generation : known)),
    vertices: [
      ...graph.vertices,
      ...fresh.vertices.map((vertex) => ({
        ...vertex,
        index: firstVertex + vertex.index,
        generation,
        sharedSlot: graph.sharedSlots + vertex.sharedSlot,
      })),
    ],
    channels: [
      ...graph.channels,
      ...fresh.channels.map((channel) => ({
        ...channel,
        id: firstChannel + channel.id,
        from: firstVertex + channel.from,
        to: firstVertex + channel.to,
      })),
    ],
    sharedSlots: graph.sharedSlots + fresh.sharedSlots,
  }
}

/** Whether a subtask belongs to the graph that its job has now. */
export const isAlive = (graph: ExecutionGraph, vertex: ExecutionVertex): boolean =>
  graph.generations[graph.job.vertices[vertex.vertex]!.job] === vertex.generation

function channelsOf(edge: JobEdge, job: JobGraph, firstOf: readonly number[]): Omit<Channel, 'id'>[] {
  const sources = job.vertices[edge.fromVertex]!.parallelism
  const targets = job.vertices[edge.toVertex]!.parallelism
  const seen = new Map<number, number>()
  return linksOf(isPointwise(edge.partitioner.name), sources, targets).map(({ from, to, subpartition }) => {
    const inputChannel = seen.get(to) ?? 0
    seen.set(to, inputChannel + 1)
    return { edge: edge.index, from: firstOf[edge.fromVertex]! + from, to: firstOf[edge.toVertex]! + to, subpartition, inputChannel }
  })
}

function numberOfLinks(edge: JobEdge, job: JobGraph): number {
  const sources = job.vertices[edge.fromVertex]!.parallelism
  const targets = job.vertices[edge.toVertex]!.parallelism
  return isPointwise(edge.partitioner.name) ? Math.max(sources, targets) : sources * targets
}
