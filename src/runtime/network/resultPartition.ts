import { encodeValue } from '../../core/values'
import { hasTimestamp } from '../../core/time'
import type { Address } from '../../kernel/types'
import { forcedAligned } from '../checkpoint/barriers/options'
import type { ChannelBuffers, CheckpointableOutput, CheckpointBarrier } from '../checkpoint/types'
import { elementsOf } from './channelState'
import type { ChannelElements } from './channelState'
import { ElementTag, beginElement, endElement } from './element'
import { BufferEvent } from './messages'
import type { CreditMessage, PlainEvent, NewBufferSize, PartitionRequest, ResumeConsumption } from './messages'
import { OutputPool } from './outputPool'
import type { AvailabilityListener } from './outputPool'
import { outputPoolSize } from './settings'
import { SharedWatermark } from './sharedWatermark'
import type { NetworkSettings } from './settings'
import { Subpartition } from './subpartition'
import type { SubpartitionTransport } from './subpartition'

/** What barriers ask of a partition beside its channels. */
export interface PartitionCheckpoints {
  /** Which of the task's partitions it is. */
  readonly index: number
  /** How many subtasks its vertex has. */
  readonly subtasks: number
  /** Whether what waits here may become part of a checkpoint (G-15). */
  readonly supportsUnaligned: boolean
  /** An identity for a record that a checkpoint held without one: (number, origin). Only asked while tracing. */
  newIdentity(timestamp: number): readonly [number: number, origin: number]
  /** A barrier with timeout has left a subpartition. */
  barrierLeft(checkpoint: number): void
}

const NO_CHECKPOINTS: PartitionCheckpoints = {
  index: 0,
  subtasks: 1,
  supportsUnaligned: false,
  newIdentity: () => [0, 0],
  barrierLeft: () => undefined,
}

/**
 * What one task writes for one job edge; mirrors PipelinedResultPartition together with RecordWriter. One subpartition for each channel.
 * Local channels go the same way as remote ones: they take credits, and the latency of the link (Flink hands their buffers over in memory).
 */
export class ResultPartition implements CheckpointableOutput {
  readonly pool: OutputPool
  /** Its task will flush it at the next tick (N-8). */
  flusherArmed = false
  readonly subpartitions: readonly Subpartition[]
  private readonly byChannel = new Map<number, Subpartition>()

  /** `channels`: numbers in the ExecutionGraph, by subpartition. */
  constructor(
    channels: readonly number[],
    settings: NetworkSettings,
    private readonly transport: SubpartitionTransport,
    listener: AvailabilityListener,
    private readonly checkpoints: PartitionCheckpoints = NO_CHECKPOINTS,
  ) {
    this.pool = new OutputPool(outputPoolSize(channels.length), channels.length, settings.maxPerChannel, {
      overdrawn: (buffers) => listener.overdrawn(buffers),
      availabilityChanged: (available) => {
        listener.availabilityChanged(available)
        if (transport.tracing) transport.poolChanged?.(channels[0]!, this.pool.used, this.pool.size)
      },
    })
    this.subpartitions = channels.map((channel, index) => {
      const subpartition = new Subpartition(
        channel,
        index,
        settings.segmentSize,
        this.pool,
        transport,
        settings.exclusivePerChannel,
        (checkpoint) => checkpoints.barrierLeft(checkpoint),
      )
      this.byChannel.set(channel, subpartition)
      return subpartition
    })
  }

  get drained(): boolean {
    for (const subpartition of this.subpartitions) if (!subpartition.drained) return false
    return true
  }

  emitRecord(subpartition: Subpartition, value: unknown, timestamp: number, number: number, origin: number): void {
    const { out } = subpartition
    subpartition.begin()
    let start: number
    if (hasTimestamp(timestamp)) {
      start = beginElement(out, ElementTag.RecordWithTimestamp)
      out.writeF64(timestamp)
    } else start = beginElement(out, ElementTag.Record)
    encodeValue(out, value)
    endElement(out, start)
    subpartition.recordWritten(number, origin)
    subpartition.end()
  }

  /** To every subpartition, whatever the partitioner (T-18). Stands in line behind the records and, as in Flink 1.20, does not end the buffer. */
  broadcastWatermark(watermark: number): void {
    for (const subpartition of this.subpartitions) this.writeWatermark(subpartition, watermark)
  }

