import { DataInput, DataOutput, decodeValue, encodeValue } from '../../core/values'
import type { Shape } from '../../core/values'
import { ElementTag, LENGTH_BYTES, beginElement, endElement, lengthAt } from './element'

/**
 * What lay in a channel, as a checkpoint keeps it: whole elements, each with the identity of its record in front, (number, origin), which is −1, 0 if nobody
 * keeps a trace: the bytes are as many either way. Objects carry their field names, since the stream that they were in is gone. Flink keeps the
 * buffers as they are, and a record that had been sent by half in two places.
 */

const UNKNOWN = -1
/** Number and origin. */
const IDENTITY_BYTES = 8

/** Bytes of a channel that follow each other, and the identities of the records that begin in them (null: none are kept). */
export interface ChannelBytes {
  readonly bytes: readonly Uint8Array[]
  readonly identities: readonly Int32Array[] | null
  /** Shapes that the stream had seen before them. */
  readonly shapes: readonly Shape[]
}

export interface ChannelElements {
  readonly buffers: readonly Uint8Array[]
  readonly records: number
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const isRecord = (tag: number): boolean => tag === ElementTag.Record || tag === ElementTag.RecordWithTimestamp

/** `bytes` must be whole elements, put together. */
export function toChannelState({ bytes, identities, shapes }: ChannelBytes, bufferSize: number): ChannelElements {
  const input = new DataInput(joined(bytes))
  input.shapes = [...shapes]
  const ids = identities?.flatMap((some) => [...some])
  const buffers: Uint8Array[] = []
  const out = new DataOutput(Math.min(input.end + 64, bufferSize))
  let records = 0
  while (input.position < input.end) {
    const end = input.position + LENGTH_BYTES + lengthAt(input.bytes, input.position)
    const tag = input.bytes[input.position + LENGTH_BYTES]!
    const record = isRecord(tag)
    out.writeI32(record && ids !== undefined ? ids[2 * records]! : UNKNOWN)
    out.writeI32(record && ids !== undefined ? ids[2 * records + 1]! : 0)
    if (record) {
      records++
      input.position += LENGTH_BYTES + 1
      const start = beginElement(out, tag)
      if (tag === ElementTag.RecordWithTimestamp) out.writeF64(input.readF64())
      encodeValue(out, decodeValue(input))
      endElement(out, start)
    } else {
      out.writeBytes(input.bytes.subarray(input.position, end))
      input.position = end
    }
    if (out.length < bufferSize) continue
    buffers.push(out.toBytes())
    out.reset()
  }
  if (out.length > 0) buffers.push(out.toBytes())
  return { buffers, records }
}

/** The records lose their names: those of another run mean nothing here. Changes the buffers. */
export function forgetIdentities(buffers: readonly Uint8Array[]): void {
  for (const buffer of buffers) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
    for (let at = 0; at < buffer.length; at += IDENTITY_BYTES + LENGTH_BYTES + lengthAt(buffer, at + IDENTITY_BYTES)) {
      // −1, whichever way round.
      view.setInt32(at, UNKNOWN)
    }
  }
}

/** One element of a channel's state. */
export type RestoredElement =
  | {
      readonly tag: typeof ElementTag.Record | typeof ElementTag.RecordWithTimestamp
      readonly timestamp: number
      readonly value: unknown
      readonly number: number
      readonly origin: number
    }
  | { readonly tag: typeof ElementTag.Watermark; readonly watermark: number }
  | { readonly tag: typeof ElementTag.Status; readonly idle: boolean }

/** Reads what `toChannelState` wrote, in order. A record whose identity is not known has number −1. */
export function* elementsOf(buffers: readonly Uint8Array[]): Generator<RestoredElement> {
  for (const buffer of buffers) {
    const input = new DataInput(buffer)
    while (!input.exhausted) {
      const number = input.readI32()
      const origin = input.readI32()
      input.position += LENGTH_BYTES
      const tag = input.readByte()
      if (tag === ElementTag.Watermark) yield { tag, watermark: input.readF64() }
      else if (tag === ElementTag.Status) yield { tag, idle: input.readByte() === 1 }
      else {
        const timestamp = tag === ElementTag.RecordWithTimestamp ? input.readF64() : NaN
        yield { tag: tag as typeof ElementTag.Record, timestamp, value: decodeValue(input), number, origin }
      }
    }
  }
}
