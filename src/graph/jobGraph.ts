import { Configuration } from '../core/configuration'
import { IllegalStateException, NullPointerException, throwAt, UnsupportedOperationException } from '../core/exceptions'
import { computeDefaultMaxParallelism } from '../core/keygroups'
import { BatchExecutionOptions, CoreOptions, PipelineOptions } from '../core/options'
import { decideParallelism, type Decided } from './adaptiveBatch'
import { GraphIndex } from './chaining'
import { checkCoLocation } from './coLocation'
import { operatorHashes } from './hashes'
import { cascade, chainText, tree } from './names'
import { preValidate } from './preValidation'
import { batchRegionGroups } from './regionGroups'
import { defaultResultType, isHybrid, resultsOf, type Result } from './results'
import { DEFAULT_SLOT_SHARING_GROUP } from './streamGraph'
import { sortTopologically } from './topology'
import type { ChainedOperator, JobEdge, JobGraph, JobVertex, PartitionerDescriptor, ResultType, StreamEdge, StreamGraph } from './types'

/** A chain while it is built: mirrors OperatorChainInfo. */
interface Chain {
  readonly start: number
  /** Sources that the head takes in as inputs, by input order (G-18). */
  readonly sources: number[]
  readonly operators: ChainedOperator[]
  transitiveOutEdges: readonly StreamEdge[]
}

/** An edge between two chains. */
interface Exchange {
  readonly start: number
  readonly edge: StreamEdge
  readonly result: Result
}

/**
 * Operators fused into tasks (G-17 … G-29). Mirrors org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator; formats,
 * cached results and managed memory are left out. `configuration` is the cluster's; the program's beats it.
 * Throws Flink's exceptions for what Flink refuses, with the line of the operator at fault.
 */
export function jobGraphOf(graph: StreamGraph, configuration: Configuration = Configuration.fromMap({})): JobGraph {
  return new JobGraphGenerator(graph, configuration.merge(Configuration.fromMap(graph.configuration))).generate()
}

class JobGraphGenerator {
  private readonly index: GraphIndex
  private readonly hashes: ReadonlyMap<number, string>
  /** By start node; a Map keeps creation order, which is post-order: downstream first. */
  private readonly built = new Map<number, Chain>()
  private readonly entryPoints = new Map<number, Chain>()
  /** Nodes whose chain gives nothing before its end (G-27). */
  private readonly blocking = new Set<number>()
  /** By start node, for a dynamic graph; else the nodes say it. */
  private decided: ReadonlyMap<number, Decided> | null = null
  private readonly defaultType: ResultType

  constructor(
    private readonly graph: StreamGraph,
    private readonly configuration: Configuration,
  ) {
    this.index = new GraphIndex(graph)
    this.defaultType = defaultResultType(graph, configuration)
    preValidate(graph, this.index, configuration)
    this.hashes = operatorHashes(this.index)
  }

  generate(): JobGraph {
    this.findEntryPoints()
    for (const chain of [...this.entryPoints.values()].sort((a, b) => a.start - b.start)) this.createChain(chain.start, chain)

    const created = [...this.built.values()]
    if (this.graph.dynamic === true) this.decided = this.decide(created)
    const connected = created.flatMap((chain) => this.exchanges(chain))
    const byResult = [...connected].sort((a, b) => a.result.number - b.result.number)
    const order = sortTopologically(
      created.map((chain) => chain.start),
      byResult.map(({ start, edge }) => ({ from: start, to: edge.to })),
    )
    const position = new Map(order.map((start, i) => [start, i]))
    const edges = connected.map(({ start, edge, result }, i) => this.jobEdge(i, position.get(start)!, position.get(edge.to)!, edge, result))
    const vertices = this.slotSharingGroups(
      order.map((start, i) => this.jobVertex(i, this.built.get(start)!)),
      edges,
    )
    checkCoLocation(vertices, this.index)
    return {
      jobName: this.graph.jobName,
      jobType: this.graph.jobType,
      jobs: [
        {
          name: this.graph.jobName,
          type: this.graph.jobType,
          submission: 'attached',
          firstVertex: 0,
          vertices: vertices.length,
          configuration: this.graph.configuration,
        },
      ],
      vertices,
      edges,
      configuration: this.graph.configuration,
      ...(this.graph.dynamic === true ? { dynamic: true as const } : {}),
      creationOrder: created.map((chain) => position.get(chain.start)!),
    }
  }

