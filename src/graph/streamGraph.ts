import { Configuration } from '../core/configuration'
import {
  IllegalArgumentException,
  IllegalConfigurationException,
  IllegalStateException,
  throwAt,
  UnsupportedOperationException,
} from '../core/exceptions'
import { ClusterOptions, PipelineOptions } from '../core/options'
import {
  CoFeedbackTransformation,
  FeedbackTransformation,
  OperatorTransformation,
  PartitionTransformation,
  SideOutputTransformation,
  SinkTransformation,
  UnionTransformation,
  type Transformation,
} from '../streaming/operators/transformation'
import type { StreamExecutionEnvironment } from '../streaming/environment/StreamExecutionEnvironment'
import { executesInBatchMode, isDynamic } from './executionMode'
import { iterationNodes, refuseFeedback, type Feedback } from './iterations'
import { supportsUnaligned } from './partitioners'
import { expandSink } from './sinkExpansion'
import type { NodeTraits, PartitionerDescriptor, StreamEdge, StreamGraph, StreamNode } from './types'
import { placeOf, VirtualNodes } from './virtualNodes'

export const DEFAULT_SLOT_SHARING_GROUP = 'default'
const DEFAULT_STREAMING_JOB_NAME = 'Flink Streaming Job'
const DEFAULT_BATCH_JOB_NAME = 'Flink Batch Job'

/**
 * The stream graph of what the program has built so far. Mirrors StreamExecutionEnvironment.getStreamGraph, StreamGraphGenerator
 * and StreamGraph; cached results are left out. Throws Flink's exceptions with the line of the transformation at fault.
 */
export function streamGraphOf(environment: StreamExecutionEnvironment, jobName?: string): StreamGraph {
  if (environment.transformations.length === 0) {
    throw new IllegalStateException('No operators defined in streaming topology. Cannot execute.')
  }
  return new StreamGraphGenerator(environment).generate(jobName)
}

class StreamGraphGenerator {
  private readonly nodes = new Map<number, StreamNode>()
  private readonly inEdges = new Map<number, StreamEdge[]>()
  private readonly outDegree = new Map<number, number>()
  private readonly virtual = new VirtualNodes()
  private readonly transformed = new Map<Transformation, readonly number[]>()
  /** By slot sharing group, with the line that asked for them. */
  private readonly resources: Map<string, { readonly spec: string; readonly line?: number | undefined }>
  /** Edges of a sink's inner working, on which no unaligned checkpoint is taken. */
  private readonly aligned = new Set<Transformation>()
  /** Heads and tails whose slot sharing group is not known before their feedback is. */
  private readonly open = new Set<number>()
  private readonly configuration: Configuration
  private readonly batch: boolean
  private readonly dynamic: boolean

  constructor(private readonly environment: StreamExecutionEnvironment) {
    this.configuration = environment.context.configuration.merge(Configuration.fromMap(environment.settings.toMap()))
    this.batch = executesInBatchMode(environment.transformations, this.configuration)
    this.dynamic = isDynamic(this.batch, this.configuration)
    this.resources = new Map([...environment.groupResources].map(([group, spec]) => [group, { spec }]))
  }

  generate(jobName: string | undefined): StreamGraph {
    for (const transformation of this.environment.transformations) this.transform(transformation)
    const { settings } = this.environment
    // Heads and tails of iterations last, in the order in which they were made.
    const nodes = [...this.nodes.values()].sort((a, b) => (a.id > 0 === b.id > 0 ? Math.abs(a.id) - Math.abs(b.id) : b.id - a.id))
    const edges = nodes.flatMap((node) => {
      const inputs = this.inEdges.get(node.id)!
      return inputs.every((edge) => edge.unaligned) ? inputs : inputs.map((edge) => ({ ...edge, unaligned: false }))
    })
    return {
      jobName: jobName ?? settings.get(PipelineOptions.NAME) ?? (this.batch ? DEFAULT_BATCH_JOB_NAME : DEFAULT_STREAMING_JOB_NAME),
      jobType: this.batch ? 'BATCH' : 'STREAMING',
      nodes,
      edges,
      chainingEnabled: settings.get(PipelineOptions.OPERATOR_CHAINING),
      chainDifferentMaxParallelism: settings.get(PipelineOptions.OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM),
      ...(this.dynamic ? { dynamic: true as const } : {}),
      ...(this.allExchangesBlocking() ? { allExchangesBlocking: true as const } : {}),
      configuration: settings.toMap(),
      ...(settings.warnings.length === 0 ? {} : { warnings: settings.warnings }),
    }
  }

