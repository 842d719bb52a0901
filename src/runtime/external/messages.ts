import type { Message } from '../../kernel/types'

/** Reader → log: give me what has arrived of this partition from `offset` on, at most `max` records; if nothing has, as soon as something does. */
export interface FetchRecords extends Message {
  readonly type: 'fetch'
  /** Tells the reader's fetches apart; comes back in the answer. */
  readonly split: number
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly max: number
}

/** Log → reader. */
export interface FetchedRecords extends Message {
  readonly type: 'fetched'
  readonly split: number
  /** Offset of the first record. */
  readonly offset: number
  readonly count: number
  /** The values, one behind the other (core/values), with shapes from the start. */
  readonly bytes: Uint8Array
  /** Event times in ms, NaN for a record without. */
  readonly timestamps: Float64Array
  /** Nothing will ever come after these: where a bounded read ends. */
  readonly last: boolean
}

/** Task → external service. */
export interface ServiceRequest extends Message {
  readonly type: 'service-request'
  /** The asking task's own number; comes back in the answer. */
  readonly id: number
  /** The key as text, by which tables are looked up, and as a value (core/values), which comes back from a service without a table. */
  readonly key: string
  readonly bytes: Uint8Array
}

/** External service → task. */
export interface ServiceAnswer extends Message {
  readonly type: 'service-answer'
  readonly id: number
  readonly failed: boolean
  /** A value (core/values); empty if it failed. */
  readonly bytes: Uint8Array
}
