import { IllegalStateException, throwAt } from '../core/exceptions'
import type { StreamNode } from './types'

/** A chain of a dynamic graph, as far as its parallelism goes. */
export interface UndecidedChain {
  readonly start: StreamNode
  /** All its operators, sources that its head takes in among them. */
  readonly nodes: readonly StreamNode[]
  /** Starts of the chains behind its FORWARD edges that are not chained. */
  readonly forwardTo: readonly number[]
}

export interface Decided {
  /** −1: left to the scheduler. */
  readonly parallelism: number
  /** −1: not set. */
  readonly maxParallelism: number
}

/**
 * Which parallelism the chains of a dynamic graph have before it runs, by start node: what the program set for one operator holds
 * for its chain and for all chains tied to it by FORWARD edges, which share their max parallelism as well; the rest is undecided.
 * Mirrors setVertexParallelismsForDynamicGraphIfNecessary and ForwardGroup. `auto` is `execution.batch.adaptive.auto-parallelism.enabled`.
 * Throws IllegalStateException where a group's max parallelism is below its parallelism.
 */
export function decideParallelism(chains: readonly UndecidedChain[], auto: boolean): ReadonlyMap<number, Decided> {
  const parallelismOf = ({ start, nodes }: UndecidedChain): number =>
    auto && !nodes.some((node) => node.parallelismConfigured === true) ? -1 : start.parallelism
  const decided = new Map<number, Decided>()
  for (const group of forwardGroups(chains)) {
    const [only, another] = group
    if (another === undefined) {
      decided.set(only!.start.id, { parallelism: parallelismOf(only!), maxParallelism: only!.start.maxParallelism })
      continue
    }
    const set = group.map(parallelismOf).filter((parallelism) => parallelism > 0)
    if (new Set(set).size > 1) throwAt(only!.start.line, new IllegalStateException('null'))
    const parallelism = set[0] ?? -1
    const bounds = group.map(({ start }) => start.maxParallelism).filter((bound) => bound > 0)
    const maxParallelism = bounds.length === 0 ? -1 : Math.min(...bounds)
    if (maxParallelism > 0 && maxParallelism < parallelism) {
      const message = "There is a job vertex in the forward group whose maximum parallelism is smaller than the group's parallelism"
      throwAt(group.find(({ start }) => start.maxParallelism === maxParallelism)!.start.line, new IllegalStateException(message))
    }
    for (const { start } of group) decided.set(start.id, { parallelism, maxParallelism })
  }
  return decided
}

/** Chains that FORWARD edges tie together, directly or not. */
function forwardGroups(chains: readonly UndecidedChain[]): readonly (readonly UndecidedChain[])[] {
  const leader = new Map(chains.map(({ start }) => [start.id, start.id]))
  const leaderOf = (start: number): number => (leader.get(start) === start ? start : leaderOf(leader.get(start)!))
  for (const { start, forwardTo } of chains) for (const to of forwardTo) leader.set(leaderOf(to), leaderOf(start.id))
  const groups = new Map<number, UndecidedChain[]>()
  for (const chain of chains) {
    const group = leaderOf(chain.start.id)
    groups.set(group, [...(groups.get(group) ?? []), chain])
  }
  return [...groups.values()]
}
