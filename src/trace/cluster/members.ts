import { isAlive } from '../../graph/executionGraph'
import type { ExecutionGraph } from '../../graph/types'
import type { ClusterState } from './state'

/** Subtasks that may run in one slot (S-2): of one job, one slot sharing group, one generation. */
export interface SharedSlotInfo {
  readonly sharedSlot: number
  readonly job: number
  readonly group: string
  /** Execution vertices, ascending. */
  readonly subtasks: readonly number[]
  /** Whether it belongs to the graph that its job has at the moment. */
  readonly alive: boolean
}

interface Members {
  /** By job vertex: execution vertices of the generation that is alive, by subtask. */
  readonly current: readonly (readonly number[])[]
  readonly sharedSlots: readonly SharedSlotInfo[]
  /** By execution vertex: how many channels it reads. */
  readonly inputs: Int32Array
}

const known = new WeakMap<ExecutionGraph, Members>()

function membersOf(graph: ExecutionGraph): Members {
  const found = known.get(graph)
  if (found !== undefined) return found
  const current: number[][] = graph.job.vertices.map(() => [])
  const subtasks: number[][] = Array.from({ length: graph.sharedSlots }, () => [])
  for (const vertex of graph.vertices) {
    if (isAlive(graph, vertex)) current[vertex.vertex]!.push(vertex.index)
    subtasks[vertex.sharedSlot]?.push(vertex.index)
  }
  const sharedSlots = subtasks.map((indices, sharedSlot): SharedSlotInfo => {
    const first = graph.vertices[indices[0] ?? -1]
    // What is too large for a run is told without its subtasks.
    if (first === undefined) return { sharedSlot, job: -1, group: '', subtasks: indices, alive: false }
    const { job, slotSharingGroup: group } = graph.job.vertices[first.vertex]!
    return { sharedSlot, job, group, subtasks: indices, alive: isAlive(graph, first) }
  })
  const inputs = new Int32Array(graph.vertices.length)
  for (const { to } of graph.channels) inputs[to]!++
  const members = { current, sharedSlots, inputs }
  known.set(graph, members)
  return members
}

export const sharedSlotsOf = (graph: ExecutionGraph): readonly SharedSlotInfo[] => membersOf(graph).sharedSlots

/** How many channels an execution vertex reads. */
export const inputCount = (graph: ExecutionGraph, vertex: number): number => membersOf(graph).inputs[vertex] ?? 0

/** The execution vertices that a graph has alive for a job vertex, in the order of their subtasks. */
export const aliveVertices = (graph: ExecutionGraph, jobVertex: number): readonly number[] => membersOf(graph).current[jobVertex] ?? []

/** The subtasks that a task has at this moment: execution vertices, in order. */
export const currentVertices = (state: ClusterState, jobVertex: number): readonly number[] => aliveVertices(state.graph, jobVertex)

export const currentParallelism = (state: ClusterState, jobVertex: number): number => currentVertices(state, jobVertex).length

/** The execution vertex that subtask number `subtask` of a task is at this moment; −1 if it has none of that number. */
export const currentSubtask = (state: ClusterState, jobVertex: number, subtask: number): number =>
  currentVertices(state, jobVertex)[subtask] ?? -1
