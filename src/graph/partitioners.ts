import type { PartitionerName } from './types'

/** Facts about the partitioners (FLINK.md 1.2). */
interface Facts {
  readonly pointwise: boolean
  /** Whether unaligned checkpoints may be taken on an edge with it, as far as it goes (G-15). */
  readonly unaligned: boolean
}

const FACTS: Readonly<Record<PartitionerName, Facts>> = {
  FORWARD: { pointwise: true, unaligned: false },
  REBALANCE: { pointwise: false, unaligned: true },
  RESCALE: { pointwise: true, unaligned: false },
  SHUFFLE: { pointwise: false, unaligned: true },
  GLOBAL: { pointwise: false, unaligned: true },
  BROADCAST: { pointwise: false, unaligned: false },
  HASH: { pointwise: false, unaligned: true },
  CUSTOM: { pointwise: false, unaligned: true },
}

export const isPointwise = (partitioner: PartitionerName): boolean => FACTS[partitioner].pointwise
export const supportsUnaligned = (partitioner: PartitionerName): boolean => FACTS[partitioner].unaligned
