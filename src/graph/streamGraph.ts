import { IllegalArgumentException, IllegalStateException, throwAt, UnsupportedOperationException } from '../core/exceptions'
import { ExecutionOptions, PipelineOptions } from '../core/options'
import type { ExchangeMode } from '../streaming/operators/descriptors'
import {
  OperatorTransformation,
  PartitionTransformation,
  SideOutputTransformation,
  SinkTransformation,
  UnionTransformation,
  type Transformation,
} from '../streaming/operators/transformation'
import type { StreamExecutionEnvironment } from '../streaming/environment/StreamExecutionEnvironment'
import { supportsUnaligned } from './partitioners'
import { expandSink } from './sinkExpansion'
import type { NodeTraits, PartitionerDescriptor, StreamEdge, StreamGraph, StreamNode } from './types'

export const DEFAULT_SLOT_SHARING_GROUP = 'default'
const DEFAULT_STREAMING_JOB_NAME = 'Flink Streaming Job'
const DEFAULT_BATCH_JOB_NAME = 'Flink Batch Job'

/** A step that melts into the edges behind it (G-2). */
interface VirtualNode {
  readonly from: number
  readonly partitioner?: PartitionerDescriptor
  readonly exchangeMode?: ExchangeMode
  readonly outputTag?: string
  /** Where the program asked for the partitioner. */
  readonly at?: Pick<StreamEdge, 'line' | 'call'>
}

/**
 * The stream graph of what the program has built so far. Mirrors StreamGraphGenerator and StreamGraph; adaptive batch plans
 * are left out. Throws Flink's exceptions with the line of the transformation at fault.
 */
export function streamGraphOf(environment: StreamExecutionEnvironment, jobName?: string): StreamGraph {
  return new StreamGraphGenerator(environment).generate(jobName)
}

const placeOf = ({ line, call }: Transformation): Pick<StreamNode, 'line' | 'call'> => ({
  ...(line === undefined ? {} : { line }),
  ...(call === undefined ? {} : { call }),
})

class StreamGraphGenerator {
  private readonly nodes = new Map<number, StreamNode>()
  private readonly inEdges = new Map<number, StreamEdge[]>()
  private readonly outDegree = new Map<number, number>()
  private readonly virtual = new Map<number, VirtualNode>()
  private readonly transformed = new Map<Transformation, readonly number[]>()
  private readonly resources = new Map<string, string>()
  /** Edges of a sink's inner working, on which no unaligned checkpoint is taken. */
  private readonly aligned = new Set<Transformation>()
  /** The first partition with a selector stands for all that share it: partitioners are equal if their functions are. */
  private readonly firstWith = new Map<unknown, number>()
  private readonly batch: boolean

  constructor(private readonly environment: StreamExecutionEnvironment) {
    this.batch = this.shouldExecuteInBatchMode()
  }