  /** Mirrors setFineGrainedGlobalStreamExchangeMode. */
  private allExchangesBlocking(): boolean {
    if (!this.batch || this.resources.size === 0) return false
    if (this.configuration.get(ClusterOptions.FINE_GRAINED_SHUFFLE_MODE_ALL_BLOCKING)) return true
    throw new IllegalConfigurationException(
      'At the moment, fine-grained resource management requires batch workloads to be executed with types of all edges being BLOCKING. ' +
        `To do that, you need to configure '${ClusterOptions.FINE_GRAINED_SHUFFLE_MODE_ALL_BLOCKING.key}' to 'true'. ` +
        'Notice that this may affect the performance. See FLINK-20865 for more details.',
    )
  }

  /** Node ids, real and virtual, that stand for a transformation. */
  private transform(transformation: Transformation): readonly number[] {
    const known = this.transformed.get(transformation)
    if (known !== undefined) return known
    this.checkResources(transformation)
    if (transformation instanceof CoFeedbackTransformation) return this.addIteration(transformation, [])
    const inputs = transformation.inputs.map((input) => this.transform(input))
    // A loop comes back here by itself.
    const meanwhile = this.transformed.get(transformation)
    if (meanwhile !== undefined) return meanwhile
    if (transformation instanceof FeedbackTransformation) return this.addIteration(transformation, inputs[0]!)
    const ids = this.translate(transformation, inputs)
    this.transformed.set(transformation, ids)
    return ids
  }

  private translate(transformation: Transformation, inputs: readonly (readonly number[])[]): readonly number[] {
    if (transformation instanceof OperatorTransformation) return this.addOperator(transformation, inputs)
    if (transformation instanceof SinkTransformation) return this.addSink(transformation)
    if (transformation instanceof UnionTransformation) return inputs.flat()
    const nextId = (): number => this.environment.context.nextId()
    if (transformation instanceof PartitionTransformation) {
      const partitioner = this.virtual.partitionerOf(transformation)
      // Between streaming tasks a blocking exchange means nothing.
      const exchangeMode = !this.batch && transformation.exchangeMode === 'BATCH' ? 'UNDEFINED' : transformation.exchangeMode
      return inputs[0]!.map((from) => this.virtual.add(nextId(), { from, partitioner, exchangeMode, at: placeOf(transformation) }))
    }
    if (transformation instanceof SideOutputTransformation) {
      return inputs[0]!.map((from) => this.virtual.add(nextId(), { from, outputTag: transformation.tag }))
    }
    throw new IllegalStateException(`Unknown transformation: ${transformation}`)
  }

  /** Mirrors transformFeedback and transformCoFeedback: head and tail first, then what is fed back, which may read the head. */
  private addIteration(iteration: Feedback, inputs: readonly number[]): readonly number[] {
    refuseFeedback(iteration, this.batch)
    const jobWide = this.configuration.get(PipelineOptions.MAX_PARALLELISM)
    const { head, tail } = iterationNodes(this.environment.context, iteration, jobWide)
    for (const node of [head, tail]) {
      this.nodes.set(node.id, node)
      this.inEdges.set(node.id, [])
      this.open.add(node.id)
    }
    const ids = [...inputs, head.id]
    this.transformed.set(iteration, ids)
    const fedBack: number[] = []
    for (const feedback of iteration.feedbackEdges) {
      const from = this.transform(feedback)
      fedBack.push(...from)
      for (const id of from) this.addEdge(id, tail.id, 0, false)
    }
    const slotSharing = this.slotSharing(undefined, fedBack)
    for (const node of [head, tail]) {
      this.nodes.set(node.id, { ...node, ...slotSharing })
      this.open.delete(node.id)
    }
    return ids
  }

