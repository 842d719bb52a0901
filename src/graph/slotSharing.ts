import { pointwiseProducers } from './links'
import { isPointwise } from './partitioners'
import type { JobGraph, JobVertex } from './types'

/** The slots of one producer of a vertex, as they are offered to its subtasks. */
interface Candidates {
  readonly pointwise: boolean
  /** Its first subtask among all, and how many it has. */
  readonly first: number
  readonly sources: number
  /** Consumers of one partition group share its slots, each of which is looked at once. All to all: how many were. */
  taken: number
  /** Pointwise with more consumers than producers: which were. */
  readonly seen: Uint8Array | null
}

/**
 * S-2: which subtasks share a slot. Mirrors LocalInputPreferredSlotSharingStrategy: vertices in topological order; a subtask
 * first follows its co-location, then a producer's slot, and only then, when all of its vertex were looked at, takes the first
 * slot that is free for its vertex or opens a new one. Slots are numbered by their lowest subtask (S-3). Vertices of undecided
 * parallelism have no subtasks. In a job of the adaptive scheduler subtask i of every vertex of a group is in the group's slot i, and
 * nothing else counts (AllocatorUtil.createExecutionSlotSharingGroups). `slotOf` is by subtask, vertex by vertex. The cost grows with
 * the subtasks, not with the channels.
 */
export function sharedSlotsOf(
  job: JobGraph,
  isAdaptive: (job: number) => boolean = () => false,
): { readonly slotOf: Int32Array; readonly count: number } {
  const count = (vertex: number): number => Math.max(0, job.vertices[vertex]!.parallelism)
  const firstOf: number[] = []
  let subtasks = 0
  for (const vertex of job.vertices) {
    firstOf.push(subtasks)
    subtasks += count(vertex.index)
  }
  const slotOf = new Int32Array(subtasks)
  /** By slot: its first subtask, and the last vertex that was put into it; vertices come one after the other. */
  const lowest: number[] = []
  const latest: number[] = []
  /** Slots of each group of each job: jobs never share slots, whatever their groups are called. */
  const groups = new Map<string, number[]>()
  const groupOf = (vertex: JobVertex): string => `${vertex.job} ${vertex.slotSharingGroup}`
  const coLocated = new Map<string, number>()
  const inputs: JobGraph['edges'][number][][] = job.vertices.map(() => [])
  for (const edge of job.edges) inputs[edge.toVertex]!.push(edge)

  for (const vertex of job.vertices) {
    const { index, coLocationGroup } = vertex
    const targets = count(index)
    const group = groupOf(vertex)
    const put = (subtask: number, slot: number): void => {
      latest[slot] = index
      slotOf[firstOf[index]! + subtask] = slot
      if (coLocationGroup !== undefined) coLocated.set(`${vertex.job} ${coLocationGroup} ${subtask}`, slot)
    }
    let open = groups.get(group)
    if (open === undefined) groups.set(group, (open = []))
    if (isAdaptive(vertex.job)) {
      for (let subtask = 0; subtask < targets; subtask++) {
        if (subtask === open.length) open.push(lowest.push(firstOf[index]! + subtask) - 1)
        put(subtask, open[subtask]!)
      }
      continue
    }
    // Producers of another group give no candidates.
    const candidates = inputs[index]!.filter(({ fromVertex }) => groupOf(job.vertices[fromVertex]!) === group).map(
      ({ fromVertex, partitioner }): Candidates => {
        const sources = count(fromVertex)
        const pointwise = isPointwise(partitioner.name)
        const seen = pointwise && sources < targets ? new Uint8Array(sources) : null
        return { pointwise, first: firstOf[fromVertex]!, sources, taken: 0, seen }
      },
    )
    const aside: number[] = []
    for (let subtask = 0; subtask < targets; subtask++) {
      const together = coLocationGroup === undefined ? undefined : coLocated.get(`${vertex.job} ${coLocationGroup} ${subtask}`)
      const slot = together ?? take(candidates, subtask, targets, slotOf, (offered) => latest[offered] !== index)
      if (slot === -1) aside.push(subtask)
      else put(subtask, slot)
    }
    let at = 0
    for (const subtask of aside) {
      while (at < open.length && latest[open[at]!] === index) at++
      if (at === open.length) open.push(lowest.push(firstOf[index]! + subtask) - 1)
      put(subtask, open[at]!)
    }
  }

  const order = lowest.map((_, slot) => slot).sort((a, b) => lowest[a]! - lowest[b]!)
  const number = new Int32Array(order.length)
  order.forEach((slot, i) => (number[slot] = i))
  return { slotOf: slotOf.map((slot) => number[slot]!), count: order.length }
}

/** The first slot of a producer that fits, by input and then in partition order; −1: none. */
function take(
  candidates: readonly Candidates[],
  subtask: number,
  targets: number,
  slotOf: Int32Array,
  fits: (slot: number) => boolean,
): number {
  for (const group of candidates) {
    const { pointwise, first, sources, seen } = group
    if (sources === 0) continue
    if (!pointwise) {
      while (group.taken < sources) {
        const slot = slotOf[first + group.taken++]!
        if (fits(slot)) return slot
      }
      continue
    }
    const range = pointwiseProducers(sources, targets, subtask)
    if (seen?.[range.first] === 1) continue
    if (seen !== null) seen[range.first] = 1
    for (let producer = range.first; producer < range.end; producer++) {
      const slot = slotOf[first + producer]!
      if (fits(slot)) return slot
    }
  }
  return -1
}
