import { UnsupportedOperationException } from '../../core/exceptions'
import { CoFeedbackTransformation, FeedbackTransformation, type Transformation } from '../operators/transformation'
import { ConnectedStreams, DataStream, SingleOutputStreamOperator } from './index'

/**
 * The head of a loop: what `closeWith` is given comes back to it.
 * Mirrors org.apache.flink.streaming.api.datastream.IterativeStream. @deprecated Flink has no iterations from 2.0 on
 */
export class IterativeStream<T> extends SingleOutputStreamOperator<T> {
  /** @internal */
  constructor(
    private readonly originalInput: DataStream<T>,
    private readonly maxWaitTime: number,
  ) {
    const { environment, transformation } = originalInput
    const feedback = new FeedbackTransformation(environment.context, transformation, maxWaitTime).calledBy('iterate')
    super(environment, feedback)
    this.setBufferTimeout(environment.getBufferTimeout())
  }

  /** Feeds a stream of the loop's body back to its head. */
  closeWith(feedbackStream: DataStream<T>): DataStream<T> {
    const head = this.transformation as FeedbackTransformation
    closes(feedbackStream.transformation, head)
    head.addFeedbackEdge(feedbackStream.transformation)
    return feedbackStream
  }

  /** Not for iterations. */
  override fullWindowPartition(): never {
    throw new UnsupportedOperationException(
      'The fullWindowPartition is not supported because the IterativeStream has been deprecated since Flink 1.19.',
    )
  }

  /** Lets what is fed back have another type than what comes in: it is the second of two connected streams. */
  withFeedbackType<F>(_feedbackType: unknown): IterativeStream.ConnectedIterativeStreams<T, F> {
    return new ConnectedIterativeStreams<T, F>(this.originalInput, this.maxWaitTime)
  }
}

class ConnectedIterativeStreams<I, F> extends ConnectedStreams<I, F> {
  private readonly head: CoFeedbackTransformation

  constructor(input: DataStream<I>, waitTime: number) {
    const { environment } = input
    const head = new CoFeedbackTransformation(environment.context, input.getParallelism(), waitTime).calledBy('withFeedbackType')
    super(input, new DataStream<F>(environment, head))
    this.head = head
  }

  /** Feeds a stream of the loop's body back to its head. */
  closeWith(feedbackStream: DataStream<F>): DataStream<F> {
    closes(feedbackStream.transformation, this.head)
    this.head.addFeedbackEdge(feedbackStream.transformation)
    return feedbackStream
  }

  /** Not for iterations. */
  override keyBy(): never {
    throw new UnsupportedOperationException(
      'Cannot change the input partitioning of aniteration head directly. Apply the partitioning on the input and' +
        'feedback streams instead.',
    )
  }
}

function closes(feedback: Transformation, head: Transformation): void {
  if (feedback.predecessors().has(head)) return
  throw new UnsupportedOperationException(
    'Cannot close an iteration with a feedback DataStream that does not originate from said iteration.',
  )
}

export namespace IterativeStream {
  /** Two streams of which the second is what the loop feeds back. */
  export type ConnectedIterativeStreams<I, F> = InstanceType<typeof ConnectedIterativeStreams<I, F>>
}
