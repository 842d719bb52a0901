import { assert } from '../../../base/assert'
import { ALIGNMENTS } from '../../../core/checkpoints'
import { TraceKind } from '../../../trace/kinds'
import type { InputChannel } from '../../network/inputChannel'
import type { InputGate } from '../../network/inputGate'
import { BufferEvent } from '../../network/messages'
import type { BufferMessage } from '../../network/messages'
import type { AlignmentMetrics, BarrierListener, ChannelBuffers, CheckpointBarrier } from '../types'
import type { AlignmentClock, CheckpointBarrierHandler, TellTrace } from './CheckpointBarrierHandler'
import { CheckpointBarrierTracker } from './CheckpointBarrierTracker'
import { isTimeoutable, isUnaligned } from './options'
import { SingleCheckpointBarrierHandler } from './SingleCheckpointBarrierHandler'
import type { UnalignedInput } from './SingleCheckpointBarrierHandler'

/** How a task takes its barriers (C-14). */
export interface BarrierSettings {
  /** Aligned, aligned with a way to go unaligned, or at least once. */
  readonly mode: 'aligned' | 'alternating' | 'tracker'
  readonly afterTasksFinish: boolean
  /** Of the task's vertex. */
  readonly subtasks: number
  /** Bytes of a buffer of channel state. */
  readonly bufferSize: number
}

/**
 * All channels of a task as its barriers see them, over all gates; mirrors CheckpointedInputGate and InputProcessorUtil. What overtakes is handled as
 * soon as it comes, between two elements; what does not, when the task reads it.
 */
export class CheckpointedInputs implements UnalignedInput {
  private readonly handler: CheckpointBarrierHandler
  private readonly channels: readonly InputChannel[]
  private readonly numbers = new Map<InputChannel, number>()
  /** They have come to their EndOfPartition. */
  private readonly finished = new Set<number>()
  private readonly priority: { readonly channel: InputChannel; readonly message: BufferMessage }[] = []

  constructor(
    private readonly gates: readonly InputGate[],
    private readonly settings: BarrierSettings,
    private readonly listener: BarrierListener,
    clock: AlignmentClock,
    private readonly tell: TellTrace | null,
  ) {
    this.channels = gates.flatMap((gate) => gate.channels)
    this.channels.forEach((channel, number) => this.numbers.set(channel, number))
    const { length } = this.channels
    const { mode, afterTasksFinish } = settings
    const handlerClock: AlignmentClock = {
      millis: () => clock.millis(),
      micros: () => clock.micros(),
      after: (delay, run) =>
        clock.after(delay, () => {
          run()
          this.drain()
        }),
    }
    this.handler =
      mode === 'tracker'
        ? new CheckpointBarrierTracker(length, listener, handlerClock, afterTasksFinish, tell, (channel) => this.resumeConsumption(channel))
        : new SingleCheckpointBarrierHandler(mode, this, length, listener, handlerClock, afterTasksFinish, tell)
  }

  /** True: the event came to be handled at once, and was. */
  overtook(channel: InputChannel, message: BufferMessage): boolean {
    if (message.barrier === null || !isUnaligned(message.barrier)) return false
    channel.overtaken(message)
    this.priority.push({ channel, message })
    this.drain()
    return true
  }

  /** An event was put into the queue of its channel. */
  queued(channel: InputChannel, { barrier, sequence }: BufferMessage): void {
    if (barrier === null || !isTimeoutable(barrier)) return
    this.tell?.(TraceKind.BarrierAnnounced, channel.channel, barrier.id, 0, 0, NaN)
    this.handler.processBarrierAnnouncement(barrier, sequence, this.numbers.get(channel)!)
    this.drain()
  }

  /** The event that the channel has opened is read. */
  read(channel: InputChannel): void {
    this.process(channel, channel.opened!)
    this.drain()
  }

  /** The JobManager asks for a checkpoint: all producers are gone, or have finished. As if a barrier came on each channel that has not ended. */
  triggerOpenChannels(barrier: CheckpointBarrier): void {
    this.channels.forEach((_, number) => {
      if (!this.finished.has(number)) this.handler.processBarrier(barrier, number, true)
    })
    this.drain()
  }

  addProcessedBytes(bytes: number): void {
    this.handler.addProcessedBytes(bytes)
  }

  private process(channel: InputChannel, message: BufferMessage): void {
    const number = this.numbers.get(channel)!
    const { barrier } = message
    switch (message.event) {
      case BufferEvent.Barrier:
        this.tell?.(TraceKind.BarrierIn, channel.channel, barrier!.id, ALIGNMENTS.indexOf(barrier!.options.alignment), 0, NaN)
        return this.handler.processBarrier(barrier!, number, false)
      case BufferEvent.CancelMarker:
        return this.handler.processCancellationBarrier(message.cancelled, number)
      case BufferEvent.EndOfPartition:
        this.finished.add(number)
        return this.handler.processEndOfPartition(number)
      default:
        assert(false, 'no event of a checkpoint')
    }
  }

  /** Barriers that overtake, those included that the handler finds while it works. */
  private drain(): void {
    for (let next = this.priority.shift(); next !== undefined; next = this.priority.shift()) this.process(next.channel, next.message)
  }

  // ---- what the handler does -------------------------------------------------------------------------------------------

  blockConsumption(channel: number, checkpoint: number): void {
    // Its sender has stopped already.
    this.tell?.(TraceKind.ChannelBlocked, this.channels[channel]!.channel, checkpoint, 0, 0, NaN)
  }

  resumeConsumption(channel: number): void {
    const { gate, producer, channel: id } = this.channels[channel]!
    this.tell?.(TraceKind.ChannelResumed, id, 0, 0, 0, NaN)
    gate.transport.sendResume(producer, id)
  }

  convertToPriorityEvent(number: number, sequence: number): void {
    const channel = this.channels[number]!
    this.priority.push({ channel, message: channel.takeOut(sequence) })
  }

  checkpointStarted(barrier: CheckpointBarrier): boolean {
    return this.channels.every((channel) => channel.recording.start(barrier, channel.unread))
  }

  checkpointStopped(checkpoint: number): void {
    for (const { recording } of this.channels) recording.stop(checkpoint)
  }

  allBarriersReceived(checkpoint: number, metrics: AlignmentMetrics): void {
    const { bufferSize, subtasks } = this.settings
    const inflight = this.gates.flatMap(({ channels }, gate) =>
      channels.flatMap((channel): ChannelBuffers[] => {
        const state = channel.recording.take(checkpoint, bufferSize)
        if (state === null) return []
        return [{ gate, channel: channel.index, wasChannel: channel.channel, channels: channels.length, subtasks, ...state }]
      }),
    )
    this.listener.inputStateComplete(checkpoint, inflight, metrics)
  }
}
