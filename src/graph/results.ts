import type { Configuration } from '../core/configuration'
import { ExecutionOptions } from '../core/options'
import type { PartitionerDescriptor, ResultType, StreamEdge, StreamGraph } from './types'

/** What is asked of the consumer of an edge: results of one kind are written for one number of readers. */
export interface Consumer {
  readonly parallelism: number
  readonly maxParallelism: number
}

/** What edges read, by edge: which of the producer's results, and of what type. */
export interface Result {
  readonly number: number
  readonly type: ResultType
}

/** G-27 for what no exchange mode decides. Mirrors the GlobalStreamExchangeMode of StreamGraphGenerator. */
export function defaultResultType(graph: StreamGraph, configuration: Configuration): ResultType {
  if (graph.jobType === 'STREAMING') return 'PIPELINED_BOUNDED'
  if (graph.allExchangesBlocking === true) return 'BLOCKING'
  switch (configuration.get(ExecutionOptions.BATCH_SHUFFLE_MODE)) {
    case 'ALL_EXCHANGES_PIPELINED':
      return 'PIPELINED_BOUNDED'
    case 'ALL_EXCHANGES_HYBRID_FULL':
      return 'HYBRID_FULL'
    case 'ALL_EXCHANGES_HYBRID_SELECTIVE':
      return 'HYBRID_SELECTIVE'
    default:
      return 'BLOCKING'
  }
}

export const isHybrid = (type: ResultType): boolean => type === 'HYBRID_FULL' || type === 'HYBRID_SELECTIVE'

/**
 * A chain's out-edges with the results that they read: what can be read again is written once for all consumers that want it alike.
 * Mirrors mayReuseNonChainedOutputs; a hybrid result with several readers, or broadcast, is written in full.
 */
export function resultsOf(
  edges: readonly StreamEdge[],
  typeOf: (edge: StreamEdge) => ResultType,
  partitionerOf: (edge: StreamEdge) => PartitionerDescriptor,
  consumerOf: (edge: StreamEdge) => Consumer,
): readonly Result[] {
  const written: { readonly kind: string; type: ResultType }[] = []
  const numbers = edges.map((edge) => {
    const { name, transformation } = partitionerOf(edge)
    const { parallelism, maxParallelism } = consumerOf(edge)
    const own = typeOf(edge)
    const type = own === 'HYBRID_SELECTIVE' && name === 'BROADCAST' ? 'HYBRID_FULL' : own
    if (type === 'PIPELINED_BOUNDED') return written.push({ kind: '', type }) - 1
    const family = isHybrid(type) ? 'hybrid' : 'blocking'
    const kind = JSON.stringify([family, edge.from, name, transformation, parallelism, maxParallelism, edge.outputTag])
    const known = written.findIndex((result) => result.kind === kind)
    if (known === -1) return written.push({ kind, type }) - 1
    if (isHybrid(type)) written[known]!.type = 'HYBRID_FULL'
    return known
  })
  return numbers.map((number) => ({ number, type: written[number]!.type }))
}
