import { AssertionFailure } from '../base/assert'
import type { EventPage } from '../core/page'
import { problem, ProblemError } from '../core/problem'
import { DataInput, DataOutput } from '../core/values'
import { TraceLog } from './log'
import { hashOfPayload, PrefixHash } from './prefixHash'
import type { TraceHeader } from './types'

/**
 * A trace as a file: the same trace gives the same bytes, whatever pages it came in.
 *
 *   "TIDEMARK" · version · length of the header, header (JSON with sorted names, UTF-8)
 *   an event: kind (never 0) · µs since the event before · process, a, b, c, d in zigzag
 *             · 0 for NaN, or 1 and x as a double · length of the payload, payload
 *   0 · number of events · hash of all events, 16 hex digits
 *
 * Whole numbers are varints.
 */
const MAGIC = 'TIDEMARK'
export const TRACE_VERSION = 1
const PART = 1 << 16

/** Takes a trace as it comes and hands the file out piece by piece; the pieces are the receiver's to keep. */
export class TraceWriter {
  private readonly out = new DataOutput(PART + 4096)
  private readonly hash = new PrefixHash()
  private last = 0
  private count = 0

  constructor(
    header: TraceHeader,
    private readonly write: (bytes: Uint8Array) => void,
  ) {
    const { out } = this
    out.writeBytes(new TextEncoder().encode(MAGIC))
    out.writeVarint(TRACE_VERSION)
    out.writeUtf8(JSON.stringify(sorted(header)))
  }

  append(page: EventPage): void {
    const { out, hash } = this
    let from = 0
    for (let i = 0; i < page.count; i++) {
      const end = page.payloadEnd[i]!
      const time = page.time[i]!
      const x = page.x[i]!
      out.writeByte(page.kind[i]!)
      out.writeVarint(time - this.last)
      out.writeZigzag(page.process[i]!)
      out.writeZigzag(page.a[i]!)
      out.writeZigzag(page.b[i]!)
      out.writeZigzag(page.c[i]!)
      out.writeZigzag(page.d[i]!)
      if (x === x) {
        out.writeByte(1)
        out.writeF64(x)
      } else out.writeByte(0)
      out.writeVarint(end - from)
      if (end > from) out.writeBytes(page.payload.subarray(from, end))
      hash.event(
        time,
        page.process[i]!,
        page.kind[i]!,
        page.a[i]!,
        page.b[i]!,
        page.c[i]!,
        page.d[i]!,
        x,
        hashOfPayload(page.payload, from, end),
      )
      this.last = time
      from = end
      if (out.length >= PART) this.flush()
    }
    this.count += page.count
  }

  /** Writes what closes the file. */
  end(): void {
    this.out.writeByte(0)
    this.out.writeVarint(this.count)
    this.out.writeUtf8(this.hash.digest())
    this.flush()
  }

  private flush(): void {
    this.write(this.out.toBytes())
    this.out.reset()
  }
}

/** The whole file at once. */
export function encodeTrace(header: TraceHeader, pages: Iterable<EventPage>): Uint8Array {
  const parts: Uint8Array[] = []
  const writer = new TraceWriter(header, (bytes) => parts.push(bytes))
  for (const page of pages) writer.append(page)
  writer.end()
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A log's events as pages again: to write a trace that was kept. */
export function* pagesOf(log: TraceLog, size = 4096): Generator<EventPage> {
  const reader = log.reader()
  for (let from = 0; from < log.length; from += size) {
    const page = new PageWriter(Math.min(size, log.length - from))
    for (let i = 0; i < page.size; i++) {
      reader.next()
      page.put(i, reader.time, reader.process, reader.kind, reader.a, reader.b, reader.c, reader.d, reader.x, reader.payload())
    }
    yield page.take(page.size)
  }
}

/**
 * Reads a file back. Throws ProblemError: `trace-not-a-trace`, `trace-newer` (with the file's version), `trace-truncated`
 * (with the events there were), `trace-damaged`.
 */
export function decodeTrace(bytes: Uint8Array): { header: TraceHeader; log: TraceLog } {
  const input = new DataInput(bytes)
  for (let i = 0; i < MAGIC.length; i++) if (bytes[i] !== MAGIC.charCodeAt(i)) throw new ProblemError(problem('trace-not-a-trace'))
  input.position = MAGIC.length
  const log = new TraceLog()
  try {
    const version = input.readVarint()
    if (version !== TRACE_VERSION) throw new ProblemError(problem('trace-newer', { version }))
    const header = JSON.parse(input.readUtf8()) as TraceHeader
    readEvents(input, log)
    const count = input.readVarint()
    const digest = input.readUtf8()
    if (count !== log.length || digest !== log.prefixHash() || !input.exhausted) throw new ProblemError(problem('trace-damaged'))
    return { header, log }
  } catch (error) {
    // The only assertion that bytes can break is that of reading past their end.
    if (error instanceof AssertionFailure) throw new ProblemError(problem('trace-truncated', { events: log.length }))
    if (error instanceof SyntaxError) throw new ProblemError(problem('trace-damaged'))
    throw error
  }
}

function readEvents(input: DataInput, log: TraceLog): void {
  const size = 4096
  let time = 0
  for (;;) {
    const page = new PageWriter(size)
    for (let i = 0; i < size; i++) {
      const kind = input.readByte()
      if (kind === 0) {
        log.append(page.take(i))
        return
      }
      time += input.readVarint()
      const process = input.readZigzag()
      const a = input.readZigzag()
      const b = input.readZigzag()
      const c = input.readZigzag()
      const d = input.readZigzag()
      const x = input.readByte() === 0 ? NaN : input.readF64()
      page.put(i, time, process, kind, a, b, c, d, x, input.readBytes(input.readVarint()))
    }
    log.append(page.take(size))
  }
}

class PageWriter {
  private readonly time: Float64Array
  private readonly process: Int32Array
  private readonly kind: Uint8Array
  private readonly columns: readonly [Int32Array, Int32Array, Int32Array, Int32Array]
  private readonly x: Float64Array
  private readonly payloadEnd: Int32Array
  private readonly payload = new DataOutput(4096)

  constructor(readonly size: number) {
    this.time = new Float64Array(size)
    this.process = new Int32Array(size)
    this.kind = new Uint8Array(size)
    this.columns = [new Int32Array(size), new Int32Array(size), new Int32Array(size), new Int32Array(size)]
    this.x = new Float64Array(size)
    this.payloadEnd = new Int32Array(size)
  }

  put(
    i: number,
    time: number,
    process: number,
    kind: number,
    a: number,
    b: number,
    c: number,
    d: number,
    x: number,
    payload: Uint8Array,
  ): void {
    this.time[i] = time
    this.process[i] = process
    this.kind[i] = kind
    this.columns[0][i] = a
    this.columns[1][i] = b
    this.columns[2][i] = c
    this.columns[3][i] = d
    this.x[i] = x
    this.payload.writeBytes(payload)
    this.payloadEnd[i] = this.payload.length
  }

  take(count: number): EventPage {
    const { time, process, kind, x, payloadEnd } = this
    const [a, b, c, d] = this.columns
    return { count, time, process, kind, a, b, c, d, x, payloadEnd, payload: this.payload.view8() }
  }
}

/** The same value with the names of its objects in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted((value as Record<string, unknown>)[name])]),
  )
}
