import { pointwiseProducers } from './links'
import { isPointwise } from './partitioners'
import type { JobGraph, JobVertex } from './types'

interface SharedSlot {
  /** Index among all subtasks, vertex by vertex, of the first that was put into it. */
  readonly first: number
  /** The last vertex that was put into it: vertices come one after the other. */
  latest: number
}

/**
 * S-2: which subtasks share a slot. Mirrors LocalInputPreferredSlotSharingStrategy: vertices in topological order; a subtask
 * first follows its co-location, then a producer's slot, and only then, when all of its vertex were looked at, takes the first
 * slot that is free for its vertex or opens a new one. Slots are numbered by their lowest subtask (S-3). Vertices of undecided
 * parallelism have no subtasks. In a job of the adaptive scheduler subtask i of every vertex of a group is in the group's slot i, and
 * nothing else counts (AllocatorUtil.createExecutionSlotSharingGroups).
 */
export function sharedSlotsOf(
  job: JobGraph,
  isAdaptive: (job: number) => boolean = () => false,
): { readonly slotOf: readonly number[]; readonly count: number } {
  const parallelismOf = (vertex: number): number => Math.max(0, job.vertices[vertex]!.parallelism)
  const firstOf: number[] = []
  let subtasks = 0
  for (const vertex of job.vertices) {
    firstOf.push(subtasks)
    subtasks += parallelismOf(vertex.index)
  }
  const assigned: SharedSlot[] = []
  /** Slots of each group of each job: jobs never share slots, whatever their groups are called. */
  const groups = new Map<string, SharedSlot[]>()
  const coLocated = new Map<string, SharedSlot>()
  const groupOf = (vertex: JobVertex): string => `${vertex.job} ${vertex.slotSharingGroup}`
  const inputs: JobGraph['edges'][number][][] = job.vertices.map(() => [])
  for (const edge of job.edges) inputs[edge.toVertex]!.push(edge)

  for (const vertex of job.vertices) {
    const { index, coLocationGroup } = vertex
    const count = parallelismOf(index)
    const put = (subtask: number, slot: SharedSlot): void => {
      slot.latest = index
      assigned[firstOf[index]! + subtask] = slot
      if (coLocationGroup !== undefined) coLocated.set(`${vertex.job} ${coLocationGroup} ${subtask}`, slot)
    }
    let open = groups.get(groupOf(vertex))
    if (open === undefined) groups.set(groupOf(vertex), (open = []))
    if (isAdaptive(vertex.job)) {
      for (let subtask = 0; subtask < count; subtask++) {
        if (subtask === open.length) open.push({ first: firstOf[index]! + subtask, latest: index })
        put(subtask, open[subtask]!)
      }
      continue
    }
    // Producers of another group give no candidates; the others' slots are used up by whoever looks at them.
    const candidates = inputs[index]!.filter(({ fromVertex }) => groupOf(job.vertices[fromVertex]!) === groupOf(vertex)).map(
      ({ fromVertex, partitioner }) =>
        candidatesOf(isPointwise(partitioner.name), parallelismOf(fromVertex), count, (from) => assigned[firstOf[fromVertex]! + from]!),
    )
    const take = (subtask: number): SharedSlot | undefined => {
      for (const of of candidates) {
        const group = of(subtask)
        for (let slot = group.next(); slot !== undefined; slot = group.next()) if (slot.latest !== index) return slot
      }
      return undefined
    }
    const aside: number[] = []
    for (let subtask = 0; subtask < count; subtask++) {
      const together = coLocationGroup === undefined ? undefined : coLocated.get(`${vertex.job} ${coLocationGroup} ${subtask}`)
      const slot = together ?? take(subtask)
      if (slot === undefined) aside.push(subtask)
      else put(subtask, slot)
    }
    let at = 0
    for (const subtask of aside) {
      while (open[at]?.latest === index) at++
      if (at === open.length) open.push({ first: firstOf[index]! + subtask, latest: index })
      put(subtask, open[at]!)
    }
  }

  const numbered = [...groups.values()].flat().sort((a, b) => a.first - b.first)
  const number = new Map(numbered.map((slot, i) => [slot, i]))
  return { slotOf: assigned.map((slot) => number.get(slot)!), count: numbered.length }
}

/** The slots of one consumed partition group, in partition order, shared by all its consumers: each is looked at once. */
class Candidates {
  constructor(
    private at: number,
    private readonly end: number,
    private readonly slotOf: (producer: number) => SharedSlot,
  ) {}

  next(): SharedSlot | undefined {
    return this.at < this.end ? this.slotOf(this.at++) : undefined
  }
}

/** By consumer: consumers that read the same partitions are one group (ConsumedPartitionGroup). */
function candidatesOf(
  pointwise: boolean,
  sources: number,
  targets: number,
  slotOf: (producer: number) => SharedSlot,
): (subtask: number) => Candidates {
  if (!pointwise) {
    const all = new Candidates(0, sources, slotOf)
    return () => all
  }
  const byFirst = new Map<number, Candidates>()
  return (subtask) => {
    const { first, end } = sources === 0 ? { first: 0, end: 0 } : pointwiseProducers(sources, targets, subtask)
    let group = byFirst.get(first)
    if (group === undefined) byFirst.set(first, (group = new Candidates(first, end, slotOf)))
    return group
  }
}
