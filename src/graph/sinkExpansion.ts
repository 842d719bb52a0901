import { IllegalStateException, throwAt, UnsupportedOperationException } from '../core/exceptions'
import type { ExecutionContext } from '../streaming/environment/context'
import type { SinkStep } from '../streaming/operators/sinkTopology'
import {
  OperatorTransformation,
  PartitionTransformation,
  type OperatorTraits,
  type SinkTransformation,
  type Transformation,
} from '../streaming/operators/transformation'

export interface ExpandedSink {
  /** In the order of translation. */
  readonly steps: readonly OperatorTransformation[]
  /** The exchanges behind the writer, on which checkpoints stay aligned. */
  readonly committing: readonly PartitionTransformation[]
  /** Made when the others are translated, as GlobalCommitterTransformation is: its ids come later. */
  readonly globalCommitter?: {
    readonly input: Transformation
    make(): { readonly step: OperatorTransformation; readonly exchange: PartitionTransformation }
  }
}

/**
 * What a `sinkTo` becomes (G-14): Writer, and where the sink has them a step before, one between, a Committer and a Global
 * Committer. Mirrors SinkTransformationTranslator.SinkExpander, which loses the sink's description. The forward edges behind the writer have mode BATCH: no matter
 * in streaming, a cut in batch.
 */
export function expandSink(context: ExecutionContext, sink: SinkTransformation): ExpandedSink {
  const { topology } = sink
  const steps: OperatorTransformation[] = []
  const committing: PartitionTransformation[] = []

  const partition = (input: Transformation, partitioner: 'FORWARD' | 'GLOBAL' | 'REBALANCE', inner: boolean): PartitionTransformation => {
    const exchange = new PartitionTransformation(context, input, partitioner, {}, partitioner === 'FORWARD' ? 'BATCH' : 'UNDEFINED')
    if (inner) committing.push(exchange)
    // Made when the graph is, but asked for by the program's `sinkTo`.
    Object.assign(exchange, { line: sink.line, call: sink.call })
    return exchange
  }
  const add = (
    input: Transformation,
    step: SinkStep,
    traits: OperatorTraits,
    own: Partial<OperatorTransformation> = {},
  ): OperatorTransformation => {
    const made = new OperatorTransformation(
      context,
      `${sink.name}: ${step.name}`,
      sink.parallelism,
      [input],
      step.functions,
      step.operator,
      traits,
    )
    made.maxParallelism = sink.maxParallelism
    made.bufferTimeout = sink.bufferTimeout
    made.slotSharingGroup = sink.slotSharingGroup
    made.coLocationGroup = sink.coLocationGroup
    made.parallelismConfigured = sink.parallelismConfigured
    made.uid = uidOf(sink.uid, step.name)
    if (sink.chaining !== undefined) made.chaining = sink.chaining
    Object.assign(made, { line: sink.line, call: sink.call }, own)
    steps.push(made)
    return made
  }
  /** Operators that the sink's own code made take from the sink what they do not say themselves. */
  const adopt = (made: OperatorTransformation): void => {
    made.name = `${sink.name}: ${made.name}`
    if (made.description !== undefined) made.description = `${sink.name}: ${made.description}`
    if (made.uid !== undefined) {
      if (sink.uid === undefined) {
        throwAt(
          sink.line,
          new IllegalStateException(
            `Sink ${sink.name} requires to set a uid since its customized topology has set uid for some operators.`,
          ),
        )
      }
      made.uid = `${sink.uid}: ${made.uid}`
    }
    made.slotSharingGroup ??= sink.slotSharingGroup
    made.coLocationGroup ??= sink.coLocationGroup
    if (!made.parallelismConfigured) {
      made.parallelism = sink.parallelism
      made.parallelismConfigured = sink.parallelismConfigured
    }
    if (made.maxParallelism < 0) made.maxParallelism = sink.maxParallelism
    if (sink.chaining !== undefined) made.chaining = sink.chaining
    Object.assign(made, { line: sink.line, call: sink.call })
    steps.push(made)
  }

  let input: Transformation = sink.inputs[0]!
  // The sink is handed the stream itself: what stands first behind a keyed one knows its key, and none may partition it again.
  const first = isKeyed(input) ? { keyedBy: [input] } : {}
  if (topology.preWrite !== undefined && 'rebalance' in topology.preWrite) {
    if (isKeyed(input)) throwAt(sink.line, new UnsupportedOperationException('Cannot override partitioning for KeyedStream.'))
    input = partition(input, 'REBALANCE', false)
  } else if (topology.preWrite !== undefined && 'build' in topology.preWrite) {
    const { output, made } = topology.preWrite.build(input)
    for (const transformation of made) if (transformation instanceof OperatorTransformation) adopt(transformation)
    input = output
  } else if (topology.preWrite !== undefined) input = add(input, topology.preWrite, { role: 'operator', ...first })
  // A sink's description is lost: none of what it expands to has one to put it before.
  const writer = add(input, topology.writer, { role: 'sink', yielding: true, ...(topology.preWrite === undefined ? first : {}) })
  if (topology.committer === undefined) return { steps, committing }

  input = partition(writer, 'FORWARD', true)
  if (topology.preCommit !== undefined) input = add(input, topology.preCommit, { role: 'operator' })
  const committer = add(input, topology.committer, { role: 'operator' })
  const { globalCommitter } = topology
  if (globalCommitter === undefined) return { steps, committing }
  const failOverRegion = partition(committer, 'FORWARD', true)
  context.nextId() // GlobalCommitterTransformation's own
  const make = () => {
    const exchange = partition(failOverRegion, 'GLOBAL', true)
    const own = { parallelism: 1, maxParallelism: 1, parallelismConfigured: true, chaining: 'ALWAYS' as const }
    return { step: add(exchange, globalCommitter, { role: 'operator' }, own), exchange }
  }
  return { steps, committing, globalCommitter: { input: failOverRegion, make } }
}

/** Whether a sink was put on a KeyedStream: its partition holds a key selector alone. */
const isKeyed = (input: Transformation): boolean =>
  input instanceof PartitionTransformation && input.functions.keySelector !== undefined && input.functions.partitioner === undefined

function uidOf(uid: string | undefined, step: string): string | undefined {
  if (uid === undefined) return undefined
  switch (step) {
    case 'Committer':
      return `Sink Committer: ${uid}`
    case 'Writer':
      return uid
    case 'Global Committer':
      return `Sink ${uid} Global Committer`
    default:
      return undefined
  }
}
