import { assert } from '../base/assert'
import type { EventPage } from '../core/page'
import { valueFromBytes } from '../core/values'
import { Chunk, CHUNK_BITS, CHUNK_MASK, CHUNK_SIZE } from './chunk'
import { IntColumn } from './columns'
import { NAMING, Names } from './names'
import { hashOfPayload, PrefixHash } from './prefixHash'
import type { TraceEvent } from './types'

const HASH_BITS = 10
const HASH_STRIDE = 1 << HASH_BITS

/** The trace of one run: append-only, in the order in which the kernel's pages come. Everything a view shows is read or folded from here. */
export class TraceLog {
  /** Who is who: learnt from the events as they come. */
  names: Names = new Names()
  private readonly chunks: Chunk[] = []
  private count = 0
  private last = 0
  private readonly hash = new PrefixHash()
  /** The two lanes of the hash before every 1024th event. */
  private readonly hashes = new IntColumn()

  get length(): number {
    return this.count
  }

  /** Virtual µs of the last event; 0 while there is none. */
  get endTime(): number {
    return this.last
  }

  append(page: EventPage): void {
    let payloadFrom = 0
    for (let from = 0; from < page.count;) {
      const at = this.count & CHUNK_MASK
      if (at === 0) {
        this.chunks[this.chunks.length - 1]?.seal()
        this.chunks.push(new Chunk())
      }
      // Up to the next mark of the hash, which is never beyond the chunk.
      const count = Math.min(page.count - from, HASH_STRIDE - (this.count & (HASH_STRIDE - 1)))
      if ((this.count & (HASH_STRIDE - 1)) === 0) this.mark()
      const chunk = this.chunks[this.chunks.length - 1]!
      chunk.put(at, page, from, count)
      payloadFrom = this.take(page, from, count, payloadFrom, chunk)
      from += count
    }
  }

  timeAt(index: number): number {
    return this.chunks[index >>> CHUNK_BITS]!.timeAt(index & CHUNK_MASK)
  }

  kindAt(index: number): number {
    return this.chunks[index >>> CHUNK_BITS]!.kind[index & CHUNK_MASK]!
  }

  processAt(index: number): number {
    return this.chunks[index >>> CHUNK_BITS]!.process[index & CHUNK_MASK]!
  }

