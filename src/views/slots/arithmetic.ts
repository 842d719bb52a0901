import { slotArithmetic } from '../../graph/slotArithmetic'
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
  /** The scheduler has not decided the parallelism of all of its tasks. */
  readonly dynamic: boolean
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
  const moment: JobGraph = { ...graph, vertices: graph.vertices.map((vertex) => ({ ...vertex, parallelism: parallelismOf(vertex.index) })) }
  const needOf = (vertex: number): TaskNeed => {
    const { name, parallelism: wanted } = graph.vertices[vertex]!
    return { vertex, name, wanted, parallelism: moment.vertices[vertex]!.parallelism }
  }
  let badges = 0
  return graph.jobs.map(({ name }, job): JobNeed => {
    const asked = slotArithmetic(graph, job)
    const groups = slotArithmetic(moment, job).groups.map((group): GroupNeed => ({
      name: group.name,
      badge: letterOf(badges++),
      tasks: group.vertices.map(needOf),
      highest: group.slots ?? 0,
      decide: group.widest.map(needOf),
      dynamic: group.slots === null,
    }))
    const tasks = groups.flatMap((group) => group.tasks)
    return {
      job,
      name,
      groups,
      needed: sum(groups.map(({ highest }) => highest)),
      unshared: sum(tasks.map(({ parallelism }) => parallelism)),
      wanted: sum(asked.groups.map(({ slots }) => slots ?? 0)),
      changed: tasks.filter(({ wanted, parallelism }) => wanted > 0 && wanted !== parallelism),
      dynamic: groups.some((group) => group.dynamic),
    }
  })
}

const sum = (of: readonly number[]): number => of.reduce((total, n) => total + Math.max(0, n), 0)
