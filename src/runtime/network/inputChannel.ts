import { assert } from '../../base/assert'
import { DataInput } from '../../core/values'
import type { Address } from '../../kernel/types'
import { LENGTH_BYTES, lengthAt } from './element'
import type { InputGate } from './inputGate'
import { BufferEvent } from './messages'
import type { BufferEventCode, BufferMessage } from './messages'

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
  /** While tracing: (number, origin) of the records that are still to be read. */
  private identities: Int32Array | null = null
  private identityAt = 0
  private readonly identityQueue: Int32Array[] = []
  /** Beginning of an element whose end has not come yet. */
  private pieces: Uint8Array[] = []
  private pieceBytes = 0

  private freeExclusive: number
  private freeFloating = 0
  /** Whether each queued data buffer lies in a floating buffer. */
  private readonly floatingInUse: boolean[] = []
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
      this.floatingInUse.push(floating)
      this.senderBacklog(message.backlog)
    }
    this.queue.push(message)
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

  /** What the buffer under the reader is. */
  event: BufferEventCode = BufferEvent.None

  /** Takes the next buffer of the queue under the reader. */
  openNext(): void {
    const message = this.queue.shift()!
    this.event = message.event
    if (message.event !== BufferEvent.None) return
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
    const whole = new Uint8Array(this.pieceBytes)
    let at = 0
    for (const piece of this.pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
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
    if (this.floatingInUse.shift()!) {
      this.gate.returnFloating()
      return
    }
    this.freeExclusive++
    if (this.freeExclusive + this.freeFloating > this.required && this.freeFloating > 0) {
      this.freeFloating--
      this.gate.returnFloating()
    } else this.announce(1)
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
