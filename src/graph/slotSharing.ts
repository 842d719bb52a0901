import { isPointwise } from './partitioners'
import { linksOf } from './executionGraph'
import type { JobGraph, JobVertex } from './types'

interface SharedSlot {
  readonly group: string
  readonly job: number
  /** Vertices that have a subtask in it. */
  readonly vertices: Set<number>
  /** Index among all subtasks, vertex by vertex. */
  readonly members: number[]
}

/**
 * S-2: which subtasks share a slot. Mirrors LocalInputPreferredSlotSharingStrategy: vertices in topological order; a subtask
 * first follows its co-location, then a producer's slot, and only then, when all of its vertex were looked at, takes the first
 * slot that is free for its vertex or opens a new one. Slots are numbered by their lowest subtask (S-3).
 */
export function sharedSlotsOf(job: JobGraph): { readonly slotOf: readonly number[]; readonly count: number } {
  const firstOf: number[] = []
  let subtasks = 0
  for (const vertex of job.vertices) {
    firstOf.push(subtasks)
    subtasks += vertex.parallelism
  }
  const slots: SharedSlot[] = []
  const assigned: (SharedSlot | undefined)[] = Array.from({ length: subtasks }, () => undefined)
  const coLocated = new Map<string, SharedSlot>()

  for (const vertex of job.vertices) {
    const put = (subtask: number, slot: SharedSlot): void => {
      slot.vertices.add(vertex.index)
      slot.members.push(firstOf[vertex.index]! + subtask)
      assigned[firstOf[vertex.index]! + subtask] = slot
      if (vertex.coLocationGroup !== undefined) coLocated.set(`${vertex.job} ${vertex.coLocationGroup} ${subtask}`, slot)
    }
    const candidates = candidatesByConsumer(job, vertex.index, (producer, subtask) => assigned[firstOf[producer]! + subtask])
    const aside: number[] = []
    for (let subtask = 0; subtask < vertex.parallelism; subtask++) {
      const together =
        vertex.coLocationGroup === undefined ? undefined : coLocated.get(`${vertex.job} ${vertex.coLocationGroup} ${subtask}`)
      const slot = together ?? takeCandidate(candidates[subtask]!, vertex)
      if (slot === undefined) aside.push(subtask)
      else put(subtask, slot)
    }
    for (const subtask of aside) {
      let slot = slots.find((open) => fits(open, vertex))
      if (slot === undefined) {
        slot = { group: vertex.slotSharingGroup, job: vertex.job, vertices: new Set(), members: [] }
        slots.push(slot)
      }
      put(subtask, slot)
    }
  }

  const numbered = [...slots].sort((a, b) => a.members[0]! - b.members[0]!)
  const number = new Map(numbered.map((slot, i) => [slot, i]))
  return { slotOf: assigned.map((slot) => number.get(slot!)!), count: slots.length }
}

/** Slots of a group's producers, used up by whoever looks at them. */
type Candidates = SharedSlot[]

/** For each subtask of a vertex the consumed groups in input order; consumers of one partition group share its list. */
function candidatesByConsumer(
  job: JobGraph,
  vertex: number,
  slotOf: (producer: number, subtask: number) => SharedSlot | undefined,
): readonly (readonly Candidates[])[] {
  const consumers: Candidates[][] = Array.from({ length: job.vertices[vertex]!.parallelism }, () => [])
  for (const edge of job.edges) {
    if (edge.toVertex !== vertex) continue
    const producers = job.vertices[edge.fromVertex]!.parallelism
    const shared = new Map<string, Candidates>()
    const byConsumer = new Map<number, number[]>()
    for (const link of linksOf(isPointwise(edge.partitioner.name), producers, consumers.length)) {
      byConsumer.set(link.to, [...(byConsumer.get(link.to) ?? []), link.from])
    }
    for (const [to, from] of byConsumer) {
      const group = from.join(' ')
      let list = shared.get(group)
      if (list === undefined) {
        list = from.map((subtask) => slotOf(edge.fromVertex, subtask)).filter((slot) => slot !== undefined)
        shared.set(group, list)
      }
      consumers[to]!.push(list)
    }
  }
  return consumers
}

/** Jobs never share slots, whatever their groups are called. */
const fits = (slot: SharedSlot, vertex: JobVertex): boolean =>
  slot.job === vertex.job && slot.group === vertex.slotSharingGroup && !slot.vertices.has(vertex.index)

function takeCandidate(groups: readonly Candidates[], vertex: JobVertex): SharedSlot | undefined {
  for (const candidates of groups) {
    for (let slot = candidates.shift(); slot !== undefined; slot = candidates.shift()) {
      if (fits(slot, vertex)) return slot
    }
  }
  return undefined
}
