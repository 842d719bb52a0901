/**
 * What the surface hands over to the graph: names and plain parameters, never a simulator's object. The shapes are those of
 * `graph/types.ts`, which may import from here but not the other way round.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain }

export interface OperatorDescriptor {
  readonly kind: string
  readonly params: Readonly<Record<string, Plain>>
}

/** Mirrors org.apache.flink.streaming.api.operators.ChainingStrategy. */
export type ChainingStrategy = 'ALWAYS' | 'HEAD' | 'HEAD_WITH_SOURCES' | 'NEVER'
/** The ship strategies, as plans write them. */
export type PartitionerName = 'FORWARD' | 'REBALANCE' | 'RESCALE' | 'SHUFFLE' | 'GLOBAL' | 'BROADCAST' | 'HASH' | 'CUSTOM'
/** Mirrors org.apache.flink.streaming.api.transformations.StreamExchangeMode. */
export type ExchangeMode = 'PIPELINED' | 'BATCH' | 'UNDEFINED'

/** Functions of one transformation by role (`function`, `keySelector`, `trigger`, …), as the program gave them. */
export type Functions = Readonly<Record<string, unknown>>

export const descriptor = (kind: string, params: Readonly<Record<string, Plain>> = {}): OperatorDescriptor => ({ kind, params })
