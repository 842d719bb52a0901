import type { ChainBreak, StreamEdge, StreamGraph, StreamNode } from './types'

/** The stream graph with its edges at hand by node. */
export class GraphIndex {
  private readonly byId = new Map<number, StreamNode>()
  private readonly ins = new Map<number, StreamEdge[]>()
  private readonly outs = new Map<number, StreamEdge[]>()
  private readonly breaks = new Map<StreamEdge, ChainBreak | null>()

  constructor(readonly graph: StreamGraph) {
    for (const node of graph.nodes) {
      this.byId.set(node.id, node)
      this.ins.set(node.id, [])
      this.outs.set(node.id, [])
    }
    for (const edge of graph.edges) {
      this.ins.get(edge.to)!.push(edge)
      this.outs.get(edge.from)!.push(edge)
    }
    for (const edges of this.outs.values()) edges.sort((a, b) => a.out - b.out)
  }

  node(id: number): StreamNode {
    return this.byId.get(id)!
  }
  inEdges(id: number): readonly StreamEdge[] {
    return this.ins.get(id)!
  }
  outEdges(id: number): readonly StreamEdge[] {
    return this.outs.get(id)!
  }

  /** Why an edge cannot lie inside a chain: the clause of G-17 that fails, of several the one to mend first; null if it can. */
  chainBreak(edge: StreamEdge): ChainBreak | null {
    const known = this.breaks.get(edge)
    if (known !== undefined) return known
    const inputs = this.inEdges(edge.to).length
    const found =
      inputs === 1 ? this.inputBreak(edge) : { rule: 'several-inputs' as const, args: { operator: this.node(edge.to).name, inputs } }
    this.breaks.set(edge, found)
    return found
  }

  /** The clauses that hold for the inputs of an operator that takes in its sources, too. Mirrors isChainableInput. */
  inputBreak(edge: StreamEdge): ChainBreak | null {
    const { graph } = this
    const up = this.node(edge.from)
    const down = this.node(edge.to)
    if (!graph.chainingEnabled) return { rule: 'chaining-disabled', args: {} }
    if (up.slotSharingGroup !== down.slotSharingGroup) {
      return { rule: 'slot-sharing-group', args: { up: up.slotSharingGroup, down: down.slotSharingGroup } }
    }
    const broken = this.operatorBreak(up, down)
    if (broken !== null) return broken
    // A rebalance between unequal ends came by itself (G-3): then the parallelism is what cuts, and any other partitioner is the program's will.
    const byItself = edge.partitioner.name === 'REBALANCE' && up.parallelism !== down.parallelism
    if (edge.partitioner.name !== 'FORWARD' && !byItself) return { rule: 'partitioner', args: { partitioner: edge.partitioner.name } }
    if (up.parallelism !== down.parallelism) return { rule: 'parallelism', args: { up: up.parallelism, down: down.parallelism } }
    if (!graph.chainDifferentMaxParallelism && up.maxParallelism !== down.maxParallelism) {
      return { rule: 'max-parallelism', args: { up: up.maxParallelism, down: down.maxParallelism } }
    }
    if (edge.exchangeMode === 'BATCH') return { rule: 'exchange-mode', args: { mode: edge.exchangeMode } }
    const twins = this.inEdges(edge.to).filter((other) => other.typeNumber === edge.typeNumber).length
    if (twins > 1) return { rule: 'several-inputs', args: { operator: down.name, inputs: twins } }
    return null
  }

  /** Mirrors areOperatorsChainable. */
  private operatorBreak(up: StreamNode, down: StreamNode): ChainBreak | null {
    if (up.chaining === null || down.chaining === null) {
      return { rule: 'no-operator', args: { operator: up.chaining === null ? up.name : down.name } }
    }
    if (down.traits?.yielding === true) {
      const head = this.headOf(up)
      if (head.traits?.source === 'legacy')
        return { rule: 'yielding-behind-legacy-source', args: { operator: down.name, source: head.name } }
    }
    if (up.chaining === 'NEVER') return { rule: 'upstream-never', args: { operator: up.name } }
    if (down.chaining === 'NEVER') return { rule: 'downstream-never', args: { operator: down.name } }
    if (down.chaining === 'HEAD' || (down.chaining === 'HEAD_WITH_SOURCES' && up.traits?.source !== 'flip27')) {
      return { rule: 'downstream-head', args: { operator: down.name } }
    }
    return null
  }

  /** The operator at the head of the chain that a node would be in. */
  private headOf(node: StreamNode): StreamNode {
    const [input, another] = this.inEdges(node.id)
    return input !== undefined && another === undefined && this.chainBreak(input) === null ? this.headOf(this.node(input.from)) : node
  }
}