  private addSink(sink: SinkTransformation): readonly number[] {
    const expanded = expandSink(this.environment.context, sink)
    for (const partition of expanded.committing) this.aligned.add(partition)
    for (const step of expanded.steps) this.transform(step)
    if (expanded.globalCommitter !== undefined) {
      this.transform(expanded.globalCommitter.input)
      const { step, exchange } = expanded.globalCommitter.make()
      this.aligned.add(exchange)
      this.transform(step)
    }
    return []
  }

  private addOperator(operator: OperatorTransformation, inputs: readonly (readonly number[])[]): readonly number[] {
    const { id, line, traits, uid, uidHash } = operator
    const { settings } = this.environment
    // The writer of a Sink V2 yields; sinks of the old kind do not.
    const legacySink = traits.role === 'sink' && traits.yielding !== true
    const name = traits.role === 'source' ? `Source: ${operator.name}` : legacySink ? `Sink: ${operator.name}` : operator.name
    const jobWide = settings.get(PipelineOptions.MAX_PARALLELISM)
    const keyedBy = inputs.map((_, input) => traits.keyedBy?.[input]?.id ?? null)
    const own = traits.chaining ?? 'ALWAYS'
    const strategy = traits.fixedChaining === true ? own : operator.chaining
    // Sorted inputs break the chain before a keyed operator (G-21), in streaming too where it gives nothing before its end.
    const isSorted =
      (this.batch || traits.outputOnlyAfterEndOfStream === true) &&
      keyedBy.some((key) => key !== null) &&
      (strategy === 'ALWAYS' || strategy === 'HEAD_WITH_SOURCES')
    const chainingBy = isSorted ? 'sorted-inputs' : strategy !== own ? 'program' : undefined
    const nodeTraits: NodeTraits = {
      ...(chainingBy === undefined ? {} : { chainingBy }),
      ...(traits.yielding ? { yielding: true } : {}),
      ...(traits.source === undefined ? {} : { source: traits.source }),
      ...(traits.outputOnlyAfterEndOfStream ? { outputOnlyAfterEndOfStream: true } : {}),
      ...(legacySink ? { dataSink: true } : {}),
    }
    this.nodes.set(id, {
      id,
      name,
      description: operator.description ?? name,
      role: traits.role,
      operator: operator.operator,
      parallelism: operator.parallelism === -1 ? this.environment.getParallelism() : operator.parallelism,
      ...(operator.parallelismConfigured ? { parallelismConfigured: true as const } : {}),
      maxParallelism: operator.maxParallelism > 0 ? operator.maxParallelism : jobWide > 0 ? jobWide : -1,
      ...this.slotSharing(operator.slotSharingGroup?.name, inputs.flat()),
      ...(operator.coLocationGroup === undefined ? {} : { coLocationGroup: operator.coLocationGroup }),
      chaining: isSorted ? 'HEAD' : strategy,
      bufferTimeout: operator.bufferTimeout >= 0 ? operator.bufferTimeout : this.batch ? -1 : this.environment.getBufferTimeout(),
      ...(uid === undefined ? {} : { uid }),
      ...(uidHash === undefined ? {} : { uidHash }),
      keyedBy,
      ...placeOf(operator),
      ...(Object.keys(nodeTraits).length === 0 ? {} : { traits: nodeTraits }),
    })
    this.inEdges.set(id, [])
    const numbered = inputs.length > 1 || traits.numberedInputs === true
    inputs.forEach((ids, input) => {
      const onlyAligned = this.aligned.has(operator.inputs[input]!)
      for (const from of ids) this.addEdge(from, id, numbered ? input + 1 : 0, onlyAligned)
    })
    if (!settings.get(PipelineOptions.AUTO_GENERATE_UIDS) && uid === undefined && uidHash === undefined) {
      const message = `Auto generated UIDs have been disabled but no UID or hash has been assigned to operator ${operator.name}`
      throwAt(line, new IllegalStateException(message))
    }
    return [id]
  }

