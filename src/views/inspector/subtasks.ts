import type { ChainBreak } from '../../graph/types'
import {
  busyShare,
  currentSubtask,
  currentVertices,
  executionStateOf,
  offsetsOf,
  slotOf,
  slowestInput,
  watermarkEventOf,
  watermarkOf,
} from '../../trace/cluster/queries'
import type { BusyShare, PartitionOffset, SlotPlace } from '../../trace/cluster/queries'
import type { ExecutionState } from '../../trace/kinds'
import { streamEdgeOf } from './plan'
import type { Since, Sources } from './sources'

export interface OperatorFacts {
  readonly node: number
  readonly name: string
  readonly kind: string
  readonly line?: number
}

export interface EdgeFacts {
  readonly edge: number
  /** The task at the other end. */
  readonly vertex: number
  readonly name: string
  readonly partitioner: string
  readonly reason: ChainBreak
  /** Which edge of the StreamGraph it is. */
  readonly streamEdge: number
}

export interface TaskFacts {
  readonly vertex: number
  readonly name: string
  readonly parallelism: number
  readonly maxParallelism: number
  readonly slotSharingGroup: string
  readonly chain: readonly OperatorFacts[]
  readonly inputs: readonly EdgeFacts[]
  readonly outputs: readonly EdgeFacts[]
  readonly subtasks: readonly SubtaskFacts[]
}

export interface SubtaskFacts {
  /** Of the execution vertex. */
  readonly index: number
  readonly vertex: number
  readonly subtask: number
  readonly name: string
  readonly execution: Since<ExecutionState>
  readonly attempt: number
  readonly slot: SlotPlace | null
  readonly source: boolean
  readonly watermark: Since<number>
  readonly idle: boolean
  readonly busy: BusyShare
  readonly recordsIn: number
  readonly recordsOut: number
  readonly dropped: number
  readonly late: Since<number>
  readonly written: number
  readonly keys: number
  readonly timers: number
  readonly windows: number
  readonly offsets: readonly PartitionOffset[]
  /** Of its inputs the one that holds its watermark, −1 for a source. */
  readonly slowestInput: number
  readonly inputs: readonly ChannelFacts[]
  readonly outputs: readonly ChannelFacts[]
}

export interface ChannelFacts {
  readonly channel: number
  readonly from: number
  readonly to: number
  readonly partitioner: string
  /** The edge of the StreamGraph that it is a channel of. */
  readonly streamEdge: number
  readonly watermark: Since<number>
  readonly idle: boolean
  readonly ended: boolean
  readonly buffered: number
  readonly inFlight: number
  readonly queued: number
  readonly read: number
  /** null: not told. */
  readonly credits: number | null
  /** Last thing the receiver took from it: when, and the event; null if nothing. */
  readonly last: Since<number> | null
}

export function taskFacts(sources: Sources, vertex: number): TaskFacts | null {
  const { header, state } = sources
  const task = header.executionGraph.job.vertices[vertex]
  if (task === undefined) return null
  const { vertices, edges } = header.executionGraph.job
  const nodes = new Map(header.streamGraph.nodes.map((node) => [node.id, node]))
  const edgeFacts = (other: 'fromVertex' | 'toVertex') => (edge: (typeof edges)[number]) => ({
    edge: edge.index,
    vertex: edge[other],
    name: vertices[edge[other]]!.name,
    partitioner: edge.partitioner.name,
    reason: edge.reason,
    streamEdge: streamEdgeOf(header, edge),
  })
  return {
    vertex,
    name: task.name,
    parallelism: task.parallelism,
    maxParallelism: task.maxParallelism,
    slotSharingGroup: task.slotSharingGroup,
    chain: task.chain.map(({ node }) => {
      const operator = nodes.get(node)
      return {
        node,
        name: operator?.name ?? `#${node}`,
        kind: operator?.operator.kind ?? '',
        ...(operator?.line === undefined ? {} : { line: operator.line }),
      }
    }),
    inputs: edges.filter(({ toVertex }) => toVertex === vertex).map(edgeFacts('fromVertex')),
    outputs: edges.filter(({ fromVertex }) => fromVertex === vertex).map(edgeFacts('toVertex')),
    subtasks: currentVertices(state.cluster, vertex).map((index) => subtaskFacts(sources, index)!),
  }
}

/** `index` is that of the execution vertex. */
export function subtaskFacts(sources: Sources, index: number): SubtaskFacts | null {
  const { header, time } = sources
  const { cluster } = sources.state
  const vertex = cluster.graph.vertices[index]
  if (vertex === undefined) return null
  let inputs: readonly ChannelFacts[] | undefined
  let outputs: readonly ChannelFacts[] | undefined
  return {
    index,
    vertex: vertex.vertex,
    subtask: vertex.subtask,
    name: header.executionGraph.job.vertices[vertex.vertex]!.name,
    execution: { value: executionStateOf(cluster, index), event: cluster.executionEvent[index]! },
    attempt: cluster.attempt[index]!,
    slot: slotOf(cluster, header, index),
    source: cluster.plan.isSource[index] === 1,
    watermark: { value: watermarkOf(cluster, index), event: watermarkEventOf(cluster, index) },
    idle: cluster.idle[index] === 1,
    busy: busyShare(cluster, index, time),
    recordsIn: cluster.recordsIn[index]!,
    recordsOut: cluster.recordsOut[index]!,
    dropped: cluster.dropped[index]!,
    late: { value: cluster.late[index]!, event: cluster.lateEvent[index]! },
    written: cluster.written[index]!,
    keys: cluster.keys[index]!,
    timers: cluster.timers[index]!,
    windows: cluster.windows[index]!,
    offsets: offsetsOf(cluster, index),
    slowestInput: slowestInput(cluster, index),
    // Of a wide task nobody looks at all of them.
    get inputs() {
      return (inputs ??= cluster.plan.inputs[index]!.map((channel) => channelFacts(sources, channel)!))
    },
    get outputs() {
      return (outputs ??= cluster.plan.outputs[index]!.map((channel) => channelFacts(sources, channel)!))
    },
  }
}

/** The execution vertex that the subtask is at this moment; −1 if the task has none of that number. */
export const subtaskIndex = ({ state }: Sources, vertex: number, subtask: number): number => currentSubtask(state.cluster, vertex, subtask)

export function channelFacts({ state, header, log }: Sources, channel: number): ChannelFacts | null {
  const { cluster } = state
  // Of a graph that is yet to be made there is nothing to tell.
  const known = cluster.graph.channels[channel]
  if (known === undefined) return null
  const jobEdge = header.executionGraph.job.edges[known.edge]!
  const last = cluster.lastReadEvent[channel]!
  return {
    channel,
    from: known.from,
    to: known.to,
    partitioner: jobEdge.partitioner.name,
    streamEdge: streamEdgeOf(header, jobEdge),
    watermark: { value: cluster.channelWatermark[channel]!, event: cluster.channelWatermarkEvent[channel]! },
    idle: cluster.channelIdle[channel] === 1,
    ended: cluster.channelEnded[channel] === 1,
    buffered: cluster.recordsBuffered[channel]!,
    inFlight: cluster.recordsInFlight[channel]!,
    queued: cluster.recordsQueued[channel]!,
    read: cluster.recordsRead[channel]!,
    credits: cluster.credits[channel]! < 0 ? null : cluster.credits[channel]!,
    last: last < 0 ? null : { value: log.timeAt(last), event: last },
  }
}
