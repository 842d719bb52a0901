import { isAlive } from '../../graph/executionGraph'
import type { Selection } from '../../scenario/types'
import type { ClusterState } from '../../trace/cluster/state'
import type { PictureInput, TaskInput } from './input'

/** The task that a selection is about; null for one that is about none, or about several. */
export function taskOf(input: PictureInput, selection: Selection | null): TaskInput | null {
  switch (selection?.kind) {
    case 'task':
    case 'subtask':
      return input.tasks.find(({ vertex }) => vertex === selection.vertex) ?? null
    case 'operator':
      return input.tasks.find(({ operators }) => operators.some(({ node }) => node === selection.node)) ?? null
    default:
      return null
  }
}

/** Execution vertices of what is selected; null if it is about none. */
export function chosenCells(input: PictureInput, selection: Selection | null): ReadonlySet<number> | null {
  const task = taskOf(input, selection)
  if (task === null) return null
  if (selection?.kind !== 'subtask') return new Set(task.cells)
  const cell = task.cells[selection.subtask]
  return cell === undefined ? null : new Set([cell])
}

/** Execution vertices that are on a selected TaskManager, or in a selected slot, at the moment; null if neither is selected. */
export function cellsOn({ graph, slotHost, slotNumber }: ClusterState, selection: Selection | null): ReadonlySet<number> | null {
  if (selection?.kind !== 'taskManager' && selection?.kind !== 'slot') return null
  const on = graph.vertices.filter(
    (vertex) =>
      isAlive(graph, vertex) &&
      slotHost[vertex.sharedSlot] === selection.host &&
      (selection.kind === 'taskManager' || slotNumber[vertex.sharedSlot] === selection.slot),
  )
  return new Set(on.map(({ index }) => index))
}

/** Places of the edges of what is selected, in PictureInput.edges: the one itself, and those that touch it. */
export function chosenEdges(
  input: PictureInput,
  selection: Selection | null,
): { readonly selected: ReadonlySet<number>; readonly touched: ReadonlySet<number> } {
  const selected = new Set<number>()
  const touched = new Set<number>()
  const task = selection?.kind === 'operator' ? null : taskOf(input, selection)
  const jobEdge = selection?.kind === 'channel' ? input.channels.find(({ channel }) => channel === selection.channel)?.edge : undefined
  const operators = input.tasks.flatMap((known) => known.operators)
  input.edges.forEach((edge, place) => {
    if (selection?.kind === 'edge' && edge.edge === selection.edge) selected.add(place)
    else if (jobEdge !== undefined && edge.jobEdge === jobEdge) selected.add(place)
    else if (selection?.kind === 'operator') {
      if (operators[edge.from]!.node === selection.node || operators[edge.to]!.node === selection.node) touched.add(place)
    } else if (task !== null && edge.jobEdge !== null) {
      if (input.tasks[edge.fromTask] === task || input.tasks[edge.toTask] === task) touched.add(place)
    }
  })
  return { selected, touched }
}
