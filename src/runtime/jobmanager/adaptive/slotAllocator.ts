import type { JobVertex } from '../../../graph/types'

/** The least that a task is run with: requirements with a lower bound of their own come through Flink's REST interface alone. */
const LOWER_BOUND = 1

interface SharingGroup {
  readonly vertices: readonly JobVertex[]
  /** The highest parallelism in it. */
  readonly wanted: number
}

/** In the order of their first vertex, where Flink's is that of a hash map. */
function groupsOf(vertices: readonly JobVertex[]): readonly SharingGroup[] {
  const groups = new Map<string, JobVertex[]>()
  for (const vertex of vertices) {
    const group = groups.get(vertex.slotSharingGroup)
    if (group === undefined) groups.set(vertex.slotSharingGroup, [vertex])
    else group.push(vertex)
  }
  return [...groups.values()].map((group) => ({ vertices: group, wanted: Math.max(...group.map(({ parallelism }) => parallelism)) }))
}

/** Slots that a job would use if it had them all. Mirrors SlotSharingSlotAllocator.calculateRequiredSlots. */
export const requiredSlots = (vertices: readonly JobVertex[]): number => groupsOf(vertices).reduce((sum, { wanted }) => sum + wanted, 0)

/**
 * The parallelism of each of a job's vertices, in their order, with so many slots; null when not even one slot for each slot sharing group is there.
 * Slots are shared out evenly over the groups, those with the fewest wishes first; what a group does not need the others get. Mirrors SlotSharingSlotAllocator.determineParallelism.
 */
export function determineParallelism(vertices: readonly JobVertex[], slots: number): readonly number[] | null {
  const groups = groupsOf(vertices)
  let unassigned = slots
  let reserved = groups.length * LOWER_BOUND
  let remaining = groups.length
  if (reserved > slots) return null
  const parallelism = new Map<number, number>()
  for (const { vertices: group, wanted } of [...groups].sort((a, b) => a.wanted - b.wanted)) {
    const share = Math.floor((unassigned - reserved) / remaining)
    const given = LOWER_BOUND + Math.min(wanted - LOWER_BOUND, share)
    for (const vertex of group) parallelism.set(vertex.index, Math.min(vertex.parallelism, given))
    reserved -= LOWER_BOUND
    unassigned -= given
    remaining--
  }
  return vertices.map(({ index }) => parallelism.get(index)!)
}
