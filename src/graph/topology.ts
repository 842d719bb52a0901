import { assert } from '../base/assert'

/**
 * P-3, mirrors JobGraph.getVerticesSortedTopologicallyFromSources: first all vertices without inputs in order of creation; then,
 * starting at each of those in turn, consumers of which no other producer is still to be placed, depth first. Takes edges in the
 * order in which they were connected.
 */
export function sortTopologically(
  created: readonly number[],
  edges: readonly { readonly from: number; readonly to: number }[],
): readonly number[] {
  const remaining = new Set(created)
  const sorted = created.filter((vertex) => !edges.some((edge) => edge.to === vertex))
  for (const vertex of sorted) remaining.delete(vertex)
  const append = (vertex: number): void => {
    for (const edge of edges) {
      if (edge.from !== vertex || !remaining.has(edge.to)) continue
      const waits = edges.some((other) => other !== edge && other.to === edge.to && remaining.has(other.from))
      if (waits) continue
      sorted.push(edge.to)
      remaining.delete(edge.to)
      append(edge.to)
    }
  }
  for (let i = 0; remaining.size > 0; i++) {
    assert(i < sorted.length, 'The job graph is cyclic.')
    append(sorted[i]!)
  }
  return sorted
}
