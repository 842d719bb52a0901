import type { JobGraph } from './types'

/** One slot sharing group of a job: it needs as many slots as its widest task has subtasks. */
export interface GroupArithmetic {
  readonly name: string
  /** Its tasks, by index in the union, in topological order. */
  readonly vertices: readonly number[]
  /** Slots that it needs; null while the scheduler has not decided the parallelism of a task in it. */
  readonly slots: number | null
  /** Tasks of that parallelism: to need fewer slots, all of them must be made narrower. Empty if undecided. */
  readonly widest: readonly number[]
}

export interface SlotArithmetic {
  /** By the first task of each. */
  readonly groups: readonly GroupArithmetic[]
  /** S-1: the sum over the groups; null if one is undecided. */
  readonly total: number | null
}

/**
 * S-1: how many slots a job needs at once if all of its tasks run at once, and why. In batch, regions run one after the other (S-9),
 * so fewer may do. Parallelism is what the program asked for: a generation that was made anew counts its own subtasks.
 */
export function slotArithmetic(job: JobGraph, jobIndex: number): SlotArithmetic {
  const members = new Map<string, number[]>()
  for (const vertex of job.vertices) {
    if (vertex.job !== jobIndex) continue
    const group = members.get(vertex.slotSharingGroup)
    if (group === undefined) members.set(vertex.slotSharingGroup, [vertex.index])
    else group.push(vertex.index)
  }
  const parallelismOf = (vertex: number): number => job.vertices[vertex]!.parallelism
  const groups = [...members].map(([name, vertices]): GroupArithmetic => {
    const undecided = vertices.some((vertex) => parallelismOf(vertex) === -1)
    const slots = undecided ? null : Math.max(...vertices.map(parallelismOf))
    return { name, vertices, slots, widest: vertices.filter((vertex) => parallelismOf(vertex) === slots) }
  })
  const total = groups.reduce<number | null>((sum, { slots }) => (sum === null || slots === null ? null : sum + slots), 0)
  return { groups, total }
}