  private addEdge(source: number, to: number, typeNumber: number, onlyAligned: boolean): void {
    const { from, partitioner: asked, exchangeMode, outputTag, at } = this.virtual.resolve(source)
    const up = this.nodes.get(from)!
    const down = this.nodes.get(to)!
    const partitioner = asked ?? this.defaultPartitioner(up, down)
    if (partitioner.name === 'FORWARD' && up.parallelism !== down.parallelism) {
      throwAt(
        down.line,
        new UnsupportedOperationException(
          `Forward partitioning does not allow change of parallelism. Upstream operation: ${up.name}-${up.id} parallelism: ${up.parallelism}, ` +
            `downstream operation: ${down.name}-${down.id} parallelism: ${down.parallelism} ` +
            'You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global.',
        ),
      )
    }
    const out = this.outDegree.get(from) ?? 0
    this.outDegree.set(from, out + 1)
    this.inEdges.get(to)!.push({
      from,
      to,
      out,
      typeNumber,
      partitioner,
      exchangeMode,
      ...at,
      ...(outputTag === undefined ? {} : { outputTag }),
      unaligned: supportsUnaligned(partitioner.name) && !onlyAligned,
    })
  }

  /** G-3. */
  private defaultPartitioner(up: StreamNode, down: StreamNode): PartitionerDescriptor {
    if (up.parallelism !== down.parallelism) return { name: 'REBALANCE' }
    return { name: 'FORWARD', ...(this.dynamic ? { unspecified: true as const } : {}) }
  }

  /** G-8, and who says so. */
  private slotSharing(
    specified: string | undefined,
    inputs: readonly number[],
  ): Required<Pick<StreamNode, 'slotSharingGroup' | 'slotSharingGroupBy'>> {
    if (specified !== undefined) return { slotSharingGroup: specified, slotSharingGroupBy: 'explicit' }
    const slotSharingGroup = this.inheritedGroup(inputs)
    return { slotSharingGroup, slotSharingGroupBy: slotSharingGroup === DEFAULT_SLOT_SHARING_GROUP ? 'default' : 'inherited' }
  }

  /** An open iteration has no group yet, and so agrees with none. Mirrors determineSlotSharingGroup. */
  private inheritedGroup(inputs: readonly number[]): string {
    let group: string | undefined
    for (const id of inputs) {
      const node = this.virtual.realOf(id)
      const candidate = this.open.has(node) ? undefined : this.nodes.get(node)!.slotSharingGroup
      if (group === undefined) group = candidate
      else if (group !== candidate) return DEFAULT_SLOT_SHARING_GROUP
    }
    return group ?? DEFAULT_SLOT_SHARING_GROUP
  }

  private checkResources({ slotSharingGroup, line }: Transformation): void {
    if (slotSharingGroup?.resources === undefined) return
    const known = this.resources.get(slotSharingGroup.name)
    if (known !== undefined && known.spec !== slotSharingGroup.resources) {
      const message = `The slot sharing group ${slotSharingGroup.name} has been configured with two different resource spec.`
      // Consumers are looked at before what they read; the program says the second one further down.
      throwAt(line === undefined ? known.line : Math.max(line, known.line ?? 0), new IllegalArgumentException(message))
    }
    this.resources.set(slotSharingGroup.name, { spec: slotSharingGroup.resources, line })
  }
}
