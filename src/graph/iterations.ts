import { IllegalStateException, throwAt, UnsupportedOperationException } from '../core/exceptions'
import type { ExecutionContext } from '../streaming/environment/context'
import {
  OperatorTransformation,
  type CoFeedbackTransformation,
  type FeedbackTransformation,
  type Transformation,
} from '../streaming/operators/transformation'
import type { StreamNode } from './types'
import { placeOf } from './virtualNodes'

export type Feedback = FeedbackTransformation | CoFeedbackTransformation

/** How many heads and tails an evaluation has: Flink counts them by one JVM-wide counter, downwards from −1. */
const made = new WeakMap<ExecutionContext, number>()

function nextId(context: ExecutionContext): number {
  const id = (made.get(context) ?? 0) - 1
  made.set(context, id)
  return id
}

/** What Flink says of a loop that cannot be, with the line of its `iterate`. */
export function refuseFeedback(iteration: Feedback, batch: boolean): void {
  if (batch) {
    throwAt(
      iteration.line,
      new UnsupportedOperationException(
        'Iterations are not supported in BATCH execution mode. If you want to execute such a pipeline, ' +
          "please set the 'execution.runtime-mode'=STREAMING",
      ),
    )
  }
  if (iteration.feedbackEdges.length === 0 && 'input' in iteration) {
    const { id, name, parallelism, input } = iteration
    const told = `FeedbackTransformation{id=${id}, name='${name}', outputType=${outputTypeOf(input)}, parallelism=${parallelism}}`
    throwAt(iteration.line, new IllegalStateException(`Iteration ${told} does not have any feedback edges.`))
  }
}

const UNKNOWN_TYPE = 'GenericType<java.lang.Object>'
const KEEP_TYPE = new Set(['filter', 'timestampsAndWatermarks', 'keyedReduce', 'keyedAggregate'])

/** The Java type of a step's records as Flink writes it, where it needs no type of the program's; else what Flink says of what it does not know. */
function outputTypeOf(step: Transformation): string {
  if (step instanceof OperatorTransformation) {
    if (step.operator.kind === 'source' && step.operator.params.source === 'sequence') return 'Long'
    if (!KEEP_TYPE.has(step.operator.kind)) return UNKNOWN_TYPE
  }
  const [input] = step.inputs
  return input === undefined ? UNKNOWN_TYPE : outputTypeOf(input)
}

/**
 * The two ends of a loop (G-10): nodes without operator, in one co-location group, that send at once. Mirrors
 * StreamGraph.createIterationSourceAndSink; their slot sharing group is still to be found from the feedback. `jobWide` is the
 * job's max parallelism, not above 0 if it has none.
 */
export function iterationNodes(
  context: ExecutionContext,
  iteration: Feedback,
  jobWide: number,
): { readonly head: StreamNode; readonly tail: StreamNode } {
  const { id: loop, parallelism, waitTime } = iteration
  const node = (part: 'Source' | 'Sink', maxParallelism: number): StreamNode => {
    const name = `Iteration${part}-${loop}`
    return {
      id: nextId(context),
      name,
      description: name,
      role: part === 'Source' ? 'source' : 'sink',
      operator: { kind: part === 'Source' ? 'iterationHead' : 'iterationTail', params: { loop, waitTime } },
      parallelism,
      maxParallelism,
      slotSharingGroup: '',
      coLocationGroup: `IterationCoLocationGroup-${loop}`,
      chaining: null,
      bufferTimeout: 0,
      keyedBy: part === 'Source' ? [] : [null],
      ...placeOf(iteration),
      ...(part === 'Source' ? {} : { traits: { dataSink: true } }),
    }
  }
  const own = iteration.maxParallelism > 0 ? iteration.maxParallelism : jobWide > 0 ? jobWide : -1
  return { head: node('Source', own), tail: node('Sink', parallelism) }
}
