import type { CheckpointFailureReason } from '../../../core/checkpoints'
import type { BarrierListener, CheckpointBarrier } from '../types'
import { CheckpointBarrierHandler } from './CheckpointBarrierHandler'
import type { AlignmentClock, TellTrace } from './CheckpointBarrierHandler'

/** Mirrors CheckpointBarrierTracker.CheckpointBarrierCount. */
interface Pending {
  readonly id: number
  /** null: known by its cancellation alone. */
  readonly barrier: CheckpointBarrier | null
  readonly target: number
  readonly aligned: Set<number>
  aborted: boolean
}

const MAX_CHECKPOINTS_TO_TRACK = 50

/** At least once: blocks nothing, counts barriers of several checkpoints at a time (C-19). Mirrors CheckpointBarrierTracker. */
export class CheckpointBarrierTracker extends CheckpointBarrierHandler {
  private readonly pending: Pending[] = []
  private greatest = -1

  constructor(
    private openChannels: number,
    listener: BarrierListener,
    clock: AlignmentClock,
    afterTasksFinish: boolean,
    tell: TellTrace | null,
    /** What stops at a barrier is resumed: savepoints of a job without checkpoints come as they are. */
    private readonly resume: (channel: number) => void,
  ) {
    super(listener, clock, afterTasksFinish, tell)
  }

  processBarrier(barrier: CheckpointBarrier, channel: number, asked: boolean): void {
    if (!asked && barrier.options.alignment !== 'at-least-once' && barrier.options.alignment !== 'unaligned') this.resume(channel)
    const { id } = barrier
    if (id > this.greatest && this.openChannels === 1) {
      this.markAlignmentStartAndEnd(barrier)
      this.notifyCheckpoint(barrier)
      return
    }
    const at = this.pending.findIndex((one) => one.id === id)
    if (at !== -1) return this.markAligned(at, channel)
    // One that is not newer cannot complete any more.
    if (id <= this.greatest) return
    this.markAlignmentStart(barrier, this.openChannels - 1)
    this.greatest = id
    this.pending.push({ id, barrier, target: this.openChannels, aligned: new Set([channel]), aborted: false })
    if (this.pending.length > MAX_CHECKPOINTS_TO_TRACK) this.pending.shift()
  }

  /** True: it has all its barriers, and is no longer pending, nor is what is older. */
  private markAligned(at: number, channel: number): void {
    if (this.isComplete(this.pending[at]!, channel)) this.complete(at)
  }

  private isComplete({ aligned, target }: Pending, channel: number): boolean {
    aligned.add(channel)
    return aligned.size === target
  }

  private complete(at: number): void {
    const one = this.pending[at]!
    this.pending.splice(0, at + 1)
    if (one.aborted) return
    if (one.id === this.greatest) this.markAlignmentEnd()
    this.notifyCheckpoint(one.barrier!)
  }

  processBarrierAnnouncement(): void {}

  processCancellationBarrier(checkpoint: number, channel: number): void {
    const { pending } = this
    if (checkpoint > this.greatest && this.openChannels === 1) {
      this.resetAlignment()
      this.notifyAbort(checkpoint, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER')
      return
    }
    while (pending.length > 0 && pending[0]!.id < checkpoint) this.abort(pending.shift()!, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER')
    const first = pending[0]
    if (first?.id === checkpoint) {
      this.abort(first, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER')
      // Still counted, so that it goes when all barriers have been seen.
      if (this.isComplete(first, channel)) pending.shift()
    } else if (checkpoint > this.greatest) {
      this.notifyAbort(checkpoint, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER')
      this.greatest = checkpoint
      pending.unshift({ id: checkpoint, barrier: null, target: this.openChannels, aligned: new Set([channel]), aborted: true })
    }
  }

  private abort(one: Pending, reason: CheckpointFailureReason): void {
    if (one.aborted) return
    one.aborted = true
    this.tellAlignmentOver(one.id, 1, reason)
    this.notifyAbort(one.id, reason)
  }

  processEndOfPartition(channel: number): void {
    this.openChannels--
    const { pending } = this
    if (!this.afterTasksFinish) {
      while (pending.length > 0) this.abort(pending.shift()!, 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM')
      this.resetAlignment()
      return
    }
    // The greatest that waits for this channel alone; what is older goes with it.
    for (let at = pending.length - 1; at >= 0; at--) if (this.isComplete(pending[at]!, channel)) return this.complete(at)
  }
}
