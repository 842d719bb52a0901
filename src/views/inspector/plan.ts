import { edgeWords } from '../../explain/chaining'
import type { EdgeWords } from '../../explain/chaining'
import { groupOrigin, parallelismOrigin, whyAligned } from '../../explain/origins'
import type { AlignedReason, GroupOrigin, ParallelismOrigin } from '../../explain/origins'
import { pipelinedRegions } from '../../graph/regions'
import type { ChainedOperator, ExecutionGraph, JobEdge, JobVertex, StreamEdge, StreamGraph, StreamNode } from '../../graph/types'
import type { Scenario } from '../../scenario/types'
import { currentVertices } from '../../trace/cluster/queries'
import type { TraceHeader } from '../../trace/types'
import type { Sources } from './sources'

/** An operator, its place in a task, and where what it is comes from. */
export interface OperatorAnswer {
  readonly node: StreamNode
  /** The job's number; −1 for an operator of none. */
  readonly job: number
  readonly vertex: JobVertex | null
  readonly operatorId: string
  /** `source`: a source that the task takes in as an input. `head` begins the task; behind which operator the others stand. */
  readonly place: 'head' | 'chained' | 'source' | 'none'
  readonly behind: StreamNode | null
  /** By their place in StreamGraph.edges. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** Inputs that are keyed, from 1, each with the call that keys it. */
  readonly keyed: readonly { readonly input: number; readonly call: string; readonly line: number | undefined }[]
  readonly parallelism: ParallelismOrigin
  /** What its task has at the moment. */
  readonly now: number
  readonly group: GroupOrigin
}

/** null for a node that the program does not have. */
export function operatorFacts({ header, state }: Sources, scenario: Scenario, id: number): OperatorAnswer | null {
  const { streamGraph, executionGraph } = header
  const node = nodeOf(streamGraph, id)
  if (node === undefined) return null
  const { vertices, jobs } = executionGraph.job
  const has = (operators: readonly ChainedOperator[] | undefined): boolean => operators?.some((operator) => operator.node === id) ?? false
  const vertex = vertices.find(({ chain, chainedSources }) => has(chain) || has(chainedSources)) ?? null
  const edgesOf = (end: 'from' | 'to'): number[] => streamGraph.edges.flatMap((edge, index) => (edge[end] === id ? [index] : []))
  const before = vertex?.chain.find(({ outputs }) => outputs.some((output) => output.node === id))
  const place = vertex === null ? 'none' : has(vertex.chainedSources) ? 'source' : vertex.chain[0]!.node === id ? 'head' : 'chained'
  return {
    node,
    job: vertex?.job ?? -1,
    vertex,
    operatorId: [...(vertex?.chain ?? []), ...(vertex?.chainedSources ?? [])].find((operator) => operator.node === id)?.operatorId ?? '',
    place,
    behind: before === undefined ? null : (nodeOf(streamGraph, before.node) ?? null),
    inputs: edgesOf('to'),
    outputs: edgesOf('from'),
    keyed: keyedInputs(streamGraph, node),
    parallelism: parallelismOrigin(node, vertex === null ? undefined : jobs[vertex.job], scenario.configuration),
    now: vertex === null ? 0 : currentVertices(state.cluster, vertex.index).length,
    group: groupOrigin(node, streamGraph),
  }
}

const keyedInputs = (graph: StreamGraph, { id, keyedBy }: StreamNode): OperatorAnswer['keyed'] =>
  keyedBy.flatMap((key, place) => {
    if (key === null) return []
    const edge = graph.edges.find(({ to, typeNumber }) => to === id && (keyedBy.length === 1 || typeNumber === place + 1))
    return [{ input: place + 1, call: edge?.call ?? 'keyBy', line: edge?.line }]
  })

/** What leads from one operator to another. */
export interface EdgeAnswer {
  readonly edge: StreamEdge
  readonly from: StreamNode
  readonly to: StreamNode
  /** The edge between two tasks that it is; null inside one. */
  readonly jobEdge: JobEdge | null
  readonly words: EdgeWords
  /** Why unaligned checkpoints may not be taken on it; null if they may. */
  readonly aligned: AlignedReason | null
  /** How many channels it is at the moment. */
  readonly channels: number
}

export function edgeFacts({ header, state }: Sources, index: number): EdgeAnswer | null {
  const { streamGraph, executionGraph } = header
  const edge = streamGraph.edges[index]
  const from = edge && nodeOf(streamGraph, edge.from)
  const to = edge && nodeOf(streamGraph, edge.to)
  if (edge === undefined || from === undefined || to === undefined) return null
  const jobEdge = jobEdgeOf(executionGraph, edge)
  const words = edgeWords(streamGraph, index, jobEdge === null)
  if (words === null) return null
  const { cluster } = state
  const receivers = jobEdge === null ? [] : currentVertices(cluster, jobEdge.toVertex)
  const isOfEdge = (channel: number): boolean => cluster.graph.channels[channel]!.edge === jobEdge?.index
  return {
    edge,
    from,
    to,
    jobEdge,
    words,
    aligned: whyAligned(streamGraph, index),
    channels: receivers.reduce((sum, vertex) => sum + cluster.plan.inputs[vertex]!.filter(isOfEdge).length, 0),
  }
}

/** The edge between tasks that an edge between operators is; null for one inside a task. */
export const jobEdgeOf = ({ job }: ExecutionGraph, edge: StreamEdge): JobEdge | null =>
  job.edges.find(
    ({ from, to, typeNumber, outputTag }) =>
      from === edge.from && to === edge.to && typeNumber === edge.typeNumber && outputTag === edge.outputTag,
  ) ?? null

/** The other way round: its place in StreamGraph.edges, −1 if it is of none. */
export const streamEdgeOf = ({ streamGraph }: TraceHeader, edge: JobEdge): number =>
  streamGraph.edges.findIndex(
    ({ from, to, typeNumber, outputTag }) =>
      from === edge.from && to === edge.to && typeNumber === edge.typeNumber && outputTag === edge.outputTag,
  )

const nodeOf = (graph: StreamGraph, id: number): StreamNode | undefined => graph.nodes.find((node) => node.id === id)

const regionsOf = new WeakMap<ExecutionGraph, Int32Array>()

/** S-8: how many pipelined regions a task's subtasks are in, and the size of the largest of those, over all tasks. */
export function regionFacts({ state }: Sources, vertex: number): { readonly count: number; readonly largest: number } {
  const { graph } = state.cluster
  let regions = regionsOf.get(graph)
  if (regions === undefined) regionsOf.set(graph, (regions = pipelinedRegions(graph)))
  const sizes = new Map<number, number>()
  for (const subtask of currentVertices(state.cluster, vertex)) sizes.set(regions[subtask]!, 0)
  for (const region of regions) {
    const size = sizes.get(region)
    if (size !== undefined) sizes.set(region, size + 1)
  }
  return { count: sizes.size, largest: Math.max(0, ...sizes.values()) }
}
