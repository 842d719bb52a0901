import { DataOutput } from '../../core/values'
import type { Address } from '../../kernel/types'
import { asUnaligned, isTimeoutable, isUnaligned, stopsChannel } from '../checkpoint/barriers/options'
import type { CheckpointBarrier } from '../checkpoint/types'
import { toChannelState } from './channelState'
import type { ChannelElements } from './channelState'
import { BufferEvent } from './messages'
import type { BufferEventCode, BufferMessage, PlainEvent } from './messages'
import type { OutputPool } from './outputPool'

/** What a subpartition needs of its task to send. */
export interface SubpartitionTransport {
  readonly tracing: boolean
  sendBuffer(to: Address, message: BufferMessage): void
  sendBacklog(to: Address, channel: number, backlog: number): void
  /** For the trace. */
  creditsChanged(channel: number, credits: number): void
  /** For the trace: buffers in line, events and the one that is being written counted; their bytes; and how many of the pool's it holds. */
  queueChanged?(channel: number, buffers: number, bytes: number, held: number): void
  /** For the trace: the partition of that channel has stopped taking records, or takes them again. */
  poolChanged?(channel: number, used: number, size: number): void
  /** A barrier goes out now, in front of that many records that were written before it. */
  barrierSent?(channel: number, barrier: CheckpointBarrier, overtaken: number): void
}

interface QueuedBuffer {
  readonly bytes: Uint8Array
  readonly records: number
  readonly event: BufferEventCode
  readonly identities: Int32Array | null
  /** How many of its first bytes belong to an element that began before. Mirrors BufferConsumerWithPartialRecordLength. */
  readonly lead: number
  /** How many shapes the stream had seen before the first element that begins in it. */
  readonly shapes: number
  readonly barrier: CheckpointBarrier | null
  readonly cancelled: number
  readonly rest: Uint8Array | null
  readonly overtaken: number
}

