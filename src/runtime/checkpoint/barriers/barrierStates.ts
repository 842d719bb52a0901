import { assert } from '../../../base/assert'
import type { CheckpointBarrier } from '../types'
import { asUnaligned, isUnaligned } from './options'

/** What a barrier handler does to the channels of a task, numbered through over all gates. Mirrors CheckpointableInput. */
export interface CheckpointableInput {
  /** What comes behind the channel's barrier waits, at its sender. */
  blockConsumption(channel: number, checkpoint: number): void
  resumeConsumption(channel: number): void
  /** The announced event with that sequence number is to be handled next. */
  convertToPriorityEvent(channel: number, sequence: number): void
  /** What stands before the barrier in each channel belongs to the checkpoint. False: a newer one has come already, so it cannot be taken. */
  checkpointStarted(barrier: CheckpointBarrier): boolean
  checkpointStopped(checkpoint: number): void
}

/** What the states ask of their handler. Mirrors BarrierHandlerState.Controller. */
export interface Controller {
  readonly input: CheckpointableInput
  readonly allBarriersReceived: boolean
  readonly pendingBarrier: CheckpointBarrier | null
  isTimedOut(barrier: CheckpointBarrier): boolean
  /** Throws SubsumedError. */
  startInputs(barrier: CheckpointBarrier): void
  triggerGlobalCheckpoint(barrier: CheckpointBarrier): void
}

/** A checkpoint cannot be taken since a barrier of a newer one has come. Mirrors a CheckpointException with CHECKPOINT_SUBSUMED. */
export class SubsumedError extends Error {}

/** Channels that are blocked or whose barrier is announced. Mirrors ChannelState. */
export class ChannelState {
  private readonly blocked = new Set<number>()
  private readonly announced = new Map<number, number>()

  constructor(private readonly input: CheckpointableInput) {}

  block(channel: number, { id }: CheckpointBarrier): void {
    this.input.blockConsumption(channel, id)
    this.blocked.add(channel)
  }

  finished(channel: number): void {
    this.blocked.delete(channel)
    this.announced.delete(channel)
  }

  unblockAll(): void {
    const channels = [...this.blocked].sort((a, b) => a - b)
    this.blocked.clear()
    for (const channel of channels) this.input.resumeConsumption(channel)
  }

  announcementSeen(channel: number, sequence: number): void {
    this.announced.set(channel, sequence)
  }

  forgetAnnouncement(channel: number): void {
    this.announced.delete(channel)
  }

  prioritizeAll(): void {
    for (const [channel, sequence] of this.announced) this.input.convertToPriorityEvent(channel, sequence)
    this.announced.clear()
  }

  /** Ready for the next checkpoint. */
  emptied(): this {
    assert(this.blocked.size === 0, 'channels are still blocked')
    this.announced.clear()
    return this
  }
}

/** One state of SingleCheckpointBarrierHandler; each call gives the next. Mirrors BarrierHandlerState. */
export interface BarrierHandlerState {
  alignedCheckpointTimeout(controller: Controller, barrier: CheckpointBarrier): BarrierHandlerState
  announcementReceived(controller: Controller, channel: number, sequence: number): BarrierHandlerState
  /** `stopped`: the channel's sender has, if the barrier is one that stops it. */
  barrierReceived(controller: Controller, channel: number, barrier: CheckpointBarrier, stopped: boolean): BarrierHandlerState
  endOfPartitionReceived(controller: Controller, channel: number): BarrierHandlerState
  abort(controller: Controller, checkpoint: number): BarrierHandlerState
}

/** C-15. Mirrors WaitingForFirstBarrier and CollectingBarriers, which differ in what an ended channel may complete. */
export class AlignedState implements BarrierHandlerState {
  constructor(
    private readonly channels: ChannelState,
    private readonly collecting = false,
  ) {}

  alignedCheckpointTimeout(): never {
    assert(false, 'alignment timed out without a timeout')
  }

  announcementReceived(): this {
    return this
  }

  barrierReceived(controller: Controller, channel: number, barrier: CheckpointBarrier, stopped: boolean): BarrierHandlerState {
    assert(!isUnaligned(barrier), 'an unaligned barrier came to an aligned task')
    if (stopped) this.channels.block(channel, barrier)
    if (controller.allBarriersReceived) return this.trigger(controller, barrier)
    return new AlignedState(this.channels, true)
  }

  endOfPartitionReceived(controller: Controller, channel: number): BarrierHandlerState {
    this.channels.finished(channel)
    return this.collecting && controller.allBarriersReceived ? this.trigger(controller, controller.pendingBarrier!) : this
  }

