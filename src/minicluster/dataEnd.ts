import type { StreamGraph } from '../graph/types'
import type { ResolvedTopic } from '../scenario/types'

/** Virtual µs at which the last record of the data arrives. */
export function lastArrival(topics: readonly ResolvedTopic[]): number {
  let last = 0
  for (const { partitions } of topics) for (const records of partitions) last = Math.max(last, records[records.length - 1]?.arrival ?? 0)
  return last
}

/** Whether a source keeps the job going for ever. */
export const isUnbounded = (graph: StreamGraph): boolean =>
  graph.nodes.some(({ role, operator }) => role === 'source' && operator.params.bounded === false)

/** Virtual µs at which a run is over that would go on for ever: so long behind its data. undefined: it ends by itself. */
export const endOfEndless = (graph: StreamGraph, topics: readonly ResolvedTopic[], after: number): number | undefined =>
  isUnbounded(graph) ? lastArrival(topics) + after : undefined