const NO_BYTES = new Uint8Array(0)
const EVENT = {
  bytes: NO_BYTES,
  records: 0,
  identities: null,
  lead: 0,
  shapes: 0,
  barrier: null,
  cancelled: -1,
  rest: null,
  overtaken: 0,
} as const

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
  /** Bytes that the segment takes; one that is begun later may take fewer (buffer debloating). */
  private limit: number
  private wantedSize: number
  /** No element has been written into the segment yet. */
  private fresh = false
  private lead = 0
  private shapes = 0
  private records = 0
  private identities: number[] = []
  private readonly queue: QueuedBuffer[] = []
  private flushRequested = false
  private credit = 0
  private sequence = 0
  private consumer: Address = -1
  private readonly useBacklogMessages: boolean
  /** It has sent an aligned barrier, and has not been told to go on (N-6). */
  private stopped = false

  constructor(
    readonly channel: number,
    private readonly index: number,
    private readonly segmentSize: number,
    private readonly pool: OutputPool,
    private readonly transport: SubpartitionTransport,
    exclusivePerChannel: number,
    /** A barrier with timeout has left. */
    private readonly barrierLeft: (checkpoint: number) => void = () => undefined,
  ) {
    this.out = new DataOutput(Math.min(segmentSize, 4096))
    this.out.useShapes()
    this.limit = segmentSize
    this.wantedSize = segmentSize
    this.useBacklogMessages = exclusivePerChannel === 0
  }

  /** Buffers and events that wait to be sent, the unfinished segment left out. */
  get queued(): number {
    return this.queue.length
  }

  /** Bytes that wait to be sent, the unfinished segment included. */
  get queuedBytes(): number {
    return this.queue.reduce((sum, { bytes }) => sum + bytes.length, this.out.length)
  }

  /** Data buffers sent since the beginning. */
  sentBuffers = 0

  /** Credits in hand. */
  get credits(): number {
    return this.credit
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

  /** The receiver has taken its aligned barrier to heart. */
  resume(): void {
    this.stopped = false
    // All its floating buffers have gone back meanwhile, and there are no others.
    if (this.useBacklogMessages) this.credit = 0
    this.send()
  }

  /** Buffers that are begun from now on have so many bytes. */
  setBufferSize(size: number): void {
    this.wantedSize = Math.min(size, this.segmentSize)
  }

  /** Called before an element is written to `out`. */
  begin(): void {
    if (this.building) return
    this.building = true
    this.fresh = true
    this.limit = this.wantedSize
    this.shapes = this.out.shapes!.size
    this.pool.request(this.index)
    if (this.transport.tracing) this.tellQueue()
  }

  /** An element was written, and it was a record. `number` and `origin` only count while tracing. */
  recordWritten(number: number, origin: number): void {
    this.records++
    if (this.transport.tracing) this.identities.push(number, origin)
  }

  /** Called after each element: a full segment goes to the queue, what is too much opens the next. */
  end(): void {
    if (this.sent + this.out.length >= this.limit) this.finishFullSegments()
    this.fresh = false
  }

  /**
   * A segment that debloating wants small takes an element that opens it all the same, and no other is asked for while the pool has none: it is as large as
   * any, it only should not be filled. Mirrors BufferWritingResultPartition's resizeBuffer and append.
   */
  private widen(): void {
    const { segmentSize, pool } = this
    const written = this.sent + this.out.length
    if (this.fresh) this.limit = Math.max(this.limit, Math.min(written, segmentSize))
    if (written >= this.limit && !pool.available) this.limit = Math.min(segmentSize, written + 1)
  }

  private finishFullSegments(): void {
    const { out } = this
    if (this.limit < this.segmentSize) this.widen()
    let from = 0
    while (this.sent + out.length - from >= this.limit) {
      const to = from + this.limit - this.sent
      this.enqueue(out.bytes.slice(from, to))
      from = to
      if (out.length === to) break
      // Only the last element goes beyond the first cut: all that is left is a part of it.
      this.begin()
      this.lead = Math.min(out.length - to, this.segmentSize)
      this.limit = Math.max(this.limit, this.lead)
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
  event(event: PlainEvent): void {
    this.finishSegment()
    this.queue.push({ ...EVENT, event })
    this.send()
  }

  cancelMarker(checkpoint: number): void {
    this.finishSegment()
    this.queue.push({ ...EVENT, event: BufferEvent.CancelMarker, cancelled: checkpoint })
    this.send()
  }

  private finishSegment(): void {
    if (!this.building) return
    this.enqueue(this.out.toBytes())
    this.out.reset()
  }

  /** The segment is complete: `bytes` are what is left of it to send. */
  private enqueue(bytes: Uint8Array): void {
    this.building = false
    this.sent = 0
    const { lead, shapes, records } = this
    this.lead = 0
    // Flushed to its last byte: all there is left to do is to give the buffer back.
    if (bytes.length === 0) this.pool.recycle(this.index)
    else {
      this.queue.push({ ...EVENT, event: BufferEvent.None, bytes, records, identities: this.takeIdentities(), lead, shapes })
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

  // ---- barriers --------------------------------------------------------------------------------------------------------

  /** Flushed at once (N-8); an unaligned one goes in front of all that waits, which is what comes back (C-20). */
  barrier(barrier: CheckpointBarrier): ChannelElements | null {
    this.finishSegment()
    if (isUnaligned(barrier)) return this.overtake(barrier, this.queue.length)
    this.queue.push({ ...EVENT, event: BufferEvent.Barrier, barrier })
    this.send()
    return null
  }

  /** Whether a barrier of the checkpoint waits that may still overtake. */
  holdsBarrier(checkpoint: number): boolean {
    return this.positionOf(checkpoint) !== -1
  }

  private positionOf(checkpoint: number): number {
    return this.queue.findIndex(({ barrier }) => barrier !== null && barrier.id === checkpoint && isTimeoutable(barrier))
  }

  /** C-21: the time for the barrier's alignment is over. What it overtakes comes back. */
  alignedBarrierTimeout(checkpoint: number): ChannelElements | null {
    const at = this.positionOf(checkpoint)
    if (at === -1) return null
    const { barrier } = this.queue.splice(at, 1)[0]!
    return this.overtake(asUnaligned(barrier!), at)
  }

  /** Puts the barrier in front of the first `count` of what waits, behind barriers that have overtaken before. */
  private overtake(barrier: CheckpointBarrier, count: number): ChannelElements | null {
    const { queue } = this
    const first = queue.findIndex((queued) => queued.barrier === null || !isUnaligned(queued.barrier))
    const at = first === -1 ? queue.length : first
    const data = queue.slice(at, Math.max(at, count)).filter(({ event }) => event === BufferEvent.None)
    const bytes = data.map((queued) => queued.bytes.subarray(queued.lead))
    const begins = data.findIndex((queued) => queued.lead < queued.bytes.length)
    const split = begins === -1 ? data.length : begins + 1
    const rest = data.slice(0, split).reduce((size, { lead }) => size + lead, 0)
    // What continues after the first buffer in which an element begins belongs to that element.
    const whole = data.map((queued, i) => (i < split ? bytes[i]! : queued.bytes))
    const records = data.reduce((sum, queued) => sum + queued.records, 0)
    queue.splice(at, 0, {
      ...EVENT,
      event: BufferEvent.Barrier,
      barrier,
      rest: rest === 0 ? null : joinedLeads(data.slice(0, split), rest),
      overtaken: records,
    })
    const state =
      begins === -1
        ? null
        : toChannelState(
            {
              bytes: whole,
              identities: this.transport.tracing ? data.map((queued) => queued.identities!) : null,
              shapes: [...this.out.shapes!.keys()].slice(0, data[begins]!.shapes),
            },
            this.segmentSize,
          )
    this.send()
    return state
  }

  // ---- sending ---------------------------------------------------------------------------------------------------------

  private backlog(): number {
    if (this.stopped) return 0
    let backlog = this.flushRequested && this.out.length > 0 ? 1 : 0
    for (const buffer of this.queue) if (buffer.event === BufferEvent.None) backlog++
    return backlog
  }

  private send(): void {
    this.sendWhatMay()
    if (this.transport.tracing) this.tellQueue()
  }

  // What was told last.
  private toldBuffers = 0
  private toldBytes = 0
  private toldHeld = 0

  /** As PipelinedSubpartition counts: the segment that is being written stands in line, also when a flush has sent all of it (N-12). */
  private tellQueue(): void {
    const buffers = this.queue.length + (this.building ? 1 : 0)
    const bytes = this.queuedBytes
    const held = this.pool.heldBy(this.index)
    if (buffers === this.toldBuffers && bytes === this.toldBytes && held === this.toldHeld) return
    this.toldBuffers = buffers
    this.toldBytes = bytes
    this.toldHeld = held
    this.transport.queueChanged?.(this.channel, buffers, bytes, held)
  }

  private sendWhatMay(): void {
    if (this.consumer === -1) return
    const { queue } = this
    while (queue.length > 0) {
      if (this.stopped) return
      const head = queue[0]!
      if (head.event === BufferEvent.None) {
        if (this.credit === 0) return this.announceBacklog()
        this.credit--
        queue.shift()
        this.pool.recycle(this.index)
        this.post(head)
      } else {
        queue.shift()
        this.sendEvent(head)
      }
    }
    if (!this.flushRequested || this.stopped) return
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
    this.lead = 0
    this.shapes = this.out.shapes!.size
    this.post({ ...EVENT, event: BufferEvent.None, bytes, records, identities: this.takeIdentities() })
  }

  private sendEvent(head: QueuedBuffer): void {
    const { barrier } = head
    if (barrier === null) return this.post(head)
    if (stopsChannel(barrier)) this.stopped = true
    this.post(head)
    this.transport.barrierSent?.(this.channel, barrier, head.overtaken)
    if (isTimeoutable(barrier)) this.barrierLeft(barrier.id)
  }

  private announceBacklog(): void {
    if (this.useBacklogMessages) this.transport.sendBacklog(this.consumer, this.channel, this.backlog())
  }

  private post({ bytes, records, event, identities, barrier, cancelled, rest }: QueuedBuffer): void {
    if (event === BufferEvent.None) this.sentBuffers++
    this.transport.sendBuffer(this.consumer, {
      type: 'buffer',
      channel: this.channel,
      sequence: this.sequence++,
      bytes,
      records,
      backlog: this.backlog(),
      event,
      barrier,
      rest,
      cancelled,
      identities,
    })
  }
}

function joinedLeads(buffers: readonly QueuedBuffer[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const { bytes, lead } of buffers) {
    whole.set(bytes.subarray(0, lead), at)
    at += lead
  }
  return whole
}