  /** Mirrors buildChainedInputsAndGetHeadInputs. */
  private findEntryPoints(): void {
    for (const node of this.graph.nodes) {
      if (this.index.inEdges(node.id).length > 0) continue
      const [edge, another] = this.index.outEdges(node.id)
      if (edge !== undefined && another === undefined && node.traits?.source === 'flip27') {
        const { chaining } = this.index.node(edge.to)
        // Flink asks for the strategy of what has no operator: a source that only feeds an iteration back.
        if (chaining === null) throwAt(node.line, new NullPointerException('null'))
        const takesSources = chaining === 'HEAD_WITH_SOURCES'
        if (takesSources && this.index.inputBreaks(edge).length === 0) {
          this.entryPoint(edge.to).sources.push(node.id)
          continue
        }
      }
      this.entryPoint(node.id)
    }
    for (const chain of this.entryPoints.values()) {
      const inputOf = (source: number): number => this.index.inEdges(chain.start).findIndex((edge) => edge.from === source)
      chain.sources.sort((a, b) => inputOf(a) - inputOf(b))
    }
  }

  private entryPoint(start: number): Chain {
    let chain = this.entryPoints.get(start)
    if (chain === undefined) {
      chain = { start, sources: [], operators: [], transitiveOutEdges: [] }
      this.entryPoints.set(start, chain)
    }
    return chain
  }

  /** Mirrors createChain: chained outputs first, then the chains behind the others, then the vertex itself (G-22). */
  private createChain(node: number, chain: Chain): readonly StreamEdge[] {
    if (this.built.has(chain.start)) return []
    const transitive: StreamEdge[] = []
    const outEdges = this.index.outEdges(node)
    const chained = outEdges.filter((edge) => this.index.chainBreak(edge) === null)
    const afterEnd = this.index.node(node).traits?.outputOnlyAfterEndOfStream === true
    if (afterEnd) this.blocking.add(node)
    chain.operators.push({
      node,
      operatorId: this.hashes.get(node)!,
      outputs: chained.map(({ to, outputTag }) => ({ node: to, ...(outputTag === undefined ? {} : { outputTag }) })),
    })
    for (const edge of chained) {
      if (afterEnd) this.blocking.add(edge.to)
      transitive.push(...this.createChain(edge.to, chain))
      if (this.blocking.has(edge.to)) this.blocking.add(node)
    }
    for (const edge of outEdges) {
      if (chained.includes(edge)) continue
      transitive.push(edge)
      this.createChain(edge.to, this.entryPoint(edge.to))
    }
    if (node === chain.start) {
      chain.transitiveOutEdges = transitive
      this.built.set(node, chain)
    }
    return transitive
  }

  private decide(chains: readonly Chain[]): ReadonlyMap<number, Decided> {
    const node = (id: number) => this.index.node(id)
    const undecided = chains.map(({ start, sources, operators, transitiveOutEdges }) => ({
      start: node(start),
      nodes: [...sources, ...operators.map((operator) => operator.node)].map(node),
      forwardTo: transitiveOutEdges.filter((edge) => this.partitionerOf(edge).name === 'FORWARD').map((edge) => edge.to),
    }))
    return decideParallelism(undecided, this.configuration.get(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED))
  }

  private exchanges(chain: Chain): readonly Exchange[] {
    const results = resultsOf(
      chain.transitiveOutEdges,
      (edge) => this.resultType(edge),
      (edge) => this.partitionerOf(edge),
      (edge) => this.decided?.get(edge.to) ?? this.index.node(edge.to),
    )
    return chain.transitiveOutEdges.map((edge, i) => ({ start: chain.start, edge, result: results[i]! }))
  }

  /** Of an edge between tasks. Mirrors tryConvertPartitionerForDynamicGraph. */
  private partitionerOf({ partitioner }: StreamEdge): PartitionerDescriptor {
    return partitioner.unspecified === true ? { name: 'RESCALE' } : partitioner
  }

