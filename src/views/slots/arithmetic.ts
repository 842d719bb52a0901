import type { JobGraph } from '../../graph/types'

/** A task of a slot sharing group; `wanted` is what the program asks for, `parallelism` what it has. */
export interface TaskNeed {
  readonly vertex: number
  readonly name: string
  readonly wanted: number
  readonly parallelism: number
}
export interface GroupNeed {
  readonly name: string
  /** Its letter in the picture, one for each group of each job. */
  readonly badge: string
  /** In topological order. */
  readonly tasks: readonly TaskNeed[]
  readonly highest: number
  /** The tasks that have so many subtasks: to need fewer slots, each of them must be made narrower. */
  readonly decide: readonly TaskNeed[]
}
/** S-1: the slots that a job needs, and each number that goes into it. */
export interface JobNeed {
  readonly job: number
  readonly name: string
  readonly groups: readonly GroupNeed[]
  readonly needed: number
  /** A slot for each subtask: what it would be without slot sharing. */
  readonly unshared: number
  /** The same with what the program asks for. */
  readonly wanted: number
  /** Tasks that have not the parallelism that the program asks for. */
  readonly changed: readonly TaskNeed[]
  /** Some parallelism is not decided yet (dynamic graphs): the numbers above leave it out. */
  readonly dynamic: boolean
}

/** A, B, … Z, AA, …: the letter of the n-th slot sharing group, from 0. */
export function letterOf(n: number): string {
  const last = String.fromCharCode(65 + (n % 26))
  return n < 26 ? last : letterOf(Math.floor(n / 26) - 1) + last
}

/** All jobs' needs; `parallelismOf` a job vertex is what it has at the moment, by default what was asked for. */
export function needsOf(
  graph: JobGraph,
  parallelismOf: (vertex: number) => number = (vertex) => graph.vertices[vertex]!.parallelism,
): JobNeed[] {
  let badges = 0
  return graph.jobs.map(({ name, firstVertex, vertices }, job): JobNeed => {
    const byGroup = new Map<string, TaskNeed[]>()
    for (const vertex of graph.vertices.slice(firstVertex, firstVertex + vertices)) {
      const task = {
        vertex: vertex.index,
        name: vertex.name,
        wanted: vertex.parallelism,
        parallelism: parallelismOf(vertex.index),
      }
      const tasks = byGroup.get(vertex.slotSharingGroup)
      if (tasks === undefined) byGroup.set(vertex.slotSharingGroup, [task])
      else tasks.push(task)
    }
    const groups = [...byGroup].map(([group, tasks]): GroupNeed => {
      const highest = tasks.reduce((most, { parallelism }) => Math.max(most, parallelism), 0)
      const decide = tasks.filter(({ parallelism }) => parallelism === highest)
      return { name: group, badge: letterOf(badges++), tasks, highest, decide }
    })
    const tasks = groups.flatMap((group) => group.tasks)
    const sum = (of: readonly number[]): number => of.reduce((total, n) => total + Math.max(0, n), 0)
    return {
      job,
      name,
      groups,
      needed: sum(groups.map(({ highest }) => highest)),
      unshared: sum(tasks.map(({ parallelism }) => parallelism)),
      wanted: sum(groups.map((group) => group.tasks.reduce((most, { wanted }) => Math.max(most, wanted), 0))),
      changed: tasks.filter(({ wanted, parallelism }) => wanted > 0 && wanted !== parallelism),
      dynamic: tasks.some(({ parallelism }) => parallelism < 1),
    }
  })
}
