import type { EventPage } from '../core/page'
import type { KernelError } from './thread'
import { newPage } from './newPage'
import type { Envelope } from './host'
import type { Grant, Report } from './synchroniser'
import type { Message } from './types'

/** What threads say to each other: numbers in one column, so that a batch is two things to clone and not five a message. */
export interface Batch {
  /** time, source, sequence, to; four a message. */
  readonly heads: Float64Array
  readonly messages: readonly Message[]
}

export function packBatch(envelopes: readonly Envelope[]): Batch {
  const heads = new Float64Array(4 * envelopes.length)
  const messages = new Array<Message>(envelopes.length)
  for (let i = 0; i < envelopes.length; i++) {
    const envelope = envelopes[i]!
    heads[4 * i] = envelope.time
    heads[4 * i + 1] = envelope.source
    heads[4 * i + 2] = envelope.sequence
    heads[4 * i + 3] = envelope.to
    messages[i] = envelope.message
  }
  return { heads, messages }
}

export function unpackBatch({ heads, messages }: Batch): Envelope[] {
  return messages.map((message, i) => ({
    time: heads[4 * i]!,
    source: heads[4 * i + 1]!,
    sequence: heads[4 * i + 2]!,
    to: heads[4 * i + 3]!,
    message,
  }))
}

/** A page as one buffer that can be transferred. */
export interface PackedPage {
  readonly count: number
  readonly payload: number
  readonly buffer: ArrayBuffer
}
/** `page` must be one made by `newPage`: it is its buffer that travels. */
export const packPage = (page: EventPage): PackedPage => ({
  count: page.count,
  payload: page.payload.length,
  buffer: page.time.buffer as ArrayBuffer,
})
export const unpackPage = ({ count, payload, buffer }: PackedPage): EventPage => newPage(count, payload, buffer)

/** Synchroniser → thread. */
export interface GrantMessage {
  readonly end: number
  readonly grant: Grant
}
/** Thread → synchroniser. */
export type ReportMessage = { readonly report: Report; readonly page: PackedPage | null } | { readonly failed: KernelError }
