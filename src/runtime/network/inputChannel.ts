import { assert } from '../../base/assert'
import { DataInput } from '../../core/values'
import type { Address } from '../../kernel/types'
import { stopsChannel } from '../checkpoint/barriers/options'
import { ChannelRecording } from './channelRecording'
import type { UnreadInput } from './channelRecording'
import { joined } from './channelState'
import { LENGTH_BYTES, lengthAt } from './element'
import type { InputGate } from './inputGate'
import { BufferEvent } from './messages'
import type { BufferEventCode, BufferMessage } from './messages'

/** Where a queued data buffer lies: in one of the channel's own, in one of the gate's, or in none of them, since it comes out of a checkpoint. */
const Place = { Exclusive: 0, Floating: 1, Restored: 2 } as const
const NO_BYTES = new Uint8Array(0)
const NO_IDENTITIES = new Int32Array(0)

/**
 * The consumer's end of one channel: its queue of received buffers, the buffers it may still receive, and the reader of its bytes.
 * Mirrors RemoteInputChannel, BufferManager and SpillingAdaptiveSpanningRecordDeserializer.
 */
export class InputChannel {
  readonly queue: BufferMessage[] = []
  /** Whether it stands in its gate's line of channels with data. */
  enqueued = false
  /** Its end-of-data event has been read. */
  ended = false
  readonly input = new DataInput(new Uint8Array(0))
  /** What unaligned checkpoints keep of it. */
  readonly recording = new ChannelRecording()
  /** While tracing: (number, origin) of the records that are still to be read. */
  private identities: Int32Array | null = null
  private identityAt = 0
  private readonly identityQueue: Int32Array[] = []
  /** Beginning of an element whose end has not come yet. */
  private pieces: Uint8Array[] = []
  private pieceBytes = 0

  private freeExclusive: number
  private freeFloating = 0
  /** Of each data buffer that has not been read to its end. */
  private readonly places: number[] = []
  /** Buffers of this side that hold data. */
  private used = 0
  private required: number
  waitingForFloating = false

  constructor(
    readonly channel: number,
    /** Position in its gate. */
    readonly index: number,
    /** Position in its logical input: what the valve knows it by. */
    readonly valveIndex: number,
    readonly producer: Address,
    readonly gate: InputGate,
    private readonly exclusive: number,
  ) {
    this.input.useShapes()
    this.freeExclusive = exclusive
    this.required = exclusive
  }

  /** A buffer has come: it takes a free one of ours, and its backlog says how many more we should have (N-6). */
  received(message: BufferMessage): void {
    if (message.event === BufferEvent.None) {
      const floating = this.freeFloating > 0
      if (floating) this.freeFloating--
      else this.freeExclusive--
      assert(this.freeExclusive >= 0, 'a buffer came without credit')
      this.receivedBuffers++
      this.places.push(floating ? Place.Floating : Place.Exclusive)
      this.used++
      this.senderBacklog(message.backlog)
    } else if (this.exclusive === 0 && message.barrier !== null && stopsChannel(message.barrier)) this.releaseFloating()
    this.recording.received(message)
    this.enqueue(message)
  }

  private enqueue(message: BufferMessage): void {
    this.queue.push(message)
    if (this.tracing) this.tellQueue(message.bytes.length)
  }

  private queuedBytes = 0

  /** N-12: what waits, and what is in use, the buffer that is being read counted. */
  private tellQueue(bytes: number): void {
    this.queuedBytes += bytes
    this.gate.transport.queueChanged?.(this.channel, this.queue.length, this.queuedBytes, this.used)
  }

  /** A barrier has come that is to be handled before all that is queued. */
  overtaken(message: BufferMessage): void {
    this.recording.received(message)
  }

  /** Takes an event out of the queue that is to be handled before all else. */
  takeOut(sequence: number): BufferMessage {
    const at = this.queue.findIndex((message) => message.sequence === sequence)
    assert(at !== -1, 'an announced barrier is not queued')
    const message = this.queue.splice(at, 1)[0]!
    if (this.tracing) this.tellQueue(-message.bytes.length)
    return message
  }

  /** A buffer out of a checkpoint: it takes none of ours. */
  restored(message: BufferMessage): void {
    this.places.push(Place.Restored)
    this.enqueue(message)
  }

  /** The stream out of a checkpoint is over: what comes now is another. */
  beginStream(): void {
    this.input.useShapes()
  }

  /** What has come and has not been read, in a copy. */
  get unread(): UnreadInput {
    const { input, queue } = this
    const bytes = this.pieceBytes > 0 ? this.joined() : input.position < input.end ? input.bytes.slice(input.position, input.end) : NO_BYTES
    return { bytes, identities: this.tracing ? this.unreadIdentities() : null, shapes: [...input.shapes!], queue }
  }

  private get tracing(): boolean {
    return this.gate.transport.tracing
  }

  /** Of the records that begin in opened buffers. */
  private unreadIdentities(): Int32Array {
    const opened = this.identities === null ? NO_IDENTITIES : this.identities.subarray(this.identityAt + 2)
    return Int32Array.from([opened, ...this.identityQueue].flatMap((some) => [...some]))
  }

