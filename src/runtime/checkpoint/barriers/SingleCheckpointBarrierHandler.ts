import type { CheckpointFailureReason } from '../../../core/checkpoints'
import type { AlignmentMetrics, BarrierListener, CheckpointBarrier } from '../types'
import { AlignedState, AlternatingAlignedState, ChannelState, SubsumedError, UnalignedState } from './barrierStates'
import type { BarrierHandlerState, CheckpointableInput, Controller } from './barrierStates'
import { CheckpointBarrierHandler, metricsOf } from './CheckpointBarrierHandler'
import type { AlignmentClock, AlignmentRecord, TellTrace } from './CheckpointBarrierHandler'
import { isTimeoutable, isUnaligned } from './options'

/** What the inputs of a task are told beside what CheckpointableInput says. */
export interface UnalignedInput extends CheckpointableInput {
  /** All barriers of a checkpoint that went unaligned have come: hands over what was kept. */
  allBarriersReceived(checkpoint: number, metrics: AlignmentMetrics): void
}

/** How a task takes barriers: C-14. `unaligned` only by itself in tests: Flink always alternates. */
export type BarrierMode = 'aligned' | 'unaligned' | 'alternating'

/** Exactly once: at most one checkpoint at a time, a newer one subsumes it (C-15 … C-17, C-20, C-21). Mirrors SingleCheckpointBarrierHandler. */
export class SingleCheckpointBarrierHandler extends CheckpointBarrierHandler implements Controller {
  private current = -1
  private lastCancelledOrCompleted = -1
  pendingBarrier: CheckpointBarrier | null = null
  private readonly aligned = new Set<number>()
  private target = 0
  private state: BarrierHandlerState
  private cancelTimer: (() => void) | null = null
  /** Of the checkpoint that was triggered unaligned and waits for barriers. */
  private record: AlignmentRecord | null = null

  constructor(
    mode: BarrierMode,
    readonly input: UnalignedInput,
    private openChannels: number,
    listener: BarrierListener,
    clock: AlignmentClock,
    afterTasksFinish: boolean,
    tell: TellTrace | null,
  ) {
    super(listener, clock, afterTasksFinish, tell)
    const channels = new ChannelState(input)
    this.alternating = mode === 'alternating'
    if (mode === 'aligned') this.state = new AlignedState(channels)
    else this.state = this.alternating ? new AlternatingAlignedState(channels) : new UnalignedState(false, channels)
  }
  private readonly alternating: boolean

  processBarrier(barrier: CheckpointBarrier, channel: number, asked: boolean): void {
    if (this.isOver(barrier.id)) {
      if (!asked && !isUnaligned(barrier)) this.input.resumeConsumption(channel)
      return
    }
    this.checkNewCheckpoint(barrier)
    this.markAligned(channel, barrier, (state) => state.barrierReceived(this, channel, barrier, !asked))
  }

  private isOver(checkpoint: number): boolean {
    return this.current > checkpoint || (this.current === checkpoint && !this.isPending)
  }

  private get isPending(): boolean {
    return this.current !== this.lastCancelledOrCompleted && this.current >= 0
  }

  private markAligned(channel: number, barrier: CheckpointBarrier, transform: (state: BarrierHandlerState) => BarrierHandlerState): void {
    const { aligned } = this
    aligned.add(channel)
    if (aligned.size === 1) {
      if (this.target === 1) this.markAlignmentStartAndEnd(barrier)
      else this.markAlignmentStart(barrier, this.target - 1)
    }
    // Before the state is asked: it may trigger the checkpoint, which has to know.
    if (aligned.size === this.target && this.target > 1) this.markAlignmentEnd()
    this.transform(transform)
    if (aligned.size !== this.target) return
    aligned.clear()
    this.lastCancelledOrCompleted = this.current
    this.resetTimer()
    this.completeUnaligned()
  }

  private transform(transform: (state: BarrierHandlerState) => BarrierHandlerState): void {
    try {
      this.state = transform(this.state)
    } catch (thrown) {
      if (!(thrown instanceof SubsumedError)) throw thrown
      this.abortInternal(this.current, 'CHECKPOINT_SUBSUMED')
    }
  }

  private completeUnaligned(): void {
    const { record } = this
    this.record = null
    if (record !== null) this.input.allBarriersReceived(this.current, metricsOf(record))
  }

  processBarrierAnnouncement(barrier: CheckpointBarrier, sequence: number, channel: number): void {
    this.checkNewCheckpoint(barrier)
    if (!this.isOver(barrier.id)) this.state = this.state.announcementReceived(this, channel, sequence)
  }

  private checkNewCheckpoint(barrier: CheckpointBarrier): void {
    if (this.current >= barrier.id) return
    if (this.isPending) this.abortInternal(this.current, 'CHECKPOINT_DECLINED_SUBSUMED')
    this.current = barrier.id
    this.pendingBarrier = barrier
    this.aligned.clear()
    this.target = this.openChannels
    if (this.alternating && isTimeoutable(barrier)) this.registerTimer(barrier)
  }

  private registerTimer(barrier: CheckpointBarrier): void {
    const delay = Math.max(barrier.options.alignedTimeout - (this.clock.millis() - barrier.timestamp), 0)
    this.cancelTimer = this.clock.after(delay, () => {
      this.cancelTimer = null
      if (this.current === barrier.id && this.isPending) this.transform((state) => state.alignedCheckpointTimeout(this, barrier))
    })
  }

  processCancellationBarrier(checkpoint: number): void {
    if (checkpoint > this.current || (checkpoint === this.current && this.aligned.size > 0)) {
      this.abortInternal(checkpoint, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER')
    }
  }

  private abortInternal(checkpoint: number, reason: CheckpointFailureReason): void {
    this.tellAlignmentOver(this.current, 1, reason)
    this.current = Math.max(checkpoint, this.current)
    this.lastCancelledOrCompleted = Math.max(this.lastCancelledOrCompleted, checkpoint)
    this.pendingBarrier = null
    this.aligned.clear()
    this.target = 0
    this.resetTimer()
    this.state = this.state.abort(this, checkpoint)
    if (checkpoint === this.current) this.resetAlignment()
    this.record = null
    this.notifyAbort(checkpoint, reason)
  }

  private resetTimer(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
  }

  processEndOfPartition(channel: number): void {
    this.openChannels--
    if (!this.isPending) return
    if (!this.afterTasksFinish) this.abortInternal(this.current, 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM')
    else this.markAligned(channel, this.pendingBarrier!, (state) => state.endOfPartitionReceived(this, channel))
  }

  // ---- what the states ask ---------------------------------------------------------------------------------------------

  get allBarriersReceived(): boolean {
    return this.aligned.size === this.target
  }

  isTimedOut(barrier: CheckpointBarrier): boolean {
    return isTimeoutable(barrier) && barrier.id <= this.current && barrier.options.alignedTimeout < this.clock.millis() - barrier.timestamp
  }

  startInputs(barrier: CheckpointBarrier): void {
    if (!this.input.checkpointStarted(barrier)) throw new SubsumedError()
  }

  triggerGlobalCheckpoint(barrier: CheckpointBarrier): void {
    if (isUnaligned(barrier) && this.alternating && !isUnaligned(this.pendingBarrier!)) this.tellAlignmentOver(barrier.id, 2, null)
    const record = this.notifyCheckpoint(barrier)
    this.record = isUnaligned(barrier) ? record : null
  }
}
