import { IllegalArgumentException, UnsupportedOperationException } from '../../core/exceptions'
import { UPPER_BOUND_MAX_PARALLELISM } from '../../core/keygroups'
import type { ExecutionContext } from '../environment/context'
import type { ChainingStrategy, ExchangeMode, Functions, OperatorDescriptor, PartitionerName } from './descriptors'
import type { SinkTopology } from './sinkTopology'
import type { TransformationSettings } from './transformationSettings'

/** Mirrors org.apache.flink.api.common.operators.SlotSharingGroup. */
export interface SlotSharingGroupSpec {
  readonly name: string
  /** What makes two specs of one name differ; absent: unknown resources, which fit any. */
  readonly resources?: string
}

/**
 * A step of a program, as data. Mirrors org.apache.flink.api.dag.Transformation: what the fluent API makes, and what the
 * stream graph is generated from. Real ones (`OperatorTransformation`, `SinkTransformation`) become nodes; virtual ones
 * (partition, side output, union) melt into edges (G-2).
 */
export abstract class Transformation implements TransformationSettings {
  readonly id: number
  /** Line of the program that made it: the line of the call itself, not where its expression begins. */
  readonly line: number | undefined
  /** The method that the program called for it: `map`, `keyBy`, `sinkTo`. */
  call: string | undefined
  description: string | undefined
  /** −1: not set. */
  maxParallelism = -1
  /** ms; −1: the environment's. */
  bufferTimeout = -1
  slotSharingGroup: SlotSharingGroupSpec | undefined
  coLocationGroup: string | undefined
  uid: string | undefined
  uidHash: string | undefined
  /** Whether the program asked for this parallelism itself; matters to adaptive batch plans alone. */
  parallelismConfigured = false

  constructor(
    context: ExecutionContext,
    public name: string,
    public parallelism: number,
    readonly inputs: readonly Transformation[],
    readonly functions: Functions,
  ) {
    this.id = context.nextId()
    this.line = context.currentLine()
    context.register(this)
  }

  /** Says which method of the program's surface made it. */
  calledBy(method: string): this {
    this.call = method
    return this
  }

  getId(): number {
    return this.id
  }
  getName(): string {
    return this.name
  }
  getParallelism(): number {
    return this.parallelism
  }
  getMaxParallelism(): number {
    return this.maxParallelism
  }
  getUid(): string | null {
    return this.uid ?? null
  }
  setCoLocationGroupKey(coLocationGroupKey: string | null): void {
    this.coLocationGroup = coLocationGroupKey ?? undefined
  }
  getCoLocationGroupKey(): string | null {
    return this.coLocationGroup ?? null
  }

  /** All that this is made of, itself included. Mirrors getTransitivePredecessors, which stops at iterations. */
  predecessors(): ReadonlySet<Transformation> {
    return predecessorsOf([this])
  }

  /** As `Map{id=3, …}` in Flink's messages, but shorter. */
  toString(): string {
    return `${this.name}-${this.id}`
  }
}

/**
 * What transformations are made of, themselves included. As in Flink, a broadcast process function knows its two inputs alone, not
 * what stands before them (AbstractBroadcastStateTransformation.getTransitivePredecessorsInternal).
 */
export function predecessorsOf(transformations: readonly Transformation[]): ReadonlySet<Transformation> {
  const found = new Set(transformations)
  const walked = new Set(transformations)
  for (const transformation of walked) {
    const stops = transformation instanceof OperatorTransformation && transformation.traits.fixedChaining === true
    for (const input of transformation.inputs) {
      found.add(input)
      if (!stops) walked.add(input)
    }
  }
  return found
}

export interface OperatorTraits {
  readonly role: 'source' | 'operator' | 'sink'
  readonly chaining?: ChainingStrategy
  /** Needs a mailbox and so refuses a legacy source as head of its chain (G-17.5). */
  readonly yielding?: boolean
  /** For sources: a FLIP-27 source, or a SourceFunction of old. */
  readonly source?: 'flip27' | 'legacy'
  readonly bounded?: boolean
  /** Transformations whose `keySelector` keys input 0, 1, …. */
  readonly keyedBy?: readonly (Transformation | null)[]
  /** Emits nothing before its input ends, so that what it gives is blocking even in streaming (G-27). */
  readonly outputOnlyAfterEndOfStream?: boolean
  /** A broadcast process function: `startNewChain` and `disableChaining` change nothing, as its translator never looks. */
  readonly fixedChaining?: boolean
  /** Inputs carry numbers 1… even if there is one only (MultipleInputTransformation). */
  readonly numberedInputs?: boolean
}

/** A node of the stream graph: source, operator or legacy sink, with any number of inputs. */
export class OperatorTransformation extends Transformation {
  chaining: ChainingStrategy

