import { IllegalStateException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import type {
  CommittingSinkWriter,
  Sink,
  SinkInitContext,
  SinkWriter,
  StatefulSinkWriter,
  SupportsCommitter,
  SupportsWriterState,
} from '../../streaming/connectors/Sink'
import { enterOutside } from '../../streaming/functions/outside'
import type { OutsideAccess } from '../../streaming/functions/outside'
import { Watermark } from '../../streaming/watermark'
import type { SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import type { CommittableMessage } from './committables'
import { serializerOf } from './committables'
import { StreamingRuntimeContext } from './functions'
import { ReachingOperator } from './sink'
import type { OperatorContext } from './types'

type ProgramSink = Sink<unknown> & Partial<SupportsCommitter<unknown>> & Partial<SupportsWriterState<unknown, unknown>>
type Writer = SinkWriter<unknown> & Partial<CommittingSinkWriter<unknown, unknown>> & Partial<StatefulSinkWriter<unknown, unknown>>

const WRITER_STATE = 'writer_raw_states'

/** What a sink's writers and committers are told. Mirrors InitContextBase. */
export function sinkInitContext(context: OperatorContext, restored: number | null): SinkInitContext {
  const info = new StreamingRuntimeContext(context, null)
  return {
    getTaskInfo: () => info,
    getJobInfo: () => info,
    getRestoredCheckpointId: () => restored,
    getSubtaskId: () => context.subtask,
    getNumberOfParallelSubtasks: () => context.parallelism,
    getAttemptNumber: () => context.attempt,
    node: context.node,
  }
}

/**
 * A Sink's writer. Mirrors SinkWriterOperator with its state handlers (C-32): what a checkpoint is to commit goes to the committer before the barrier; at the end of
 * the input the rest does, under the id of the checkpoint to come.
 */
export class SinkWriterOperator extends ReachingOperator implements SinkWriter.Context {
  private readonly sink: ProgramSink
  private readonly commits: boolean
  private readonly access: OutsideAccess | null
  private writer: Writer | null = null
  private watermark = LONG_MIN
  private elementTimestamp = NaN
  private lastCheckpoint = 0
  /** No state: with another parallelism a writer may go on whose input had ended. */
  private ended = false

  constructor(context: OperatorContext) {
    super(context)
    this.sink = context.functions.sink as ProgramSink
    this.commits = typeof this.sink.createCommitter === 'function'
    this.access = context.outside ?? null
  }

  protected override initialize(given: StateInitializationContext): void {
    super.initialize(given)
    this.lastCheckpoint = given.checkpoint ?? 0
    const init = sinkInitContext(this.context, given.checkpoint)
    const recovered = this.recoveredState(given)
    this.writer = recovered.length > 0 ? this.sink.restoreWriter!(init, recovered) : this.sink.createWriter!(init)
  }

  private recoveredState(given: StateInitializationContext): readonly unknown[] {
    if (given.checkpoint === null || typeof this.sink.restoreWriter !== 'function') return []
    const { read } = serializerOf(this.sink.getWriterStateSerializer?.())
    return [...this.operatorState.list(WRITER_STATE, 'SPLIT_DISTRIBUTE').get()].map(read)
  }

  processElement(value: unknown, timestamp: number): void {
    if (this.ended) throw new IllegalStateException(`Received element after endOfInput: ${String(value)}`)
    this.elementTimestamp = timestamp
    if (this.context.trace.on) this.context.trace.sinkRecord(value, timestamp)
    const outer = enterOutside(this.access)
    try {
      this.writer!.write(value, this)
    } finally {
      enterOutside(outer)
    }
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
    if (typeof this.writer!.writeWatermark === 'function') this.within(() => this.writer!.writeWatermark!(new Watermark(watermark)))
  }

  prepareSnapshotPreBarrier(checkpoint: number): void {
    if (this.ended) return
    this.within(() => this.writer!.flush?.(false), checkpoint)
    this.emitCommittables(checkpoint)
  }

  protected override prepareSnapshot({ checkpoint }: SnapshotContext): void {
    if (typeof this.writer!.snapshotState === 'function') {
      const { write } = serializerOf(this.sink.getWriterStateSerializer?.())
      this.operatorState.list(WRITER_STATE, 'SPLIT_DISTRIBUTE').update([...this.writer!.snapshotState(checkpoint)].map(write))
    }
  }

  override endInput(): void {
    if (this.ended) return
    this.ended = true
    this.within(() => this.writer!.flush?.(true), this.lastCheckpoint + 1)
    this.emitCommittables(this.lastCheckpoint + 1)
  }

  /** A summary first, also where there is nothing: the committer knows by that that it has everything. */
  private emitCommittables(checkpoint: number): void {
    this.lastCheckpoint = checkpoint
    if (typeof this.writer!.prepareCommit !== 'function') return
    const committables = this.within(() => [...this.writer!.prepareCommit!()], checkpoint)
    if (!this.commits) return
    const { context } = this
    const { write } = serializerOf(this.sink.getCommittableSerializer?.())
    const emit = (message: CommittableMessage): void => {
      if (context.trace.on) context.trace.recordsMade(-1)
      context.output.collect(message, NaN)
    }
    const { subtask, parallelism } = context
    emit({ is: 'summary', checkpoint, subtask, subtasks: parallelism, committables: committables.length })
    for (const committable of committables) emit({ is: 'committable', checkpoint, subtask, committable: write(committable) })
  }

  protected override tidy(): void {
    super.tidy()
    this.writer?.close?.()
  }

  currentWatermark(): number {
    return this.watermark
  }
  timestamp(): number | null {
    return hasTimestamp(this.elementTimestamp) && this.elementTimestamp !== LONG_MIN ? this.elementTimestamp : null
  }
}
