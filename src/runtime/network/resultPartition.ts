import { encodeValue } from '../../core/values'
import { hasTimestamp } from '../../core/time'
import type { Address } from '../../kernel/types'
import { ElementTag, beginElement, endElement } from './element'
import { BufferEvent } from './messages'
import type { BufferEventCode, CreditMessage, PartitionRequest } from './messages'
import { OutputPool } from './outputPool'
import type { AvailabilityListener } from './outputPool'
import { outputPoolSize } from './settings'
import type { NetworkSettings } from './settings'
import { Subpartition } from './subpartition'
import type { SubpartitionTransport } from './subpartition'

/**
 * What one task writes for one job edge; mirrors PipelinedResultPartition together with RecordWriter. One subpartition for each channel.
 * Local channels go the same way as remote ones: they take credits, and the latency of the link (Flink hands their buffers over in memory).
 */
export class ResultPartition {
  readonly pool: OutputPool
  /** Its task will flush it at the next tick (N-8). */
  flusherArmed = false
  readonly subpartitions: readonly Subpartition[]
  private readonly byChannel = new Map<number, Subpartition>()

  /** `channels`: numbers in the ExecutionGraph, by subpartition. */
  constructor(channels: readonly number[], settings: NetworkSettings, transport: SubpartitionTransport, listener: AvailabilityListener) {
    this.pool = new OutputPool(outputPoolSize(channels.length), channels.length, settings.maxPerChannel, listener)
    this.subpartitions = channels.map((channel, index) => {
      const subpartition = new Subpartition(channel, index, settings.segmentSize, this.pool, transport, settings.exclusivePerChannel)
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
    for (const subpartition of this.subpartitions) {
      subpartition.begin()
      const start = beginElement(subpartition.out, ElementTag.Watermark)
      subpartition.out.writeF64(watermark)
      endElement(subpartition.out, start)
      subpartition.end()
    }
  }

  broadcastStatus(idle: boolean): void {
    for (const subpartition of this.subpartitions) {
      subpartition.begin()
      const start = beginElement(subpartition.out, ElementTag.Status)
      subpartition.out.writeByte(idle ? 1 : 0)
      endElement(subpartition.out, start)
      subpartition.end()
    }
  }

  broadcastEvent(event: Exclude<BufferEventCode, typeof BufferEvent.None>): void {
    for (const subpartition of this.subpartitions) subpartition.event(event)
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
}
