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
