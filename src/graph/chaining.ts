import type { ChainBreak, StreamEdge, StreamGraph, StreamNode } from './types'

/** The stream graph with its edges at hand by node. */
export class GraphIndex {
  private readonly byId = new Map<number, StreamNode>()
  private readonly ins = new Map<number, StreamEdge[]>()
  private readonly outs = new Map<number, StreamEdge[]>()
  /** By node, where jobs of one union set chaining each for itself. */
  private readonly settings = new Map<number, Pick<StreamGraph, 'chainingEnabled' | 'chainDifferentMaxParallelism'>>()
  private readonly breaks = new Map<StreamEdge, readonly ChainBreak[]>()

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
    let first = 0
    for (const part of graph.parts ?? []) {
      for (const node of graph.nodes.slice(first, first + part.nodes)) this.settings.set(node.id, part)
      first += part.nodes
    }
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

  /** Why an edge cannot lie inside a chain: the first of `chainBreaks`; null if it can. Mirrors isChainable. */
  chainBreak(edge: StreamEdge): ChainBreak | null {
    return this.chainBreaks(edge)[0] ?? null
  }

  /** All clauses of G-17 that fail for an edge, the one to mend first in front: mended one after the other, the edge is chained. */
  chainBreaks(edge: StreamEdge): readonly ChainBreak[] {
    const known = this.breaks.get(edge)
    if (known !== undefined) return known
    const inputs = this.inEdges(edge.to).length
    const found = [...(inputs === 1 ? [] : [this.severalInputs(edge, inputs)]), ...this.inputBreaks(edge)]
    // An operator with several inputs is told once.
    const breaks = found.filter(({ rule }, i) => rule !== 'several-inputs' || i === 0)
    this.breaks.set(edge, breaks)
    return breaks
  }

  /** The clauses that hold for the inputs of an operator that takes in its sources, too. Mirrors isChainableInput. */
  inputBreaks(edge: StreamEdge): readonly ChainBreak[] {
    const { chainingEnabled, chainDifferentMaxParallelism } = this.settings.get(edge.from) ?? this.graph
    const up = this.node(edge.from)
    const down = this.node(edge.to)
    const breaks: ChainBreak[] = []
    const add = (rule: ChainBreak['rule'], args: ChainBreak['args']): void => void breaks.push({ rule, args })
    if (!chainingEnabled) add('chaining-disabled', {})
    if (up.slotSharingGroup !== down.slotSharingGroup) add('slot-sharing-group', { up: up.slotSharingGroup, down: down.slotSharingGroup })
    const { own, sorted } = this.operatorBreaks(up, down)
    breaks.push(...own)
    const { partitioner, call, line } = edge
    const unequal = up.parallelism !== down.parallelism
    const parallelism = (): void => add('parallelism', { up: up.parallelism, down: down.parallelism })
    // A rebalance between unequal ends comes by itself where nobody asked for one (G-3): the parallelism is what cuts, and is mended first.
    const rebalanced = partitioner.name === 'REBALANCE' && unequal
    if (rebalanced) parallelism()
    if (partitioner.name !== 'FORWARD' && !(rebalanced && call === undefined)) {
      add('partitioner', {
        partitioner: partitioner.name,
        ...(call === undefined ? {} : { call }),
        ...(line === undefined ? {} : { line }),
      })
    }
    if (unequal && !rebalanced) parallelism()
    if (!chainDifferentMaxParallelism && up.maxParallelism !== down.maxParallelism) {
      add('max-parallelism', { up: up.maxParallelism, down: down.maxParallelism })
    }
    if (edge.exchangeMode === 'BATCH') add('exchange-mode', { mode: edge.exchangeMode })
    const twins = this.inEdges(edge.to).filter((other) => other.typeNumber === edge.typeNumber).length
    if (twins > 1) breaks.push(this.severalInputs(edge, twins))
    return [...breaks, ...sorted]
  }

  private severalInputs({ to }: StreamEdge, inputs: number): ChainBreak {
    return { rule: 'several-inputs', args: { operator: this.node(to).name, node: to, inputs } }
  }

  /** Mirrors areOperatorsChainable. That inputs are sorted (G-21) nobody can mend: it comes after all else. */
  private operatorBreaks(
    up: StreamNode,
    down: StreamNode,
  ): { readonly own: readonly ChainBreak[]; readonly sorted: readonly ChainBreak[] } {
    const nothing = [up, down].find((node) => node.chaining === null)
    if (nothing !== undefined) return { own: [{ rule: 'no-operator', args: { operator: nothing.name, node: nothing.id } }], sorted: [] }
    const own: ChainBreak[] = []
    if (down.traits?.yielding === true) {
      const head = this.headOf(up)
      if (head.traits?.source === 'legacy') {
        const args = { operator: down.name, node: down.id, source: head.name, sourceNode: head.id }
        own.push({ rule: 'yielding-behind-legacy-source', args })
      }
    }
    if (up.chaining === 'NEVER') own.push(strategyBreak('upstream-never', up))
    if (down.chaining === 'NEVER') own.push(strategyBreak('downstream-never', down))
    const begins = down.chaining === 'HEAD' || (down.chaining === 'HEAD_WITH_SOURCES' && up.traits?.source !== 'flip27')
    if (!begins) return { own, sorted: [] }
    const head = strategyBreak('downstream-head', down)
    return down.traits?.chainingBy === 'sorted-inputs' ? { own, sorted: [head] } : { own: [...own, head], sorted: [] }
  }

  /** The operator at the head of the chain that a node would be in. */
  private headOf(node: StreamNode): StreamNode {
    const [input, another] = this.inEdges(node.id)
    return input !== undefined && another === undefined && this.chainBreak(input) === null ? this.headOf(this.node(input.from)) : node
  }
}

/** `by`: whose will the strategy is, `program`, `sorted-inputs` or `operator` (the way it is made). */
const strategyBreak = (rule: ChainBreak['rule'], node: StreamNode): ChainBreak => ({
  rule,
  args: { operator: node.name, node: node.id, strategy: node.chaining!, by: node.traits?.chainingBy ?? 'operator' },
})
