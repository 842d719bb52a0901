import { SchedulingTopology } from './schedulingTopology'
import type { ExecutionGraph } from './types'

/**
 * S-8, pipelined regions: subtasks that exchange data while they run, and so are scheduled and restarted together. Returns the
 * region of each execution vertex, of all generations; regions count in the order of their first vertex. Mirrors
 * PipelinedRegionComputeUtil; hybrid results bind no more than blocking ones do. Its cost grows with the subtasks, not with the channels.
 */
export function pipelinedRegions(graph: ExecutionGraph, topology = new SchedulingTopology(graph)): Int32Array {
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
  // The smaller index is the root, so that regions come out in the order of their first vertex.
  const join = (one: number, other: number): void => {
    const a = rootOf(one)
    const b = rootOf(other)
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  for (const { index, subtask } of graph.vertices) {
    for (const edge of topology.inEdges(index)) {
      if (edge.resultType !== 'PIPELINED_BOUNDED') continue
      const { first, end } = topology.producersOf(index, edge)
      if (first === end) continue
      join(first, index)
      // Ranges of an all-to-all exchange are all the same: the first consumer joins its producers, the others join one of them.
      const whole = end - first > 1 && subtask > 0 && topology.producersOf(index - 1, edge).first === first
      if (!whole) for (let producer = first + 1; producer < end; producer++) join(first, producer)
    }
  }
  const numbers = new Map<number, number>()
  return Int32Array.from(graph.vertices, (vertex) => {
    const root = rootOf(vertex.index)
    const number = numbers.get(root) ?? numbers.size
    numbers.set(root, number)
    return number
  })
}
