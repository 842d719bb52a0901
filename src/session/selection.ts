import type { Selection } from '../scenario/types'
import type { TraceHeader } from '../trace/types'

/**
 * A selection of a former run, or of a bookmark, if the run on screen has such a thing: else null. What only comes about during a run
 * (records, windows, events, keys) is taken at its word, as are subtasks and channels of a graph that is yet to be made: whoever shows
 * them says when there is none.
 */
export function validFor(selection: Selection | null, { header }: { readonly header: TraceHeader | null }): Selection | null {
  if (selection === null || header === null) return null
  return isThere(selection, header) ? selection : null
}

function isThere(selection: Selection, { executionGraph: graph, streamGraph, hosts }: TraceHeader): boolean {
  const { vertices } = graph.job
  switch (selection.kind) {
    case 'task':
      return vertices[selection.vertex] !== undefined
    case 'subtask': {
      const vertex = vertices[selection.vertex]
      return vertex !== undefined && selection.subtask < vertex.maxParallelism
    }
    case 'operator':
    case 'partition':
    case 'timer':
      return streamGraph.nodes.some(({ id }) => id === selection.node)
    case 'edge':
      return streamGraph.edges[selection.edge] !== undefined
    case 'taskManager':
    case 'slot': {
      const host = hosts.find((known) => known.host === selection.host)
      return host?.kind === 'taskmanager' && (selection.kind === 'taskManager' || selection.slot < host.slots)
    }
    case 'channel':
    case 'record':
    case 'window':
    case 'event':
    case 'key':
      return true
  }
}
