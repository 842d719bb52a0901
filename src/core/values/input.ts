import { assert } from '../../base/assert'
import type { Shape } from './shapes'

const decoder = new TextDecoder()

/** Short texts seen lately: the same bytes give the same string object, whose hash is already known to every Map. */
const INTERNED = 1024
const INTERN_LIMIT = 24
const interned: string[] = new Array<string>(INTERNED).fill('')

function sameAscii(text: string, bytes: Uint8Array, at: number, length: number): boolean {
  if (text.length !== length) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[at + i]) return false
  return true
}

/** Text of `length` bytes of UTF-8. */
export function utf8At(bytes: Uint8Array, at: number, length: number): string {
  if (length > INTERN_LIMIT) return decoder.decode(bytes.subarray(at, at + length))
  let hash = length
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + bytes[at + i]!) | 0
  const slot = (hash ^ (hash >>> 10)) & (INTERNED - 1)
  const known = interned[slot]!
  if (sameAscii(known, bytes, at, length)) return known
  const text = decoder.decode(bytes.subarray(at, at + length))
  if (text.length === length) interned[slot] = text
  return text
}

/** Reads what DataOutput wrote. */
export class DataInput {
  bytes: Uint8Array
  position: number
  end: number
  /** See DataOutput.shapes. */
  shapes: Shape[] | null = null
  private view: DataView

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = position
    this.end = end
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Reads other bytes with the same instance. */
  of(bytes: Uint8Array, position = 0, end = bytes.length): this {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    this.position = position
    this.end = end
    return this
  }

  useShapes(): void {
    this.shapes = []
  }

  get exhausted(): boolean {
    return this.position >= this.end
  }

  private take(length: number): number {
    const at = this.position
    assert(at + length <= this.end, 'read past the end of the bytes')
    this.position = at + length
    return at
  }

  readByte(): number {
    return this.bytes[this.take(1)]!
  }

  readVarint(): number {
    let byte = this.readByte()
    if (byte < 0x80) return byte
    let result = byte & 0x7f
    let factor = 128
    do {
      byte = this.readByte()
      result += (byte & 0x7f) * factor
      factor *= 128
    } while (byte >= 0x80)
    return result
  }

  readZigzag(): number {
    const n = this.readVarint()
    return (n >>> 1) ^ -(n & 1)
  }

  readI32(): number {
    return this.view.getInt32(this.take(4))
  }

  readF64(): number {
    return this.view.getFloat64(this.take(8))
  }

  readI64(): bigint {
    return this.view.getBigInt64(this.take(8))
  }

  readUtf8(): string {
    const length = this.readVarint()
    return utf8At(this.bytes, this.take(length), length)
  }

  /** The text of `length` bytes of UTF-8 from here. */
  readText(length: number): string {
    return utf8At(this.bytes, this.take(length), length)
  }

  /** A view of the next `length` bytes. */
  readBytes(length: number): Uint8Array {
    const at = this.take(length)
    return this.bytes.subarray(at, at + length)
  }
}
