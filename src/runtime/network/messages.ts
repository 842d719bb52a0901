import type { Message } from '../../kernel/types'
import type { CheckpointBarrier } from '../checkpoint/types'

/**
 * The data plane between two tasks, one channel at a time; `channel` is its number in the ExecutionGraph.
 * Mirrors NettyMessage: PartitionRequest, BufferResponse, AddCredit, BacklogAnnouncement, ResumeConsumption, NewBufferSize.
 */

/** Consumer → producer: I am here, and this many buffers of mine are free. Mirrors NettyMessage.PartitionRequest. */
export interface PartitionRequest extends Message {
  readonly type: 'partition-request'
  readonly channel: number
  readonly credit: number
}

/**
 * What a buffer is, when it is no bytes of records. Stopped is EndOfData of a job that stops without draining (C-26). EndOfPartition is told of tasks with checkpoints alone: nobody else waits
 * for it.
 */
export const BufferEvent = { None: 0, EndOfData: 1, Barrier: 2, CancelMarker: 3, EndOfPartition: 4, Stopped: 5 } as const
export type BufferEventCode = (typeof BufferEvent)[keyof typeof BufferEvent]
/** Those that say no more than what they are. */
export type PlainEvent = typeof BufferEvent.EndOfData | typeof BufferEvent.Stopped | typeof BufferEvent.EndOfPartition

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
  /** Of a Barrier. */
  readonly barrier: CheckpointBarrier | null
  /** Of an unaligned one: the rest of a record whose beginning was sent before, and which it has overtaken. In Flink it stays with the sender's part. */
  readonly rest: Uint8Array | null
  /** Of a CancelMarker: the checkpoint; else −1. */
  readonly cancelled: number
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

/** Consumer → producer: a channel that an aligned barrier has stopped goes on. Mirrors NettyMessage.ResumeConsumption. */
export interface ResumeConsumption extends Message {
  readonly type: 'resume-consumption'
  readonly channel: number
}

/** Consumer → producer: how many bytes a buffer should have from now on. Mirrors NettyMessage.NewBufferSize. */
export interface NewBufferSize extends Message {
  readonly type: 'new-buffer-size'
  readonly channel: number
  readonly size: number
}

/** Consumer → producer, of jobs with checkpoints: the channel has been read up to its end of data. Mirrors NettyMessage.AckAllUserRecordsProcessed. */
export interface AllRecordsProcessed extends Message {
  readonly type: 'all-records-processed'
  readonly channel: number
}

export type NetworkMessage =
  | AllRecordsProcessed
  | PartitionRequest
  | BufferMessage
  | CreditMessage
  | BacklogMessage
  | PartitionLost
  | ResumeConsumption
  | NewBufferSize

/** So that the compiler checks a message where it is made. */
export const network = (message: NetworkMessage): NetworkMessage => message
