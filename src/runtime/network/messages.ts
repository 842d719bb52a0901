import type { Message } from '../../kernel/types'

/**
 * The data plane between two tasks, one channel at a time; `channel` is its number in the ExecutionGraph.
 * Mirrors NettyMessage: PartitionRequest, BufferResponse, AddCredit, BacklogAnnouncement.
 */

/** Consumer → producer: I am here, and this many buffers of mine are free. Mirrors NettyMessage.PartitionRequest. */
export interface PartitionRequest extends Message {
  readonly type: 'partition-request'
  readonly channel: number
  readonly credit: number
}

/** What a buffer is, when it is no bytes of records. Barriers will be one more. */
export const BufferEvent = { None: 0, EndOfData: 1 } as const
export type BufferEventCode = (typeof BufferEvent)[keyof typeof BufferEvent]

/** Producer → consumer. Mirrors NettyMessage.BufferResponse. */
export interface BufferMessage extends Message {
  readonly type: 'buffer'
  readonly channel: number
  /** Counts up from 0 on its channel, events included. */
  readonly sequence: number
  readonly bytes: Uint8Array
  /** Records that begin in it. */
  readonly records: number
  /** Buffers that wait behind it on the sender's side (N-6). */
  readonly backlog: number
  readonly event: BufferEventCode
  /** While tracing, (number, origin) of each record that begins in it, in order. Beside the bytes and not counted in them, so that tracing changes nothing. */
  readonly identities: Int32Array | null
}

/** Consumer → producer: that many more buffers are free. Mirrors NettyMessage.AddCredit. */
export interface CreditMessage extends Message {
  readonly type: 'credit'
  readonly channel: number
  readonly credit: number
}

/** Producer → consumer, only with 0 exclusive buffers: something waits, and there is no credit. Mirrors NettyMessage.BacklogAnnouncement. */
export interface BacklogMessage extends Message {
  readonly type: 'backlog'
  readonly channel: number
  readonly backlog: number
}

/** Producer → consumer: it is no more, and what it has not sent is lost. In Flink the connection breaks. */
export interface PartitionLost extends Message {
  readonly type: 'partition-lost'
  readonly channel: number
}

export type NetworkMessage = PartitionRequest | BufferMessage | CreditMessage | BacklogMessage | PartitionLost

/** So that the compiler checks a message where it is made. */
export const network = (message: NetworkMessage): NetworkMessage => message
