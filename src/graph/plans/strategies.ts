import type { PartitionerName } from '../types'

const NAMES: readonly PartitionerName[] = ['FORWARD', 'REBALANCE', 'RESCALE', 'SHUFFLE', 'GLOBAL', 'BROADCAST', 'HASH', 'CUSTOM']

/**
 * The partitioner that a plan's ship strategy means; `HASH[user]` of a table's plan is a hash. null: one that we do not know. An empty
 * one is what nobody chose (G-3).
 */
export function partitionerOf(strategy: string, up: number, down: number): PartitionerName | null {
  if (strategy === '') return up === down ? 'FORWARD' : 'REBALANCE'
  const word = /^[A-Za-z]+/.exec(strategy)?.[0].toUpperCase() ?? ''
  return NAMES.find((name) => name === word) ?? null
}