  generate(jobName: string | undefined): StreamGraph {
    for (const transformation of this.environment.transformations) this.transform(transformation)
    const { settings } = this.environment
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
      configuration: settings.toMap(),
      ...(settings.warnings.length === 0 ? {} : { warnings: settings.warnings }),
    }
  }

  private shouldExecuteInBatchMode(): boolean {
    const mode = this.environment.settings.get(ExecutionOptions.RUNTIME_MODE)
    const seen = new Set<Transformation>()
    const unbounded = (transformation: Transformation): boolean => {
      if (seen.has(transformation)) return false
      seen.add(transformation)
      const isUnbounded = transformation instanceof OperatorTransformation && transformation.traits.bounded === false
      return isUnbounded || transformation.inputs.some(unbounded)
    }
    const existsUnbounded = this.environment.transformations.some(unbounded)
    if (mode === 'BATCH' && existsUnbounded) {
      throw new IllegalStateException(
        "Detected an UNBOUNDED source with the 'execution.runtime-mode' set to 'BATCH'. " +
          "This combination is not allowed, please set the 'execution.runtime-mode' to STREAMING or AUTOMATIC",
      )
    }
    return mode === 'BATCH' || (mode === 'AUTOMATIC' && !existsUnbounded)
  }

  /** Node ids, real and virtual, that stand for a transformation. */
  private transform(transformation: Transformation): readonly number[] {
    const known = this.transformed.get(transformation)
    if (known !== undefined) return known
    this.checkResources(transformation)
    const inputs = transformation.inputs.map((input) => this.transform(input))
    const ids = this.translate(transformation, inputs)
    this.transformed.set(transformation, ids)
    return ids
  }

  private translate(transformation: Transformation, inputs: readonly (readonly number[])[]): readonly number[] {
    if (transformation instanceof OperatorTransformation) return this.addOperator(transformation, inputs)
    if (transformation instanceof SinkTransformation) return this.addSink(transformation)
    if (transformation instanceof UnionTransformation) return inputs.flat()
    if (transformation instanceof PartitionTransformation) {
      const partitioner = this.partitionerOf(transformation)
      // Between streaming tasks a blocking exchange means nothing.
      const exchangeMode = !this.batch && transformation.exchangeMode === 'BATCH' ? 'UNDEFINED' : transformation.exchangeMode
      return inputs[0]!.map((from) => this.addVirtual({ from, partitioner, exchangeMode, at: placeOf(transformation) }))
    }
    if (transformation instanceof SideOutputTransformation) {
      return inputs[0]!.map((from) => this.addVirtual({ from, outputTag: transformation.tag }))
    }
    throw new IllegalStateException(`Unknown transformation: ${transformation}`)
  }

  private partitionerOf({ partitioner: name, functions, id }: PartitionTransformation): PartitionerDescriptor {
    if (name === 'CUSTOM') return { name, transformation: id }
    if (name !== 'HASH') return { name }
    const first = this.firstWith.get(functions.keySelector) ?? id
    this.firstWith.set(functions.keySelector, first)
    return { name, transformation: first }
  }

  private addVirtual(node: VirtualNode): number {
    const id = this.environment.context.nextId()
    this.virtual.set(id, node)
    return id
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
    if (!settings.get(PipelineOptions.AUTO_GENERATE_UIDS) && uid === undefined && uidHash === undefined) {
      throwAt(
        line,
        new IllegalStateException(
          `Auto generated UIDs have been disabled but no UID or hash has been assigned to operator ${operator.name}`,
        ),
      )
    }
    // The writer of a Sink V2 yields; sinks of the old kind do not.
    const legacySink = traits.role === 'sink' && traits.yielding !== true
    const name = traits.role === 'source' ? `Source: ${operator.name}` : legacySink ? `Sink: ${operator.name}` : operator.name
    const jobWide = settings.get(PipelineOptions.MAX_PARALLELISM)
    const keyedBy = inputs.map((_, input) => traits.keyedBy?.[input]?.id ?? null)
    const nodeTraits: NodeTraits = {
      ...(traits.yielding ? { yielding: true } : {}),
      ...(traits.source === undefined ? {} : { source: traits.source }),
      ...(traits.outputOnlyAfterEndOfStream ? { outputOnlyAfterEndOfStream: true } : {}),
      ...(legacySink ? { dataSink: true } : {}),
    }
    // Sorted inputs break the chain before a keyed operator (G-21), in streaming too where it gives nothing before its end.
    const sorted =
      (this.batch || traits.outputOnlyAfterEndOfStream === true) && keyedBy.some((key) => key !== null) && operator.chaining !== 'NEVER'
    this.nodes.set(id, {
      id,
      name,
      description: operator.description ?? name,
      role: traits.role,
      operator: operator.operator,
      parallelism: operator.parallelism === -1 ? this.environment.getParallelism() : operator.parallelism,
      maxParallelism: operator.maxParallelism > 0 ? operator.maxParallelism : jobWide > 0 ? jobWide : -1,
      slotSharingGroup: this.slotSharingGroup(operator, inputs.flat()),
      ...(operator.coLocationGroup === undefined ? {} : { coLocationGroup: operator.coLocationGroup }),
      chaining: sorted ? 'HEAD' : operator.chaining,
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
    return [id]
  }

  /** Walks the virtual nodes from consumer to producer: the first partitioner met counts, the last exchange mode (G-2). */
  private addEdge(from: number, to: number, typeNumber: number, onlyAligned: boolean): void {
    let partitioner: PartitionerDescriptor | undefined
    let exchangeMode: ExchangeMode | undefined
    let outputTag: string | undefined
    let at: VirtualNode['at']
    for (let node = this.virtual.get(from); node !== undefined; node = this.virtual.get(from)) {
      if (partitioner === undefined) at = node.at
      partitioner ??= node.partitioner
      exchangeMode = node.exchangeMode ?? exchangeMode
      outputTag ??= node.outputTag
      from = node.from
    }
    const up = this.nodes.get(from)!
    const down = this.nodes.get(to)!
    partitioner ??= { name: up.parallelism === down.parallelism ? 'FORWARD' : 'REBALANCE' }
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
      exchangeMode: exchangeMode ?? 'UNDEFINED',
      ...at,
      ...(outputTag === undefined ? {} : { outputTag }),
      unaligned: supportsUnaligned(partitioner.name) && !onlyAligned,
    })
  }

  /** G-8. */
  private slotSharingGroup(transformation: Transformation, inputs: readonly number[]): string {
    if (transformation.slotSharingGroup !== undefined) return transformation.slotSharingGroup.name
    const groups = new Set(inputs.map((id) => this.groupOf(id)))
    return groups.size === 1 ? [...groups][0]! : DEFAULT_SLOT_SHARING_GROUP
  }

  private groupOf(id: number): string {
    const virtual = this.virtual.get(id)
    return virtual === undefined ? this.nodes.get(id)!.slotSharingGroup : this.groupOf(virtual.from)
  }

  private checkResources({ slotSharingGroup, line }: Transformation): void {
    if (slotSharingGroup?.resources === undefined) return
    const known = this.resources.get(slotSharingGroup.name)
    if (known !== undefined && known !== slotSharingGroup.resources) {
      throwAt(
        line,
        new IllegalArgumentException(
          `The slot sharing group ${slotSharingGroup.name} has been configured with two different resource spec.`,
        ),
      )
    }
    this.resources.set(slotSharingGroup.name, slotSharingGroup.resources)
  }
}
