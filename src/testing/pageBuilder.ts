import type { EventPage } from '../core/page'
import { DataOutput, encodeValue } from '../core/values'
import { TraceKind } from '../trace/kinds'
import type { TraceKindName } from '../trace/kinds'

export interface Columns {
  readonly a?: number
  readonly b?: number
  readonly c?: number
  readonly d?: number
  readonly x?: number
  readonly value?: unknown
  readonly text?: string
}

/** Writes trace events by hand and gives them out as pages, as the kernel would. */
export class PageBuilder {
  private time: number[] = []
  private process: number[] = []
  private kind: number[] = []
  private a: number[] = []
  private b: number[] = []
  private c: number[] = []
  private d: number[] = []
  private x: number[] = []
  private payloadEnd: number[] = []
  private readonly payload = new DataOutput(1 << 16)

  get count(): number {
    return this.time.length
  }

  event(time: number, process: number, kind: TraceKindName, { a = 0, b = 0, c = 0, d = 0, x = NaN, value, text }: Columns = {}): this {
    this.time.push(time)
    this.process.push(process)
    this.kind.push(TraceKind[kind])
    this.a.push(a)
    this.b.push(b)
    this.c.push(c)
    this.d.push(d)
    this.x.push(x)
    if (value !== undefined) encodeValue(this.payload, value)
    if (text !== undefined) this.payload.writeBytes(new TextEncoder().encode(text))
    this.payloadEnd.push(this.payload.length)
    return this
  }

  /** All since the last page. */
  take(): EventPage {
    const page: EventPage = {
      count: this.time.length,
      time: Float64Array.from(this.time),
      process: Int32Array.from(this.process),
      kind: Uint8Array.from(this.kind),
      a: Int32Array.from(this.a),
      b: Int32Array.from(this.b),
      c: Int32Array.from(this.c),
      d: Int32Array.from(this.d),
      x: Float64Array.from(this.x),
      payloadEnd: Int32Array.from(this.payloadEnd),
      payload: this.payload.bytes.slice(0, this.payload.length),
    }
    this.time = []
    this.process = []
    this.kind = []
    this.a = []
    this.b = []
    this.c = []
    this.d = []
    this.x = []
    this.payloadEnd = []
    this.payload.reset()
    return page
  }
}
