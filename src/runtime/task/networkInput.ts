import { decodeValue } from '../../core/values'
import { NO_TIMESTAMP } from '../../core/time'
import { TraceKind } from '../../trace/kinds'
import { ElementTag, LENGTH_BYTES } from '../network/element'
import type { CheckpointedInputs } from '../checkpoint/barriers/CheckpointedInputs'
import type { InputChannel } from '../network/inputChannel'
import type { InputGate } from '../network/inputGate'
import { BufferEvent } from '../network/messages'
import type { BufferMessage } from '../network/messages'
import type { IndexedCombinedWatermarkStatus } from '../time/CombinedWatermarkStatus'
import { StatusWatermarkValve } from '../time/StatusWatermarkValve'
import type { ChainedOperatorState } from './chainedOperator'
import { InputStatus } from './input'
import type { InputStatusCode, TaskInput } from './input'
import { TaskIoState } from './ioTime'
import { shownTimestamp } from './operatorTrace'
import type { TaskThread } from './thread'

/**
 * One logical input of a task's head operator: a gate, or the union of several (G-5), and the valve over all their channels.
 * Mirrors StreamTaskNetworkInput with UnionInputGate: gates with data stand in line as channels do.
 */
export class NetworkInput implements TaskInput {
  private readonly line: InputGate[] = []
  private current: InputChannel | null = null
  /** Channels whose data has not ended, and those whose events have not. */
  private openChannels: number
  private openPartitions: number
  private stopped = false
  private readonly valve: StatusWatermarkValve

  constructor(
    private readonly task: TaskThread,
    private readonly head: ChainedOperatorState,
    readonly gates: readonly InputGate[],
    /** 0, or 1 for the second input of a two-input operator. */
    readonly index: number,
    /** All inputs of the task together: what the trace calls its watermark. */
    private readonly combined: IndexedCombinedWatermarkStatus,
    /** Of all of the task's inputs. */
    private readonly checkpointed: CheckpointedInputs,
  ) {
    this.openChannels = gates.reduce((sum, gate) => sum + gate.channels.length, 0)
    this.openPartitions = this.openChannels
    this.valve = new StatusWatermarkValve(this.openChannels, {
      emitWatermark: (watermark: number) => {
        this.advanced(this.combined.updateWatermark(index, watermark))
        this.head.operator.processWatermark(watermark, index)
      },
      emitStatus: (idle: boolean) => {
        this.advanced(this.combined.updateStatus(index, idle))
        this.head.operator.processStatus(idle, index)
      },
    })
  }

  private advanced(grew: boolean): void {
    if (grew) this.head.trace.watermarkAdvanced(this.combined.combinedWatermark, this.index)
  }

  /** What overtakes is handled before this returns. */
  received(channel: InputChannel, message: BufferMessage): void {
    const { checkpointed } = this
    if (message.event !== BufferEvent.None && checkpointed.overtook(channel, message)) return
    if (channel.gate.received(channel, message)) this.line.push(channel.gate)
    if (message.event !== BufferEvent.None) checkpointed.queued(channel, message)
  }

  /** Puts what a checkpoint held into the channel, before anything else comes. */
  restore(channel: InputChannel, messages: readonly BufferMessage[]): void {
    for (const message of messages) if (channel.gate.restored(channel, message)) this.line.push(channel.gate)
  }

  /** Processes one element or event, if there is one. */
  emitNext(): InputStatusCode {
    for (;;) {
      const channel = this.current
      if (channel !== null) {
        if (channel.hasElement()) {
          this.process(channel)
          return InputStatus.More
        }
        this.release(channel)
      }
      const next = this.nextChannel()
      if (next === undefined) return InputStatus.Nothing
      if (next.event === BufferEvent.None) {
        this.current = next
        this.checkpointed.addProcessedBytes(next.openedBytes)
        continue
      }
      const status = this.event(next)
      if (status !== InputStatus.Nothing) return status
    }
  }

  private nextChannel(): InputChannel | undefined {
    for (let gate = this.line.shift(); gate !== undefined; gate = this.line.shift()) {
      const channel = gate.poll()
      if (gate.hasData) this.line.push(gate)
      if (channel !== undefined) return channel
    }
    // Of a union none is asked that has nothing, so that none of them is ever told (UnionInputGate).
    if (this.gates.length === 1) this.gates[0]!.nothingToRead()
    return undefined
  }

  /** `Nothing`: it is dealt with, and the next may be read at once. */
  private event(channel: InputChannel): InputStatusCode {
    if (channel.event === BufferEvent.EndOfData || channel.event === BufferEvent.Stopped) {
      if (channel.event === BufferEvent.Stopped) this.stopped = true
      if (!this.endOfData(channel)) return InputStatus.Nothing
      if (this.stopped) return InputStatus.Stopped
      this.task.node = this.head.node
      this.head.operator.endInput(this.index)
      return InputStatus.End
    }
    this.checkpointed.read(channel)
    return channel.event === BufferEvent.EndOfPartition && --this.openPartitions === 0 ? InputStatus.EndOfInput : InputStatus.More
  }

  /** The buffer is read to its end. */
  private release(channel: InputChannel): void {
    this.current = null
    channel.recycle()
  }

  private endOfData(channel: InputChannel): boolean {
    channel.ended = true
    channel.gate.transport.sendAllRecordsProcessed?.(channel.producer, channel.channel)
    if (this.task.tracing) this.task.context.emit(TraceKind.EndOfInput, channel.channel, 0, 0, 0, NaN)
    return --this.openChannels === 0
  }

  private process(channel: InputChannel): void {
    const { input } = channel
    input.position += LENGTH_BYTES
    const tag = input.readByte()
    switch (tag) {
      case ElementTag.RecordWithTimestamp:
        return this.record(channel, input.readF64())
      case ElementTag.Record:
        return this.record(channel, NO_TIMESTAMP)
      case ElementTag.Watermark:
        return this.watermark(channel, input.readF64())
      default:
        return this.status(channel, input.readByte() === 1)
    }
  }

  private record(channel: InputChannel, timestamp: number): void {
    const { task, head } = this
    const { input } = channel
    const value = decodeValue(input)
    if (input.position === input.end) this.release(channel)
    if (task.tracing) this.identify(channel, timestamp)
    task.context.advance(head.cost)
    task.node = head.node
    head.operator.processElement(value, timestamp, this.index)
  }

  private identify(channel: InputChannel, timestamp: number): void {
    const { task, head } = this
    task.io.become(TaskIoState.Busy)
    channel.nextIdentity()
    task.recordNumber = channel.recordNumber
    task.recordOrigin = channel.recordOrigin
    head.trace.inputBegins()
    task.context.emit(TraceKind.RecordIn, channel.channel, task.recordNumber, task.recordOrigin, 0, shownTimestamp(timestamp))
  }

  private watermark(channel: InputChannel, watermark: number): void {
    const { task, head } = this
    if (channel.input.position === channel.input.end) this.release(channel)
    if (task.tracing) task.context.emit(TraceKind.WatermarkIn, channel.channel, 0, 0, 0, watermark)
    task.node = head.node
    this.valve.inputWatermark(channel.valveIndex, watermark)
  }

  private status(channel: InputChannel, idle: boolean): void {
    const { task, head } = this
    if (channel.input.position === channel.input.end) this.release(channel)
    if (task.tracing) task.context.emit(TraceKind.StatusIn, channel.channel, idle ? 1 : 0, 0, 0, NaN)
    task.node = head.node
    this.valve.inputStatus(channel.valveIndex, idle)
  }
}