  private trigger(controller: Controller, barrier: CheckpointBarrier): BarrierHandlerState {
    controller.triggerGlobalCheckpoint(barrier)
    return this.abort()
  }

  abort(): BarrierHandlerState {
    this.channels.unblockAll()
    return new AlignedState(this.channels)
  }
}

/** Aligned until the time for it is over (C-21). Mirrors AlternatingWaitingForFirstBarrier and AlternatingCollectingBarriers. */
export class AlternatingAlignedState implements BarrierHandlerState {
  constructor(
    private readonly channels: ChannelState,
    private readonly collecting = false,
  ) {}

  alignedCheckpointTimeout(controller: Controller, barrier: CheckpointBarrier): BarrierHandlerState {
    this.channels.prioritizeAll()
    if (!this.collecting) return new UnalignedState(true, this.channels)
    const unaligned = asUnaligned(barrier)
    controller.startInputs(unaligned)
    controller.triggerGlobalCheckpoint(unaligned)
    return new UnalignedState(true, this.channels, true)
  }

  announcementReceived(_controller: Controller, channel: number, sequence: number): this {
    this.channels.announcementSeen(channel, sequence)
    return this
  }

  barrierReceived(controller: Controller, channel: number, barrier: CheckpointBarrier, stopped: boolean): BarrierHandlerState {
    if (isUnaligned(barrier))
      return this.alignedCheckpointTimeout(controller, barrier).barrierReceived(controller, channel, barrier, stopped)
    this.channels.forgetAnnouncement(channel)
    if (stopped) this.channels.block(channel, barrier)
    if (controller.allBarriersReceived) return this.trigger(controller, barrier)
    if (controller.isTimedOut(barrier)) {
      return this.alignedCheckpointTimeout(controller, barrier).barrierReceived(controller, channel, asUnaligned(barrier), stopped)
    }
    return new AlternatingAlignedState(this.channels, true)
  }

  endOfPartitionReceived(controller: Controller, channel: number): BarrierHandlerState {
    this.channels.finished(channel)
    if (!this.collecting) return this
    const barrier = controller.pendingBarrier!
    if (controller.allBarriersReceived) return this.trigger(controller, barrier)
    if (controller.isTimedOut(barrier))
      return this.alignedCheckpointTimeout(controller, barrier).endOfPartitionReceived(controller, channel)
    return this
  }

  private trigger(controller: Controller, barrier: CheckpointBarrier): BarrierHandlerState {
    controller.triggerGlobalCheckpoint(barrier)
    return this.abort()
  }

  abort(): BarrierHandlerState {
    this.channels.unblockAll()
    return new AlternatingAlignedState(this.channels.emptied())
  }
}

/** C-20. Mirrors AlternatingWaitingForFirstBarrierUnaligned and AlternatingCollectingBarriersUnaligned. */
export class UnalignedState implements BarrierHandlerState {
  constructor(
    /** Begin the next checkpoint aligned. */
    private readonly alternating: boolean,
    private readonly channels: ChannelState,
    private readonly collecting = false,
  ) {}

  alignedCheckpointTimeout(): this {
    return this
  }

  announcementReceived(controller: Controller, channel: number, sequence: number): this {
    controller.input.convertToPriorityEvent(channel, sequence)
    return this
  }

  barrierReceived(controller: Controller, channel: number, barrier: CheckpointBarrier, stopped: boolean): BarrierHandlerState {
    // The sender of an aligned barrier has stopped, whatever has become of the checkpoint.
    if (stopped && !isUnaligned(barrier)) this.channels.block(channel, barrier)
    if (this.collecting) return controller.allBarriersReceived ? this.finish(controller, barrier.id) : this
    const unaligned = asUnaligned(barrier)
    controller.startInputs(unaligned)
    controller.triggerGlobalCheckpoint(unaligned)
    return controller.allBarriersReceived ? this.finish(controller, barrier.id) : new UnalignedState(this.alternating, this.channels, true)
  }

  endOfPartitionReceived(controller: Controller, channel: number): BarrierHandlerState {
    this.channels.finished(channel)
    return this.collecting && controller.allBarriersReceived ? this.finish(controller, controller.pendingBarrier!.id) : this
  }

  abort(controller: Controller, checkpoint: number): BarrierHandlerState {
    return this.collecting ? this.finish(controller, checkpoint) : this.stop()
  }

  private finish(controller: Controller, checkpoint: number): BarrierHandlerState {
    controller.input.checkpointStopped(checkpoint)
    return this.stop()
  }

  private stop(): BarrierHandlerState {
    this.channels.unblockAll()
    const channels = this.channels.emptied()
    return this.alternating ? new AlternatingAlignedState(channels) : new UnalignedState(false, channels)
  }
}