  /** Index of the last event at or before virtual `time`, −1 if none. */
  lastAt(time: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.timeAt(middle) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** A cursor of one's own; costs one object for as many events as one likes. */
  reader(): TraceReader {
    return new TraceReader(this)
  }

  /** The event alone: for what is looked at now and then. */
  at(index: number): TraceReader {
    return this.reader().to(index)
  }

  /** Of the first `length` events, 16 hex digits; the same for the same events, whatever pages brought them. */
  prefixHash(length = this.count): string {
    assert(length >= 0 && length <= this.count, `no prefix of ${length} in a trace of ${this.count}`)
    if (length === this.count) return this.hash.digest()
    const hash = new PrefixHash()
    const mark = length >>> HASH_BITS
    hash.high = this.hashes.at(2 * mark)
    hash.low = this.hashes.at(2 * mark + 1)
    for (let index = mark << HASH_BITS; index < length; index++) this.hashStored(hash, index)
    return hash.digest()
  }

  /** Forgets all events from index `length` on: what a fork does before it goes on by other ways. Folds over more than that must be reset. */
  truncate(length: number): void {
    if (length >= this.count) return
    const digest = new PrefixHash()
    const mark = length >>> HASH_BITS
    digest.high = this.hashes.at(2 * mark)
    digest.low = this.hashes.at(2 * mark + 1)
    for (let index = mark << HASH_BITS; index < length; index++) this.hashStored(digest, index)
    this.hash.high = digest.high
    this.hash.low = digest.low
    this.chunks.length = Math.ceil(length / CHUNK_SIZE)
    this.count = length
    this.last = length === 0 ? 0 : this.timeAt(length - 1)
    this.names = new Names()
    const reader = this.reader()
    while (reader.next()) this.names.learn(reader.index, reader.process, reader.kind, reader.a, reader.b, reader.d)
  }

  /** What it takes in memory, all in all. */
  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0) + this.hashes.bytes + this.names.bytes
  }

  /** For readers only. */
  chunkOf(index: number): Chunk {
    return this.chunks[index >>> CHUNK_BITS]!
  }

  private mark(): void {
    const mark = this.count >>> HASH_BITS
    this.hashes.put(2 * mark, this.hash.high)
    this.hashes.put(2 * mark + 1, this.hash.low)
  }

  /** All that is done event by event; returns where the payloads of the rest begin. */
  private take(page: EventPage, from: number, count: number, payloadFrom: number, chunk: Chunk): number {
    const { hash, names } = this
    let { last } = this
    for (let i = from; i < from + count; i++) {
      const index = this.count + i - from
      const time = page.time[i]!
      assert(time >= last, 'an event comes after one of a later time')
      last = time
      const end = page.payloadEnd[i]!
      const payload = end === payloadFrom ? 0 : hashOfPayload(page.payload, payloadFrom, end)
      chunk.putPayload(index & CHUNK_MASK, page.payload, payloadFrom, end, payload)
      payloadFrom = end
      const kind = page.kind[i]!
      const b = page.b[i]!
      hash.event(time, page.process[i]!, kind, page.a[i]!, b, page.c[i]!, page.d[i]!, page.x[i]!, payload)
      if (NAMING[kind] === 1) names.learn(index, page.process[i]!, kind, page.a[i]!, b, page.d[i]!)
    }
    this.last = last
    this.count += count
    return payloadFrom
  }

  private hashStored(hash: PrefixHash, index: number): void {
    const chunk = this.chunks[index >>> CHUNK_BITS]!
    const at = index & CHUNK_MASK
    const payload = chunk.payload(at)
    hash.event(
      chunk.timeAt(at),
      chunk.process[at]!,
      chunk.kind[at]!,
      chunk.a[at]!,
      chunk.b[at]!,
      chunk.c[at]!,
      chunk.d[at]!,
      chunk.x[at]!,
      hashOfPayload(payload, 0, payload.length),
    )
  }
}

const decoder = new TextDecoder()
const BEFORE = new Chunk()

/** Reads a log in place, one event at a time. */
export class TraceReader implements TraceEvent {
  index = -1
  private chunk = BEFORE
  private place = 0

  constructor(private readonly log: TraceLog) {}

  /** Moves to event `index`, which must be there. */
  to(index: number): this {
    assert(index >= 0 && index < this.log.length, `no event ${index} in a trace of ${this.log.length}`)
    this.index = index
    this.place = index & CHUNK_MASK
    this.chunk = this.log.chunkOf(index)
    return this
  }

  /** Moves before event `index`, so that `next` comes to it. */
  before(index: number): this {
    this.index = index - 1
    if (this.index >= 0 && this.index < this.log.length) this.to(this.index)
    return this
  }

  /** Moves on; false at the end. */
  next(): boolean {
    if (this.index + 1 >= this.log.length) return false
    this.index++
    this.place = this.index & CHUNK_MASK
    if (this.place === 0 || this.chunk === BEFORE) this.chunk = this.log.chunkOf(this.index)
    return true
  }

  get time(): number {
    return this.chunk.base + this.chunk.time[this.place]!
  }
  get process(): number {
    return this.chunk.process[this.place]!
  }
  get kind(): number {
    return this.chunk.kind[this.place]!
  }
  get a(): number {
    return this.chunk.a[this.place]!
  }
  get b(): number {
    return this.chunk.b[this.place]!
  }
  get c(): number {
    return this.chunk.c[this.place]!
  }
  get d(): number {
    return this.chunk.d[this.place]!
  }
  get x(): number {
    return this.chunk.x[this.place]!
  }
  payload(): Uint8Array {
    return this.chunk.payload(this.place)
  }
  value(): unknown {
    return valueFromBytes(this.payload())
  }
  text(): string {
    return decoder.decode(this.payload())
  }
}
