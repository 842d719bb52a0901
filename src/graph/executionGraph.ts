import { JobException, throwAt } from '../core/exceptions'
import { problem, ProblemError } from '../core/problem'
import { forEachLink, numberOfLinks } from './links'
import { isPointwise } from './partitioners'
import { slotArithmetic } from './slotArithmetic'
import { sharedSlotsOf } from './slotSharing'
import type { Channel, ExecutionGraph, ExecutionVertex, JobGraph, StreamGraph } from './types'

/** Above these a picture shows nothing and a tab gives up; a real cluster has other limits. */
const MAX_SIMULATED_SUBTASKS = 20_000
const MAX_SIMULATED_CHANNELS = 250_000
/** Above this not even subtasks are listed. */
const MAX_LISTED_SUBTASKS = 200_000

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

/** How many subtasks a vertex has as long as nobody decided otherwise: none while its parallelism is undecided. */
const subtasksOf = (parallelism: number): number => Math.max(0, parallelism)

/**
 * Every vertex in parallel, and what connects the subtasks. Throws as `checkParallelism` does. A job with more subtasks or channels
 * than can be simulated is marked `tooLarge`: its subtasks and slots are there, its channels are not. Subtasks of a job of the adaptive
 * scheduler share slots in a way of their own (`sharedSlotsOf`).
 */
export function executionGraphOf(job: JobGraph, streamGraph?: StreamGraph, isAdaptive?: (job: number) => boolean): ExecutionGraph {
  checkParallelism(job, streamGraph)
  const parallelism = job.vertices.map((vertex) => subtasksOf(vertex.parallelism))
  const subtasks = parallelism.reduce((sum, own) => sum + own, 0)
  const channels = job.edges.reduce((sum, { fromVertex, toVertex, partitioner }) => {
    return sum + numberOfLinks(isPointwise(partitioner.name), parallelism[fromVertex]!, parallelism[toVertex]!)
  }, 0)
  const tooLarge = subtasks > MAX_SIMULATED_SUBTASKS || channels > MAX_SIMULATED_CHANNELS ? { tooLarge: { subtasks, channels } } : {}
  const generations = job.jobs.map(() => 0)
  if (subtasks > MAX_LISTED_SUBTASKS) {
    const sharedSlots = job.jobs.reduce((sum, _, index) => sum + (slotArithmetic(job, index).total ?? 0), 0)
    return { job, generations, vertices: [], channels: [], sharedSlots, ...tooLarge }
  }

  const { slotOf, count } = sharedSlotsOf(job, isAdaptive)
  const vertices: ExecutionVertex[] = []
  const firstOf: number[] = []
  job.vertices.forEach(({ index: vertex }, i) => {
    firstOf.push(vertices.length)
    for (let subtask = 0; subtask < parallelism[i]!; subtask++) {
      const index = vertices.length
      vertices.push({ index, vertex, subtask, parallelism: parallelism[i]!, generation: 0, sharedSlot: slotOf[index]! })
    }
  })
  return {
    job,
    generations,
    vertices,
    channels: 'tooLarge' in tooLarge ? [] : channelsOf(job, parallelism, firstOf),
    sharedSlots: count,
    ...tooLarge,
  }
}

/** Throws ProblemError `plan-too-large` for what is planned, but cannot be simulated in a tab. */
export function requireSimulated({ tooLarge }: ExecutionGraph): void {
  if (tooLarge !== undefined) throw new ProblemError(problem('plan-too-large', { ...tooLarge }))
}

/**
 * The graph after one job was scheduled anew with other parallelisms (by vertex of the union, those of other jobs are not read), as the
 * adaptive scheduler does: the job's new subtasks, channels and shared slots are numbered behind all that were. Pure, so that JobManager,
 * TaskManagers and views each make the same from the same event. Throws as `checkParallelism` and `requireSimulated` do.
 */
export function rescaled(graph: ExecutionGraph, jobIndex: number, parallelism: readonly number[]): ExecutionGraph {
  const { job } = graph
  const vertices = job.vertices.map((vertex) => ({ ...vertex, parallelism: vertex.job === jobIndex ? parallelism[vertex.index]! : 0 }))
  const fresh = executionGraphOf({ ...job, vertices }, undefined, () => true)
  requireSimulated(fresh)
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

function channelsOf(job: JobGraph, parallelism: readonly number[], firstOf: readonly number[]): Channel[] {
  const channels: Channel[] = []
  for (const { index: edge, fromVertex, toVertex, partitioner } of job.edges) {
    const firstProducer = firstOf[fromVertex]!
    const firstConsumer = firstOf[toVertex]!
    forEachLink(isPointwise(partitioner.name), parallelism[fromVertex]!, parallelism[toVertex]!, (from, to, subpartition, inputChannel) => {
      channels.push({ id: channels.length, edge, from: firstProducer + from, to: firstConsumer + to, subpartition, inputChannel })
    })
  }
  return channels
}