  private writeWatermark(subpartition: Subpartition, watermark: number): void {
    subpartition.begin()
    const start = beginElement(subpartition.out, ElementTag.Watermark)
    subpartition.out.writeF64(watermark)
    endElement(subpartition.out, start)
    subpartition.end()
  }

  broadcastStatus(idle: boolean): void {
    for (const subpartition of this.subpartitions) this.writeStatus(subpartition, idle)
  }

  private writeStatus(subpartition: Subpartition, idle: boolean): void {
    subpartition.begin()
    const start = beginElement(subpartition.out, ElementTag.Status)
    subpartition.out.writeByte(idle ? 1 : 0)
    endElement(subpartition.out, start)
    subpartition.end()
  }

  broadcastEvent(event: PlainEvent): void {
    for (const subpartition of this.subpartitions) subpartition.event(event)
  }

  // ---- checkpoints -----------------------------------------------------------------------------------------------------

  broadcastBarrier(barrier: CheckpointBarrier): readonly ChannelBuffers[] {
    const sent = this.checkpoints.supportsUnaligned ? barrier : forcedAligned(barrier)
    return this.collect((subpartition) => subpartition.barrier(sent))
  }

  alignedBarrierTimeout(checkpoint: number): readonly ChannelBuffers[] {
    return this.collect((subpartition) => subpartition.alignedBarrierTimeout(checkpoint))
  }

  private collect(take: (subpartition: Subpartition) => ChannelElements | null): readonly ChannelBuffers[] {
    const { index: gate, subtasks } = this.checkpoints
    return this.subpartitions.flatMap((subpartition, channel): ChannelBuffers[] => {
      const state = take(subpartition)
      if (state === null || state.buffers.length === 0) return []
      return [{ gate, channel, wasChannel: subpartition.channel, channels: this.subpartitions.length, subtasks, ...state }]
    })
  }

  holdsBarrier(checkpoint: number): boolean {
    return this.subpartitions.some((subpartition) => subpartition.holdsBarrier(checkpoint))
  }

  broadcastCancelMarker(checkpoint: number): void {
    for (const subpartition of this.subpartitions) subpartition.cancelMarker(checkpoint)
  }

  broadcastEndOfPartition(): void {
    this.broadcastEvent(BufferEvent.EndOfPartition)
  }

  /**
   * Writes what a checkpoint held of this partition, before anything else. With as many channels as there were each gets its own back; else records are
   * dealt anew by `select`, as those that come later will be, and watermarks go to all once all old channels have come to them (D-12: there the readers
   * get too much, and filter it).
   */
  restore(buffers: readonly ChannelBuffers[], select: (value: unknown) => number): void {
    const mine = buffers.filter(({ gate }) => gate === this.checkpoints.index)
    if (mine.length === 0) return
    const { subpartitions } = this
    const same = mine.every(({ channels }) => channels === subpartitions.length)
    const watermarks = new SharedWatermark(mine.length)
    mine.forEach((one, from) => {
      for (const element of elementsOf(one.buffers)) {
        if (element.tag === ElementTag.Watermark) {
          if (same) this.writeWatermark(subpartitions[one.channel]!, element.watermark)
          else if (watermarks.advance(from, element.watermark)) this.broadcastWatermark(watermarks.combined)
        } else if (element.tag === ElementTag.Status) {
          if (same) this.writeStatus(subpartitions[one.channel]!, element.idle)
        } else {
          const { value, timestamp } = element
          const [number, origin] =
            element.number < 0 && this.transport.tracing ? this.checkpoints.newIdentity(timestamp) : [element.number, element.origin]
          this.emitRecord(subpartitions[same ? one.channel : select(value)]!, value, timestamp, number, origin)
        }
      }
    })
    this.flushAll()
  }

  flushAll(): void {
    for (const subpartition of this.subpartitions) subpartition.flush()
  }

  /** Whether the channel is one of this partition's. */
  owns(channel: number): boolean {
    return this.byChannel.has(channel)
  }

  onPartitionRequest(from: Address, message: PartitionRequest): void {
    this.byChannel.get(message.channel)!.connect(from, message.credit)
  }

  onCredit(message: CreditMessage): void {
    this.byChannel.get(message.channel)!.addCredit(message.credit)
  }

  onResume({ channel }: ResumeConsumption): void {
    this.byChannel.get(channel)!.resume()
  }

  onNewBufferSize({ channel, size }: NewBufferSize): void {
    this.byChannel.get(channel)!.setBufferSize(size)
  }
}
