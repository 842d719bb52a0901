import type { DataOutput } from '../../core/values'

/**
 * How an element lies in a buffer: 4 bytes of length (N-5), a tag, what the tag says. Mirrors StreamElementSerializer and
 * SpanningRecordSerializer. Left out: latency markers, record attributes.
 */
export const ElementTag = { RecordWithTimestamp: 0, Record: 1, Watermark: 2, Status: 4 } as const

/** Bytes before the tag. */
export const LENGTH_BYTES = 4

/** Makes room for the length of an element that begins here; returns where it is. */
export function beginElement(out: DataOutput, tag: number): number {
  const start = out.length
  out.ensure(LENGTH_BYTES + 1)
  out.bytes[start + LENGTH_BYTES] = tag
  out.length = start + LENGTH_BYTES + 1
  return start
}

/** Fills in the length of the element that began at `start`. */
export function endElement(out: DataOutput, start: number): void {
  const length = out.length - start - LENGTH_BYTES
  const bytes = out.bytes
  bytes[start] = length >>> 24
  bytes[start + 1] = (length >>> 16) & 0xff
  bytes[start + 2] = (length >>> 8) & 0xff
  bytes[start + 3] = length & 0xff
}

export const lengthAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
