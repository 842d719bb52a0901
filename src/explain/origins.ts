import { computeDefaultMaxParallelism } from '../core/keygroups'
import { supportsUnaligned } from '../graph/partitioners'
import type { JobInfo, JobVertex, StreamGraph, StreamNode } from '../graph/types'

/** Where an operator's parallelism comes from: the nearest word counts (G-11). */
export type ParallelismOrigin =
  /** `setParallelism` on the operator. */
  | 'operator'
  /** `env.setParallelism`, or `parallelism.default` in the program's own configuration. */
  | 'environment'
  /** `parallelism.default` of the cluster. */
  | 'cluster'
  /** Nobody said anything: Flink's default of 1. */
  | 'default'
  /** The operator is made so: it runs once, or takes its input's parallelism. */
  | 'kind'
  /** Left to the adaptive batch scheduler. */
  | 'undecided'

const KEY = 'parallelism.default'

/** `cluster` is what stands in flink-conf.yaml. */
export function parallelismOrigin(
  node: StreamNode,
  job: JobInfo | undefined,
  cluster: Readonly<Record<string, string>>,
): ParallelismOrigin {
  if (node.parallelism < 1) return 'undecided'
  if (node.parallelismConfigured === true) return 'operator'
  const [origin, value]: readonly [ParallelismOrigin, string] =
    job?.configuration[KEY] !== undefined
      ? ['environment', job.configuration[KEY]]
      : cluster[KEY] !== undefined
        ? ['cluster', cluster[KEY]]
        : ['default', '1']
  return Number(value) === node.parallelism ? origin : 'kind'
}

/** Where a task's max parallelism comes from: the program's word, or K-1 from its parallelism. */
export const maxParallelismOrigin = (vertex: JobVertex): 'configured' | 'derived' | 'other' =>
  vertex.maxParallelismConfigured === true
    ? 'configured'
    : vertex.parallelism > 0 && computeDefaultMaxParallelism(vertex.parallelism) === vertex.maxParallelism
      ? 'derived'
      : 'other'

/** Where an operator's slot sharing group comes from (G-8). */
export interface GroupOrigin {
  /** A plan from elsewhere does not say: `unknown`. */
  readonly from: 'explicit' | 'inherited' | 'default' | 'unknown'
  /** The operators that hand theirs on; empty if it is its own or nobody's. */
  readonly nodes: readonly StreamNode[]
}

export function groupOrigin(node: StreamNode, graph: StreamGraph): GroupOrigin {
  const from = node.slotSharingGroupBy ?? 'unknown'
  if (from !== 'inherited') return { from, nodes: [] }
  const ids = new Set(graph.edges.filter(({ to }) => to === node.id).map((edge) => edge.from))
  return { from, nodes: graph.nodes.filter(({ id }) => ids.has(id)) }
}

/** Why unaligned checkpoints may not be taken on an edge (G-15); null if they may. */
export type AlignedReason = 'partitioner' | 'other-input' | 'committing'

export function whyAligned(graph: StreamGraph, edge: number): AlignedReason | null {
  const found = graph.edges[edge]
  if (found === undefined || found.unaligned) return null
  if (!supportsUnaligned(found.partitioner.name)) return 'partitioner'
  const others = graph.edges.filter((other) => other !== found && other.to === found.to)
  return others.some((other) => !supportsUnaligned(other.partitioner.name)) ? 'other-input' : 'committing'
}
