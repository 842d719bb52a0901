import { SinkOptions, CheckpointingOptions } from '../../core/options'
import type { Committer, SupportsCommitter } from '../../streaming/connectors/Sink'
import type { StateInitializationContext } from '../checkpoint/types'
import type { CommittableMessage, StoredCommittables } from './committables'
import { CommittableCollector, serializerOf } from './committables'
import { ReachingOperator } from './sink'
import { sinkInitContext } from './sinkWriter'
import type { OperatorContext } from './types'

const STATE = 'streaming_committer_raw_states'

/** Commits what writers hand it when the checkpoint that they did it for is complete (C-32); without checkpoints at the end. Mirrors CommitterOperator. */
export class CommitterOperator extends ReachingOperator {
  private readonly collector = new CommittableCollector()
  private readonly sink: SupportsCommitter<unknown>
  private readonly serializer
  private readonly maxRetries: number
  private committer: Committer<unknown> | null = null
  private lastCompleted = -1

  constructor(context: OperatorContext) {
    super(context)
    this.sink = context.functions.sink as SupportsCommitter<unknown>
    this.serializer = serializerOf(this.sink.getCommittableSerializer?.())
    this.maxRetries = context.configuration.get(SinkOptions.COMMITTER_RETRIES)
  }

  protected override initialize(given: StateInitializationContext): void {
    super.initialize(given)
    this.committer = this.sink.createCommitter(sinkInitContext(this.context, given.checkpoint))
    const state = this.operatorState.list(STATE, 'SPLIT_DISTRIBUTE')
    if (given.checkpoint === null) return
    for (const stored of state.get()) this.collector.restore(stored as StoredCommittables, this.context.subtask, this.serializer.read)
    this.commitUpTo(given.checkpoint)
  }

  processElement(value: unknown): void {
    this.collector.add(value as CommittableMessage, this.serializer.read)
  }

  protected override prepareSnapshot(): void {
    this.operatorState.list(STATE, 'SPLIT_DISTRIBUTE').update([this.collector.stored(this.serializer.write)])
  }

  protected override complete(checkpoint: number): void {
    super.complete(checkpoint)
    this.commitUpTo(Math.max(this.lastCompleted, checkpoint))
  }

  /** There will be no final checkpoint then. */
  override endInput(): void {
    if (this.context.configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) === undefined)
      this.within(() => this.commitUpTo(Infinity))
  }

  private commitUpTo(checkpoint: number): void {
    this.lastCompleted = checkpoint
    this.collector.commitUpTo(checkpoint, this.committer!, this.maxRetries)
  }

  protected override tidy(): void {
    super.tidy()
    this.committer?.close?.()
  }
}