  /** G-9. Mirrors setSlotSharing. */
  private slotSharingGroups(vertices: readonly JobVertex[], edges: readonly JobEdge[]): readonly JobVertex[] {
    const own = vertices.find(({ slotSharingGroup }) => slotSharingGroup !== DEFAULT_SLOT_SHARING_GROUP)
    if (own !== undefined && edges.some(({ resultType }) => isHybrid(resultType))) {
      throwAt(
        this.index.node(own.chain[0]!.node).line,
        new IllegalStateException('hybrid shuffle mode currently does not support setting non-default slot sharing group.'),
      )
    }
    return this.graph.jobType === 'BATCH' ? batchRegionGroups(vertices, edges, DEFAULT_SLOT_SHARING_GROUP) : vertices
  }

  private jobVertex(index: number, chain: Chain): JobVertex {
    const head = this.index.node(chain.start)
    const name = cascade(chainText(this.index, chain.operators, chain.sources, 'name'), chain.start, ', ')
    const description = chainText(this.index, chain.operators, chain.sources, 'description')
    const { parallelism, maxParallelism } = this.decided?.get(chain.start) ?? head
    const cascading = this.configuration.get(PipelineOptions.VERTEX_DESCRIPTION_MODE) === 'CASCADING'
    return {
      index,
      job: 0,
      id: this.hashes.get(chain.start)!,
      name: this.configuration.get(PipelineOptions.VERTEX_NAME_INCLUDE_INDEX_PREFIX) ? `[vertex-${index}]${name}` : name,
      description: cascading ? cascade(description, chain.start, ' , ') : tree(description, chain.start),
      parallelism,
      ...(maxParallelism > 0
        ? { maxParallelism, maxParallelismConfigured: true as const }
        : { maxParallelism: this.derivedMax(parallelism) }),
      slotSharingGroup: head.slotSharingGroup,
      ...(head.coLocationGroup === undefined ? {} : { coLocationGroup: head.coLocationGroup }),
      chain: chain.operators,
      ...(chain.sources.length === 0
        ? {}
        : { chainedSources: chain.sources.map((node) => ({ node, operatorId: this.hashes.get(node)!, outputs: [] })) }),
    }
  }

  /** K-1; an undecided vertex gets the most that the scheduler may choose. */
  private derivedMax(parallelism: number): number {
    if (parallelism !== -1) return computeDefaultMaxParallelism(parallelism)
    return (
      this.configuration.get(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_MAX_PARALLELISM) ??
      this.configuration.get(CoreOptions.DEFAULT_PARALLELISM)
    )
  }

  private jobEdge(index: number, fromVertex: number, toVertex: number, edge: StreamEdge, result: Result): JobEdge {
    const { from, to, typeNumber, outputTag, unaligned } = edge
    const partitioner = this.partitionerOf(edge)
    const up = this.index.node(from)
    const resultType = result.type
    // An operator that gives nothing before its end has no use for a timeout.
    const bufferTimeout = resultType === 'BLOCKING' && edge.exchangeMode === 'UNDEFINED' && this.blocking.has(from) ? -1 : up.bufferTimeout
    if (resultType === 'BLOCKING' && bufferTimeout !== -1) {
      const twins = this.index.outEdges(from).filter((other) => other.to === to && other.out < edge.out).length
      const edgeText =
        `(${up.name}-${from} -> ${this.index.node(to).name}-${to}, typeNumber=${typeNumber}, outputPartitioner=${partitioner.name}, ` +
        `exchangeMode=${edge.exchangeMode}, bufferTimeout=${bufferTimeout}, outputTag=${outputTag === undefined ? 'null' : `OutputTag(${outputTag})`}, uniqueId=${twins})`
      throwAt(
        up.line,
        new UnsupportedOperationException(
          `only canBePipelinedConsumed partition support buffer timeout ${bufferTimeout} for src operator in edge ${edgeText}. \n` +
            'Please either disable buffer timeout (via -1) or use the canBePipelinedConsumed partition.',
        ),
      )
    }
    return {
      index,
      fromVertex,
      toVertex,
      from,
      to,
      typeNumber,
      partitioner,
      ...(outputTag === undefined ? {} : { outputTag }),
      resultType,
      unaligned,
      bufferTimeout,
      reason: this.index.chainBreak(edge)!,
      result: result.number,
    }
  }

  /** G-27. */
  private resultType({ exchangeMode, from }: StreamEdge): ResultType {
    if (exchangeMode === 'PIPELINED') return 'PIPELINED_BOUNDED'
    if (exchangeMode === 'BATCH' || this.blocking.has(from)) return 'BLOCKING'
    return this.defaultType
  }
}
