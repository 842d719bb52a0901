import type { JobEdge, JobVertex } from './types'

/**
 * G-9: in batch each pipelined region gets a slot sharing group of its own for its vertices in the default group, so that what
 * does not run at the same time need not fit into the same slots. Named `default`, `default-2`, … by the region's first vertex,
 * past names that the program uses itself.
 */
export function batchRegionGroups(vertices: readonly JobVertex[], edges: readonly JobEdge[], defaultGroup: string): readonly JobVertex[] {
  const region = vertices.map((vertex) => vertex.index)
  const rootOf = (vertex: number): number => (region[vertex] === vertex ? vertex : (region[vertex] = rootOf(region[vertex]!)))
  for (const edge of edges) {
    if (edge.resultType !== 'PIPELINED_BOUNDED') continue
    const a = rootOf(edge.fromVertex)
    const b = rootOf(edge.toVertex)
    region[Math.max(a, b)] = Math.min(a, b)
  }
  const taken = new Set(vertices.map(({ slotSharingGroup }) => slotSharingGroup))
  const names = new Map<number, string>()
  let numbered = 1
  const nextName = (): string => {
    if (names.size === 0) return defaultGroup
    do numbered++
    while (taken.has(`${defaultGroup}-${numbered}`))
    return `${defaultGroup}-${numbered}`
  }
  return vertices.map((vertex) => {
    if (vertex.slotSharingGroup !== defaultGroup) return vertex
    const root = rootOf(vertex.index)
    if (!names.has(root)) names.set(root, nextName())
    return { ...vertex, slotSharingGroup: names.get(root)! }
  })
}
