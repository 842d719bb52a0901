import type { EventPage } from '../core/page'

export const CHUNK_BITS = 14
export const CHUNK_SIZE = 1 << CHUNK_BITS
export const CHUNK_MASK = CHUNK_SIZE - 1

const SLOTS = 1 << 13
const MAX_OFFSET = 0xffffffff

/**
 * A stretch of the log in columns: 37 bytes an event and the payloads, of which equal ones (a record handed on unchanged)
 * are kept once. Times are offsets from the first event's, as long as 32 bits of µs (71 minutes) hold them.
 */
export class Chunk {
  base = 0
  time: Uint32Array | Float64Array = new Uint32Array(CHUNK_SIZE)
  readonly process = new Int32Array(CHUNK_SIZE)
  readonly kind = new Uint8Array(CHUNK_SIZE)
  readonly a = new Int32Array(CHUNK_SIZE)
  readonly b = new Int32Array(CHUNK_SIZE)
  readonly c = new Int32Array(CHUNK_SIZE)
  readonly d = new Int32Array(CHUNK_SIZE)
  readonly x = new Float64Array(CHUNK_SIZE)
  /** Where the payload stands in the arena, plus 1; 0 for none. */
  private readonly payloadAt = new Int32Array(CHUNK_SIZE)
  /** Length as a varint, bytes. */
  private arena = new Uint8Array(1024)
  private arenaEnd = 0
  /** Hash of a payload → where it was last put. Only while the chunk grows. */
  private seen: Int32Array | null = null

  timeAt(at: number): number {
    return this.base + this.time[at]!
  }

  /** Copies events `from` … `from + count` of a page to place `at` and on; their payloads come by `putPayload`. */
  put(at: number, page: EventPage, from: number, count: number): void {
    const to = from + count
    this.process.set(page.process.subarray(from, to), at)
    this.kind.set(page.kind.subarray(from, to), at)
    this.a.set(page.a.subarray(from, to), at)
    this.b.set(page.b.subarray(from, to), at)
    this.c.set(page.c.subarray(from, to), at)
    this.d.set(page.d.subarray(from, to), at)
    this.x.set(page.x.subarray(from, to), at)
    if (at === 0) {
      this.base = page.time[from]!
      if (this.time instanceof Float64Array) this.time = new Uint32Array(CHUNK_SIZE)
    }
    if (page.time[to - 1]! - this.base > MAX_OFFSET && this.time instanceof Uint32Array) this.widen(at)
    const { time, base } = this
    for (let i = 0; i < count; i++) time[at + i] = page.time[from + i]! - base
  }

  /** The stretch is longer than offsets can tell: from here on it holds the times themselves. */
  private widen(count: number): void {
    const absolute = new Float64Array(CHUNK_SIZE)
    for (let i = 0; i < count; i++) absolute[i] = this.base + this.time[i]!
    this.time = absolute
    this.base = 0
  }

  /** `hash` is that of the payload, by which one that is here already is found. */
  putPayload(at: number, bytes: Uint8Array, start: number, end: number, hash: number): void {
    if (start === end) {
      this.payloadAt[at] = 0
      return
    }
    this.seen ??= new Int32Array(SLOTS)
    const slot = hash & (SLOTS - 1)
    const candidate = this.seen[slot]!
    if (candidate !== 0 && this.isAt(candidate - 1, bytes, start, end)) {
      this.payloadAt[at] = candidate
      return
    }
    this.payloadAt[at] = this.seen[slot] = this.arenaEnd + 1
    this.reserve(end - start + 5)
    let length = end - start
    while (length >= 0x80) {
      this.arena[this.arenaEnd++] = (length & 0x7f) | 0x80
      length >>>= 7
    }
    this.arena[this.arenaEnd++] = length
    this.arena.set(bytes.subarray(start, end), this.arenaEnd)
    this.arenaEnd += end - start
  }

  /** A view, valid as long as the log; empty for an event without payload. */
  payload(at: number): Uint8Array {
    let from = this.payloadAt[at]!
    if (from === 0) return NONE
    from--
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.arena[from++]!
      length |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    return this.arena.subarray(from, from + length)
  }

  /** Gives back what only a growing chunk needs. */
  seal(): void {
    this.seen = null
    this.arena = this.arena.slice(0, this.arenaEnd)
  }

  get bytes(): number {
    return 29 * CHUNK_SIZE + this.time.byteLength + this.payloadAt.byteLength + this.arena.byteLength + (this.seen?.byteLength ?? 0)
  }

  private isAt(from: number, bytes: Uint8Array, start: number, end: number): boolean {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.arena[from++]!
      length |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    if (length !== end - start) return false
    for (let i = 0; i < length; i++) if (this.arena[from + i] !== bytes[start + i]) return false
    return true
  }

  private reserve(more: number): void {
    if (this.arenaEnd + more <= this.arena.length) return
    const wider = new Uint8Array(Math.max(this.arena.length * 2, this.arenaEnd + more))
    wider.set(this.arena.subarray(0, this.arenaEnd))
    this.arena = wider
  }
}

const NONE = new Uint8Array(0)
