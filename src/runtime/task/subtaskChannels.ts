import type { Channel, ExecutionGraph } from '../../graph/types'

/** The channels of one subtask, in the order of the graph. */
export interface SubtaskChannels {
  readonly inputs: readonly Channel[]
  readonly outputs: readonly Channel[]
}

/** Sorted out once for each graph and thread: tasks are many, and so are channels. */
const known = new WeakMap<ExecutionGraph, { readonly inputs: Channel[]; readonly outputs: Channel[] }[]>()

/** Of an execution vertex; the graph must not be too large, or it lists none. */
export function channelsOf(graph: ExecutionGraph, vertex: number): SubtaskChannels {
  let all = known.get(graph)
  if (all === undefined) {
    all = graph.vertices.map(() => ({ inputs: [], outputs: [] }))
    for (const channel of graph.channels) {
      all[channel.from]!.outputs.push(channel)
      all[channel.to]!.inputs.push(channel)
    }
    known.set(graph, all)
  }
  return all[vertex]!
}