  constructor(
    context: ExecutionContext,
    name: string,
    parallelism: number,
    inputs: readonly Transformation[],
    functions: Functions,
    readonly operator: OperatorDescriptor,
    readonly traits: OperatorTraits,
  ) {
    super(context, name, parallelism, inputs, functions)
    this.chaining = traits.chaining ?? 'ALWAYS'
  }
}

/** `sinkTo`: becomes one node or several when its turn comes (G-14). Mirrors SinkTransformation. */
export class SinkTransformation extends Transformation {
  chaining: ChainingStrategy | undefined

  constructor(
    context: ExecutionContext,
    name: string,
    parallelism: number,
    input: Transformation,
    readonly topology: SinkTopology,
  ) {
    super(context, name, parallelism, [input], topology.writer.functions)
  }
}

/** `rebalance()`, `keyBy()` and the like. */
export class PartitionTransformation extends Transformation {
  constructor(
    context: ExecutionContext,
    readonly input: Transformation,
    readonly partitioner: PartitionerName,
    functions: Functions = {},
    readonly exchangeMode: ExchangeMode = 'UNDEFINED',
  ) {
    super(context, 'Partition', input.parallelism, [input], functions)
  }
}

/** `getSideOutput(tag)`. */
export class SideOutputTransformation extends Transformation {
  constructor(
    context: ExecutionContext,
    readonly input: Transformation,
    readonly tag: string,
  ) {
    super(context, 'SideOutput', input.parallelism, [input], {})
  }
}

/** `union(…)`. */
export class UnionTransformation extends Transformation {
  constructor(context: ExecutionContext, inputs: readonly Transformation[]) {
    super(context, 'Union', inputs[0]!.parallelism, inputs, {})
  }
}

/**
 * `iterate()`: what the program feeds back by `closeWith(…)` is added later. Head and tail are the stream graph's (G-10).
 * Mirrors FeedbackTransformation.
 */
export class FeedbackTransformation extends Transformation {
  readonly feedbackEdges: Transformation[] = []

  constructor(
    context: ExecutionContext,
    readonly input: Transformation,
    /** ms that the head waits for feedback before it ends; 0: for ever. */
    readonly waitTime: number,
  ) {
    super(context, 'Feedback', input.parallelism, [input], {})
  }

  addFeedbackEdge(transformation: Transformation): void {
    checkFeedback(transformation.parallelism, this.parallelism)
    this.feedbackEdges.push(transformation)
  }
}

/** `iterate().withFeedbackType(…)`: feedback of another type, as the second input of a connected stream. Mirrors CoFeedbackTransformation. */
export class CoFeedbackTransformation extends Transformation {
  readonly feedbackEdges: Transformation[] = []

  constructor(
    context: ExecutionContext,
    parallelism: number,
    readonly waitTime: number,
  ) {
    super(context, 'CoFeedback', parallelism, [], {})
  }

  addFeedbackEdge(transformation: Transformation): void {
    checkFeedback(transformation.parallelism, this.parallelism)
    this.feedbackEdges.push(transformation)
  }
}

function checkFeedback(feedback: number, original: number): void {
  if (feedback === original) return
  throw new UnsupportedOperationException(
    `Parallelism of the feedback stream must match the parallelism of the original stream. Parallelism of original stream: ${original}; ` +
      `parallelism of feedback stream: ${feedback}. Parallelism can be modified using DataStream#setParallelism() method`,
  )
}

/** Mirrors OperatorValidationUtils.validateParallelism. */
export function validateParallelism(parallelism: number, canBeParallel = true): void {
  if (!canBeParallel && parallelism !== 1) throw new IllegalArgumentException('The parallelism of non parallel operator must be 1.')
  if (!Number.isInteger(parallelism) || (parallelism <= 0 && parallelism !== -1)) {
    throw new IllegalArgumentException(
      'The parallelism of an operator must be at least 1, or ExecutionConfig.PARALLELISM_DEFAULT (use system default).',
    )
  }
}

/** Mirrors OperatorValidationUtils.validateMaxParallelism. */
export function validateMaxParallelism(maxParallelism: number, canBeParallel = true): void {
  if (!Number.isInteger(maxParallelism) || maxParallelism <= 0)
    throw new IllegalArgumentException('The maximum parallelism must be greater than 0.')
  if (!canBeParallel && maxParallelism !== 1)
    throw new IllegalArgumentException('The maximum parallelism of non parallel operator must be 1.')
  if (maxParallelism > UPPER_BOUND_MAX_PARALLELISM) {
    throw new IllegalArgumentException(`Maximum parallelism must be between 1 and ${UPPER_BOUND_MAX_PARALLELISM}. Found: ${maxParallelism}`)
  }
}

/** Mirrors Transformation.setUidHash. */
export function validateUidHash(uidHash: string): void {
  if (!/^[0-9A-Fa-f]{32}$/.test(uidHash)) {
    throw new IllegalArgumentException(`Node hash must be a 32 character String that describes a hex code. Found: ${uidHash}`)
  }
}
