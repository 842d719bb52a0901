import type { Functions, OperatorDescriptor } from './descriptors'
import type { Transformation } from './transformation'

/**
 * What `sinkTo` is given, as data: the nodes that a Sink V2 expands to (G-14). A sink that commits, prepares its input or
 * compacts says so by these members; one without any is a writer alone.
 */
export interface SinkTopology {
  /** Before the writer: a repartitioning of the input, or a step of one's own. */
  readonly preWrite?: { readonly rebalance: true } | SinkStep | SinkProgram
  readonly writer: SinkStep
  /** Between writer and committer. */
  readonly preCommit?: SinkStep
  readonly committer?: SinkStep
  /** After the committer, parallelism 1. */
  readonly globalCommitter?: SinkStep
}

export interface SinkStep {
  /** Its name behind `<sink>: `. */
  readonly name: string
  readonly operator: OperatorDescriptor
  readonly functions: Functions
}

/** What a sink of the program's own does with its input (`addPreWriteTopology`); called when the graph is made. */
export interface SinkProgram {
  /** Returns what the writer reads, and the operators that were made on the way. */
  build(input: Transformation): { readonly output: Transformation; readonly made: readonly Transformation[] }
}
