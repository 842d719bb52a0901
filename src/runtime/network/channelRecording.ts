import { assert } from '../../base/assert'
import { isUnaligned } from '../checkpoint/barriers/options'
import type { CheckpointBarrier } from '../checkpoint/types'
import type { Shape } from '../../core/values'
import { toChannelState } from './channelState'
import type { ChannelElements } from './channelState'
import { BufferEvent } from './messages'
import type { BufferMessage } from './messages'

/** What an input channel has been given and not read. */
export interface UnreadInput {
  /** Of the buffer that is being read, and of the element that is not whole yet. */
  readonly bytes: Uint8Array
  readonly identities: Int32Array | null
  readonly shapes: readonly Shape[]
  readonly queue: readonly BufferMessage[]
}

interface Recording {
  readonly checkpoint: number
  readonly shapes: readonly Shape[]
  readonly bytes: Uint8Array[]
  readonly identities: Int32Array[] | null
}

const NONE = -1

/** Keeps of one channel what a barrier overtakes (C-20). Mirrors ChannelStatePersister with what RemoteInputChannel knows of the last barrier. */
export class ChannelRecording {
  private status: 'completed' | 'pending' | 'received' = 'completed'
  private lastSeen = NONE
  private lastBarrier = NONE
  private lastBarrierSequence = NONE
  /** See BufferMessage.rest. */
  private lastRest: Uint8Array | null = null
  private recording: Recording | null = null

  /** A buffer or event has come. */
  received(message: BufferMessage): void {
    if (message.event === BufferEvent.Barrier) this.barrierReceived(message.barrier!, message)
    else if (this.status === 'pending' && message.event === BufferEvent.None) this.keep(message.bytes, message.identities)
  }

  private barrierReceived({ id }: CheckpointBarrier, { sequence, rest }: BufferMessage): void {
    const expected = this.status === 'completed' ? this.lastSeen + 1 : this.lastSeen
    if (id < expected) return
    if (this.status === 'pending' && id === this.lastSeen && rest !== null) this.keep(rest, null)
    this.status = 'received'
    this.lastSeen = id
    if (id <= this.lastBarrier) return
    this.lastBarrier = id
    this.lastBarrierSequence = sequence
    this.lastRest = rest
  }

  private keep(bytes: Uint8Array, identities: Int32Array | null): void {
    const { recording } = this
    if (recording === null || recording.checkpoint !== this.lastSeen) return
    recording.bytes.push(bytes)
    if (identities !== null) recording.identities?.push(identities)
  }

  /** False: a newer barrier has come already. */
  start(barrier: CheckpointBarrier, unread: UnreadInput): boolean {
    const { id } = barrier
    assert(isUnaligned(barrier), 'channel state is for unaligned checkpoints')
    if (id < this.lastBarrier) return false
    if (id > this.lastBarrier) this.forgetBarrier()
    if (this.status === 'received' && this.lastSeen > id) return false
    if (this.lastSeen < id) {
      this.status = 'pending'
      this.lastSeen = id
    }
    const before = unread.queue.filter(
      ({ event, sequence }) => event === BufferEvent.None && (this.lastBarrierSequence === NONE || sequence < this.lastBarrierSequence),
    )
    const { bytes, identities, shapes } = unread
    this.recording = {
      checkpoint: id,
      shapes,
      bytes: [bytes, ...before.map((message) => message.bytes), ...(this.lastRest === null ? [] : [this.lastRest])],
      identities: identities === null ? null : [identities, ...before.map((message) => message.identities!)],
    }
    return true
  }

  stop(checkpoint: number): void {
    if (checkpoint >= this.lastSeen) {
      this.status = 'completed'
      this.lastSeen = checkpoint
    }
    if (this.lastBarrier === checkpoint) this.forgetBarrier()
  }

  private forgetBarrier(): void {
    this.lastBarrier = NONE
    this.lastBarrierSequence = NONE
    this.lastRest = null
  }

  /** What was kept for the checkpoint: it is told once. */
  take(checkpoint: number, bufferSize: number): ChannelElements | null {
    const { recording } = this
    this.recording = null
    if (recording === null || recording.checkpoint !== checkpoint) return null
    const state = toChannelState(recording, bufferSize)
    return state.buffers.length === 0 ? null : state
  }
}
