import { DataOutput } from '../../core/values'
import type { Address } from '../../kernel/types'
import { BufferEvent } from './messages'
import type { BufferEventCode, BufferMessage } from './messages'
import type { OutputPool } from './outputPool'

/** What a subpartition needs of its task to send. */
export interface SubpartitionTransport {
  readonly tracing: boolean
  sendBuffer(to: Address, message: BufferMessage): void
  sendBacklog(to: Address, channel: number, backlog: number): void
  /** For the trace. */
  creditsChanged(channel: number, credits: number): void
}

interface QueuedBuffer {
  readonly bytes: Uint8Array
  readonly records: number
  readonly event: BufferEventCode
  readonly identities: Int32Array | null
}

const NO_BYTES = new Uint8Array(0)

/**
 * The producer's end of one channel; mirrors PipelinedSubpartition with its BufferBuilder and CreditBasedSequenceNumberingViewReader.
 * Elements are written behind each other into segments of a fixed size; one that does not fit goes on in the next. A segment is
 * sent when it is full or, as far as it is written, at a flush; each send takes a credit (N-6), events take none.
 *
 * A segment is one buffer of the pool from its first byte until it is full and its last byte was sent; a flush sends a part of it
 * and keeps it, as Flink does.
 */
export class Subpartition {
  /** The segment that is being written: what has not been sent of it. */
  readonly out: DataOutput
  /** Bytes of this segment that a flush has sent already. */
  private sent = 0
  private building = false
  private records = 0
  private identities: number[] = []
  private readonly queue: QueuedBuffer[] = []
  private flushRequested = false
  private credit = 0
  private sequence = 0
  private consumer: Address = -1
  private readonly useBacklogMessages: boolean

  constructor(
    readonly channel: number,
    private readonly index: number,
    private readonly segmentSize: number,
    private readonly pool: OutputPool,
    private readonly transport: SubpartitionTransport,
    exclusivePerChannel: number,
  ) {
    this.out = new DataOutput(Math.min(segmentSize, 4096))
    this.out.useShapes()
    this.useBacklogMessages = exclusivePerChannel === 0
  }

  /** Buffers and events that wait to be sent, the unfinished segment left out. */
  get queued(): number {
    return this.queue.length
  }

  get drained(): boolean {
    return this.queue.length === 0 && this.out.length === 0
  }

  /** Who is still to get what is here; null: nobody has come for it, or there is nothing left. */
  get reader(): Address | null {
    return this.drained || this.consumer === -1 ? null : this.consumer
  }

  /** The consumer has come: mirrors the creation of the reader view. */
  connect(consumer: Address, credit: number): void {
    this.consumer = consumer
    this.addCredit(credit)
  }

  addCredit(credit: number): void {
    this.credit += credit
    this.transport.creditsChanged(this.channel, this.credit)
    this.send()
  }

  /** Called before an element is written to `out`. */
  begin(): void {
    if (this.building) return
    this.building = true
    this.pool.request(this.index)
  }

  /** An element was written, and it was a record. `number` and `origin` only count while tracing. */
  recordWritten(number: number, origin: number): void {
    this.records++
    if (this.transport.tracing) this.identities.push(number, origin)
  }

  /** Called after each element: a full segment goes to the queue, what is too much opens the next. */
  end(): void {
    if (this.sent + this.out.length >= this.segmentSize) this.finishFullSegments()
  }

  private finishFullSegments(): void {
    const { out, segmentSize } = this
    let from = 0
    while (this.sent + out.length - from >= segmentSize) {
      const to = from + segmentSize - this.sent
      this.enqueue(out.bytes.slice(from, to))
      from = to
      if (out.length > to) this.begin()
    }
    this.discard(from)
    this.send()
  }

  /** Makes what is written so far go out as soon as there is credit. */
  flush(): void {
    if (this.out.length === 0) return
    this.flushRequested = true
    this.send()
  }

  /** Events finish the segment and stand in line behind it. */
  event(event: BufferEventCode): void {
    if (this.building) {
      this.enqueue(this.out.toBytes())
      this.out.reset()
    }
    this.queue.push({ bytes: NO_BYTES, records: 0, event, identities: null })
    this.send()
  }

  /** The segment is complete: `bytes` are what is left of it to send. */
  private enqueue(bytes: Uint8Array): void {
    this.building = false
    this.sent = 0
    // Flushed to its last byte: all there is left to do is to give the buffer back.
    if (bytes.length === 0) this.pool.recycle(this.index)
    else {
      this.queue.push({ bytes, records: this.records, event: BufferEvent.None, identities: this.takeIdentities() })
      this.records = 0
    }
  }

  private discard(size: number): void {
    const { out } = this
    if (out.length > size) out.bytes.copyWithin(0, size, out.length)
    out.length -= size
  }

  private takeIdentities(): Int32Array | null {
    if (!this.transport.tracing) return null
    const identities = Int32Array.from(this.identities)
    this.identities = []
    return identities
  }

  private backlog(): number {
    let backlog = this.flushRequested && this.out.length > 0 ? 1 : 0
    for (const buffer of this.queue) if (buffer.event === BufferEvent.None) backlog++
    return backlog
  }

  private send(): void {
    if (this.consumer === -1) return
    const { queue } = this
    while (queue.length > 0) {
      const head = queue[0]!
      if (head.event === BufferEvent.None) {
        if (this.credit === 0) return this.announceBacklog()
        this.credit--
        queue.shift()
        this.pool.recycle(this.index)
      } else queue.shift()
      this.post(head.bytes, head.records, head.event, head.identities)
    }
    if (!this.flushRequested) return
    if (this.out.length === 0) {
      this.flushRequested = false
      return
    }
    if (this.credit === 0) return this.announceBacklog()
    this.credit--
    this.flushRequested = false
    const size = this.out.length
    const bytes = this.out.toBytes()
    this.out.reset()
    this.sent += size
    const records = this.records
    this.records = 0
    this.post(bytes, records, BufferEvent.None, this.takeIdentities())
  }

  private announceBacklog(): void {
    if (this.useBacklogMessages) this.transport.sendBacklog(this.consumer, this.channel, this.backlog())
  }

  private post(bytes: Uint8Array, records: number, event: BufferEventCode, identities: Int32Array | null): void {
    this.transport.sendBuffer(this.consumer, {
      type: 'buffer',
      channel: this.channel,
      sequence: this.sequence++,
      bytes,
      records,
      backlog: this.backlog(),
      event,
      identities,
    })
  }
}
