import type { Message } from '../../kernel/types'
import type { Fencing, OutsideTarget } from '../../streaming/functions/outside'

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

// ---- the file system ---------------------------------------------------------------------------------------------------

/** What a file is for, as the trace tells it (FileWritten). */
export const FileKind = { Checkpoint: 0, Shared: 1, Metadata: 2, Sink: 3 } as const
export type FileKindCode = (typeof FileKind)[keyof typeof FileKind]

/** Anyone → file system. The file is there, whole, when the answer is on its way; before that there is nothing of it. */
export interface WriteFile extends Message {
  readonly type: 'write-file'
  /** The asker's own number; comes back in the answer. */
  readonly id: number
  readonly path: string
  readonly bytes: Uint8Array
  readonly kind: FileKindCode
}

export interface ReadFile extends Message {
  readonly type: 'read-file'
  readonly id: number
  readonly path: string
}

/** Of a whole directory if the path ends with a slash. Never fails: what is not there need not be deleted. No answer. */
export interface DeleteFile extends Message {
  readonly type: 'delete-file'
  readonly path: string
}

/** Moves a file at once: mirrors FileSystem.rename, by which pending files become finished ones. Answered like a write. */
export interface RenameFile extends Message {
  readonly type: 'rename-file'
  readonly id: number
  readonly from: string
  readonly to: string
}

/** Paths that begin with a prefix, in order. */
export interface ListFiles extends Message {
  readonly type: 'list-files'
  readonly id: number
  readonly prefix: string
}

/** File system → whoever asked. */
export interface FileAnswer extends Message {
  readonly type: 'file-answer'
  readonly id: number
  /** null: it is done. */
  readonly error: {
    readonly code: 'full' | 'failing' | 'not-found' | 'exists'
    readonly className: string
    readonly message: string
  } | null
  /** Of a read. Filled in before the message leaves its thread: the bytes may have to come from a disk. */
  bytes?: Uint8Array
  readonly paths?: readonly string[]
}

export type FileRequest = WriteFile | ReadFile | DeleteFile | RenameFile | ListFiles

// ---- tables and topics that sinks write to -----------------------------------------------------------------------------

/**
 * Sink → outside. A key replaces what the table holds under it. `transaction` null: visible at once; else one that the writer itself has begun.
 * The outside system answers nothing: whether it is there a sink works out from the run's faults.
 */
export interface WriteOutside extends Message {
  readonly type: 'write-outside'
  readonly target: OutsideTarget
  readonly transaction: string | null
  /** Values (core/values), one behind the other: key or null, then value, of each. */
  readonly bytes: Uint8Array
  readonly count: number
  /** (number, origin) of the sink's input for each, while tracing. */
  readonly records: Int32Array | null
}

export interface MoveTransaction extends Message {
  readonly type: 'move-transaction'
  readonly target: OutsideTarget
  readonly transaction: string
  /** Committing twice changes nothing; so does aborting. */
  readonly to: 'begin' | 'pre-commit' | 'commit' | 'abort'
  /** Of `begin`: after so many virtual ms it is aborted by the system, 0: never. */
  readonly timeout?: number
}

export interface FenceTransactions extends Message {
  readonly type: 'fence-transactions'
  readonly target: OutsideTarget
  readonly fencing: Fencing
}

export type OutsideRequest = WriteOutside | MoveTransaction | FenceTransactions
