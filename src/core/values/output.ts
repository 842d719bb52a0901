import type { Shape } from './shapes'

const encoder = new TextEncoder()

/** The bit pattern of every NaN that we write: engines differ in theirs, traces must not. */
const NAN_HIGH = 0x7ff80000

/** The field names of the record that was written last at some depth, and the number of their shape: mostly the next one's, too. */
export interface ShapeGuess {
  readonly names: readonly string[]
  readonly number: number
}

/** A growing byte buffer to write into, as Flink's DataOutputSerializer; numbers are big-endian. Reuse one: `reset` keeps the memory. */
export class DataOutput {
  bytes: Uint8Array
  length = 0
  /** Shapes written since `useShapes`, by their number; null: every object carries its field names, so each value stands alone. */
  shapes: Map<Shape, number> | null = null
  /** By depth; of shapes that were written. */
  readonly guesses: (ShapeGuess | undefined)[] = []
  private view: DataView

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  reset(): void {
    this.length = 0
  }

  /** From here on field names are written once and then referred to by number. The reader must call `useShapes` at the same place and read everything in order. */
  useShapes(): void {
    this.shapes = new Map()
    this.guesses.length = 0
  }

  /** Room for `more` bytes behind `length`. */
  ensure(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }

  writeByte(byte: number): void {
    if (this.length === this.bytes.length) this.ensure(1)
    this.bytes[this.length++] = byte
  }

  /** Unsigned, up to 2^53 − 1, least significant 7 bits first. */
  writeVarint(n: number): void {
    this.ensure(8)
    const bytes = this.bytes
    let at = this.length
    while (n > 0x7fffffff) {
      bytes[at++] = (n % 128) | 0x80
      n = Math.floor(n / 128)
    }
    while (n > 0x7f) {
      bytes[at++] = (n & 0x7f) | 0x80
      n >>>= 7
    }
    bytes[at++] = n
    this.length = at
  }

  /** A 32-bit integer; small ones of either sign take one byte. */
  writeZigzag(n: number): void {
    this.writeVarint(((n << 1) ^ (n >> 31)) >>> 0)
  }

  writeI32(n: number): void {
    this.ensure(4)
    this.view.setInt32(this.length, n)
    this.length += 4
  }

  writeF64(n: number): void {
    this.ensure(8)
    if (n === n) this.view.setFloat64(this.length, n)
    else {
      this.view.setInt32(this.length, NAN_HIGH)
      this.view.setInt32(this.length + 4, 0)
    }
    this.length += 8
  }

  writeI64(n: bigint): void {
    this.ensure(8)
    this.view.setBigInt64(this.length, n)
    this.length += 8
  }

  /** Length in bytes as a varint, then UTF-8. Lone surrogates become U+FFFD: `encodeValue` keeps them. */
  writeUtf8(text: string): void {
    const length = text.length
    this.ensure(length * 3 + 8)
    const start = this.length
    if (length < 128) {
      const bytes = this.bytes
      let at = start + 1
      let i = 0
      for (; i < length; i++) {
        const unit = text.charCodeAt(i)
        if (unit > 0x7f) break
        bytes[at++] = unit
      }
      if (i === length) {
        bytes[start] = length
        this.length = at
        return
      }
    }
    const utf8 = encoder.encode(text)
    this.writeVarint(utf8.length)
    this.writeBytes(utf8)
  }

  writeBytes(source: Uint8Array): void {
    this.ensure(source.length)
    this.bytes.set(source, this.length)
    this.length += source.length
  }

  /** What was written, in place: valid until the next write. */
  view8(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}