  /** Without buffers of its own it must not keep those that others need while it is stopped; the sender forgets its credits likewise. */
  private releaseFloating(): void {
    this.required = 0
    for (; this.freeFloating > 0; this.freeFloating--) this.gate.returnFloating()
  }

  /** Takes floating buffers to cover `backlog` + initial credit, and announces each. Mirrors BufferManager.requestFloatingBuffers. */
  senderBacklog(backlog: number): void {
    this.required = backlog + this.exclusive
    this.announce(this.takeFloating())
  }

  private takeFloating(): number {
    let taken = 0
    while (this.freeExclusive + this.freeFloating < this.required && !this.waitingForFloating) {
      if (this.gate.takeFloating()) {
        this.freeFloating++
        taken++
      } else {
        this.waitingForFloating = true
        this.gate.waitForFloating(this)
      }
    }
    return taken
  }

  /** The gate has a floating buffer for one that waited; false: not needed any more. Mirrors BufferManager.notifyBufferAvailable. */
  offerFloating(): boolean {
    this.waitingForFloating = false
    if (this.freeExclusive + this.freeFloating >= this.required) return false
    this.freeFloating++
    this.announce(1 + this.takeFloating())
    return true
  }

  private announce(credit: number): void {
    if (credit > 0 && !this.ended) this.gate.transport.sendCredit(this.producer, this.channel, credit)
  }

  /** What the buffer under the reader is, and, if it is an event, the whole of it. */
  event: BufferEventCode = BufferEvent.None
  opened: BufferMessage | null = null
  openedBytes = 0

  /** Takes the next buffer of the queue under the reader. */
  openNext(): void {
    const message = this.queue.shift()!
    if (this.tracing) this.tellQueue(-message.bytes.length)
    this.event = message.event
    if (message.event !== BufferEvent.None) {
      this.opened = message
      return
    }
    this.openedBytes = message.bytes.length
    if (message.identities !== null && message.identities.length > 0) this.identityQueue.push(message.identities)
    if (this.pieceBytes === 0) this.input.of(message.bytes)
    else this.join(message.bytes)
  }

  private join(bytes: Uint8Array): void {
    this.pieces.push(bytes)
    this.pieceBytes += bytes.length
    this.input.of(bytes, bytes.length)
    // Joined only when the element is whole, so that a record over many buffers is copied once.
    const head = this.pieces[0]!.length >= LENGTH_BYTES ? this.pieces[0]! : this.joined().subarray(0, LENGTH_BYTES)
    if (this.pieceBytes < LENGTH_BYTES || this.pieceBytes < LENGTH_BYTES + lengthAt(head, 0)) return
    const whole = this.joined()
    this.pieces = []
    this.pieceBytes = 0
    this.input.of(whole)
  }

  private joined(): Uint8Array {
    return joined(this.pieces)
  }

  /** Whether a whole element lies under the reader; puts an unfinished one aside. */
  hasElement(): boolean {
    const { input } = this
    const left = input.end - input.position
    if (left >= LENGTH_BYTES && left >= LENGTH_BYTES + lengthAt(input.bytes, input.position)) return true
    if (left > 0) {
      this.pieces = [input.bytes.slice(input.position, input.end)]
      this.pieceBytes = left
      input.position = input.end
    }
    return false
  }

  /** The bytes of one data buffer are read: gives the buffer back. Mirrors BufferManager.recycle and LocalBufferPool.recycle. */
  recycle(): void {
    const place = this.places.shift()!
    if (place !== Place.Restored) this.used--
    if (this.tracing) this.tellQueue(0)
    if (place === Place.Restored) {
      this.gate.restoredRead()
      return
    }
    if (place === Place.Floating) {
      this.gate.returnFloating()
      return
    }
    this.freeExclusive++
    if (this.freeExclusive + this.freeFloating > this.required && this.freeFloating > 0) {
      this.freeFloating--
      this.gate.returnFloating()
    } else this.announce(1)
  }

  /** Data buffers received since the beginning. */
  receivedBuffers = 0

  /** Messages that wait here, and buffers that wait at the sender as far as it has said. Mirrors getBuffersInUseCount. */
  get buffersInFlight(): number {
    return this.queue.length + Math.max(0, this.required - this.exclusive)
  }

  /** Buffers that the sender may still send into, as far as this side knows, and those that are being read or wait. */
  get buffers(): { readonly free: number; readonly used: number } {
    return { free: this.freeExclusive + this.freeFloating, used: this.used }
  }

  /** While tracing: moves to the identity of the record that is read now. */
  nextIdentity(): void {
    if (this.identities !== null) this.identityAt += 2
    if (this.identities === null || this.identityAt >= this.identities.length) {
      this.identities = this.identityQueue.shift() ?? null
      this.identityAt = 0
    }
    assert(this.identities !== null, 'a record without identity')
  }

  get recordNumber(): number {
    return this.identities![this.identityAt]!
  }

  get recordOrigin(): number {
    return this.identities![this.identityAt + 1]!
  }
}
