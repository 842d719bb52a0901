import type { ExchangeMode } from '../streaming/operators/descriptors'
import type { PartitionTransformation, Transformation } from '../streaming/operators/transformation'
import type { PartitionerDescriptor, StreamEdge } from './types'

/** Line and method of the call that a transformation comes from, as far as they are known. */
export const placeOf = ({ line, call }: Transformation): Pick<StreamEdge, 'line' | 'call'> => ({
  ...(line === undefined ? {} : { line }),
  ...(call === undefined ? {} : { call }),
})

/** A step that melts into the edges behind it (G-2). */
export interface VirtualNode {
  readonly from: number
  readonly partitioner?: PartitionerDescriptor
  readonly exchangeMode?: ExchangeMode
  readonly outputTag?: string
  /** Where the program asked for the partitioner. */
  readonly at?: Pick<StreamEdge, 'line' | 'call'>
}

/** What an edge gets from the virtual nodes that it goes through. */
export type Resolved = Omit<VirtualNode, 'exchangeMode'> & { readonly exchangeMode: ExchangeMode }

/** The virtual nodes of one stream graph, by their ids. */
export class VirtualNodes {
  private readonly nodes = new Map<number, VirtualNode>()
  /** The first partition with a selector stands for all that share it: partitioners are equal if their functions are. */
  private readonly firstWith = new Map<unknown, Map<unknown, number>>()

  add(id: number, node: VirtualNode): number {
    this.nodes.set(id, node)
    return id
  }

  /** The real node behind an id. */
  realOf(id: number): number {
    const virtual = this.nodes.get(id)
    return virtual === undefined ? id : this.realOf(virtual.from)
  }

  /** Walks from consumer to producer: the first partitioner met counts, the last exchange mode, and the first tag. */
  resolve(id: number): Resolved {
    let { partitioner, exchangeMode, outputTag, at }: Partial<VirtualNode> = {}
    let from = id
    for (let node = this.nodes.get(from); node !== undefined; node = this.nodes.get(from)) {
      if (partitioner === undefined) at = node.at
      partitioner ??= node.partitioner
      exchangeMode = node.exchangeMode ?? exchangeMode
      outputTag ??= node.outputTag
      from = node.from
    }
    return {
      from,
      exchangeMode: exchangeMode ?? 'UNDEFINED',
      ...(partitioner === undefined ? {} : { partitioner }),
      ...(outputTag === undefined ? {} : { outputTag }),
      ...(at === undefined ? {} : { at }),
    }
  }

  partitionerOf({ partitioner: name, functions, id }: PartitionTransformation): PartitionerDescriptor {
    if (name !== 'CUSTOM' && name !== 'HASH') return { name }
    let bySelector = this.firstWith.get(functions.partitioner)
    if (bySelector === undefined) this.firstWith.set(functions.partitioner, (bySelector = new Map<unknown, number>()))
    const first = bySelector.get(functions.keySelector) ?? id
    bySelector.set(functions.keySelector, first)
    return { name, transformation: first }
  }
}
