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
  const outs = new Map<number, number[]>(created.map((vertex) => [vertex, []]))
  /** Edges into a vertex from producers that are still to be placed. */
  const open = new Map<number, number>(created.map((vertex) => [vertex, 0]))
  for (const { from, to } of edges) {
    outs.get(from)!.push(to)
    open.set(to, open.get(to)! + 1)
  }
  const sorted: number[] = []
  const remaining = new Set(created)
  const place = (vertex: number): void => {
    sorted.push(vertex)
    remaining.delete(vertex)
    for (const to of outs.get(vertex)!) open.set(to, open.get(to)! - 1)
  }
  for (const vertex of created.filter((candidate) => open.get(candidate) === 0)) place(vertex)
  const append = (vertex: number): void => {
    for (const to of outs.get(vertex)!) {
      if (!remaining.has(to) || open.get(to)! > 0) continue
      place(to)
      append(to)
    }
  }
  for (let i = 0; remaining.size > 0; i++) {
    assert(i < sorted.length, 'The job graph is cyclic.')
    append(sorted[i]!)
  }
  return sorted
}
