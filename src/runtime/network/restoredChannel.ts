import { DataOutput, encodeValue } from '../../core/values'
import { hasTimestamp } from '../../core/time'
import type { ChannelBuffers } from '../checkpoint/types'
import { elementsOf } from './channelState'
import { ElementTag, beginElement, endElement } from './element'
import { BufferEvent } from './messages'
import type { BufferMessage } from './messages'
import { SharedWatermark } from './sharedWatermark'

/** What is done to elements on their way out of a checkpoint. */
export interface Restoring {
  /** Which records are this subtask's; null: all (D-12: RANGE and FULL give a subtask more than it should have). */
  readonly keep: ((value: unknown) => boolean) | null
  /** Gives a record an identity if its checkpoint has none; null: nobody keeps a trace. */
  readonly newIdentity: ((timestamp: number) => readonly [number: number, origin: number]) | null
}

/**
 * Buffers to put into one input channel: what `channels` held, each behind the other. Where several have become one, their time is what they
 * have in common, and none of them says that it is idle. Mirrors DemultiplexingRecordDeserializer and RecordFilter.
 */
export function restoredMessages(channel: number, channels: readonly ChannelBuffers[], { keep, newIdentity }: Restoring): BufferMessage[] {
  const alone = channels.length === 1
  const watermarks = new SharedWatermark(channels.length)
  const messages: BufferMessage[] = []
  channels.forEach(({ buffers }, from) => {
    for (const buffer of buffers) {
      const out = new DataOutput(buffer.length)
      const identities: number[] = []
      for (const element of elementsOf([buffer])) {
        if (element.tag === ElementTag.Watermark) {
          const rises = alone || watermarks.advance(from, element.watermark)
          if (rises) writeNumber(out, ElementTag.Watermark, alone ? element.watermark : watermarks.combined)
        } else if (element.tag === ElementTag.Status) {
          if (alone) writeStatus(out, element.idle)
        } else if (keep === null || keep(element.value)) {
          writeRecord(out, element.value, element.timestamp)
          if (newIdentity === null) continue
          const [number, origin] = element.number < 0 ? newIdentity(element.timestamp) : [element.number, element.origin]
          identities.push(number, origin)
        }
      }
      if (out.length > 0) messages.push(messageOf(channel, out.toBytes(), newIdentity === null ? null : Int32Array.from(identities)))
    }
  })
  return messages
}

function writeNumber(out: DataOutput, tag: number, n: number): void {
  const start = beginElement(out, tag)
  out.writeF64(n)
  endElement(out, start)
}

function writeStatus(out: DataOutput, idle: boolean): void {
  const start = beginElement(out, ElementTag.Status)
  out.writeByte(idle ? 1 : 0)
  endElement(out, start)
}

function writeRecord(out: DataOutput, value: unknown, timestamp: number): void {
  const start = beginElement(out, hasTimestamp(timestamp) ? ElementTag.RecordWithTimestamp : ElementTag.Record)
  if (hasTimestamp(timestamp)) out.writeF64(timestamp)
  encodeValue(out, value)
  endElement(out, start)
}

const messageOf = (channel: number, bytes: Uint8Array, identities: Int32Array | null): BufferMessage => ({
  type: 'buffer',
  channel,
  sequence: -1,
  bytes,
  records: 0,
  backlog: 0,
  event: BufferEvent.None,
  barrier: null,
  rest: null,
  cancelled: -1,
  identities,
})
