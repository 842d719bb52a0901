import type { ExecutionGraph } from '../../graph/types'

/**
 * Pipelined regions (S-8): subtasks that exchange data while they run, and so are scheduled, and later restarted, together.
 * Returns the region of each execution vertex; regions count in the order of their first vertex. Mirrors PipelinedRegionComputeUtil.
 * Every result is pipelined here: blocking results come with batch.
 */
export function pipelinedRegions(graph: ExecutionGraph): Int32Array {
  const parent = Int32Array.from(graph.vertices, (vertex) => vertex.index)
  const rootOf = (index: number): number => {
    let root = index
    while (parent[root] !== root) root = parent[root]!
    while (parent[index] !== root) {
      const next = parent[index]!
      parent[index] = root
      index = next
    }
    return root
  }
  for (const channel of graph.channels) {
    const a = rootOf(channel.from)
    const b = rootOf(channel.to)
    // The smaller index is the root, so that regions come out in the order of their first vertex.
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  const numbers = new Map<number, number>()
  return Int32Array.from(graph.vertices, (vertex) => {
    const root = rootOf(vertex.index)
    const number = numbers.get(root) ?? numbers.size
    numbers.set(root, number)
    return number
  })
}
