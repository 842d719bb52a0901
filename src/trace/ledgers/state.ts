import { EventList } from '../columns'

/** A partition as one source operator reads it, or a source's own stretch of numbers. */
export interface SplitLedger {
  readonly node: number
  readonly partition: number
  /** Every SourceRecord of it. */
  readonly reads: EventList
  /** By read: its offset, and one more than the highest offset that had been read before it. */
  readonly offsets: number[]
  readonly before: number[]
  /** OffsetRestored, with the offset that is read next. */
  readonly restores: EventList
  readonly restoredTo: number[]
  /** Snapshots of the subtask that reads it, with checkpoint and the offset that is read next after them. */
  readonly snapshots: { readonly event: number; readonly checkpoint: number; readonly offset: number }[]
}

/** What is known of an outside transaction, in order. */
export interface TransactionLedger {
  readonly transaction: number
  readonly writes: EventList
  readonly moves: {
    readonly event: number
    readonly to: 'pre-committed' | 'committed' | 'committed-again' | 'aborted' | 'timed-out' | 'fenced'
  }[]
}

/** A table, topic or directory outside. */
export interface SystemLedger {
  readonly system: number
  readonly kind: 'table' | 'topic' | 'directory'
  readonly name: string
  readonly named: number
  readonly writes: EventList
  /** By write: its transaction, −1: visible at once. */
  readonly transactionOf: number[]
  readonly transactions: Map<number, TransactionLedger>
}

/** Keyed state of an operator, as far as updates and restores tell. */
export interface StateLedger {
  readonly node: number
  readonly updates: EventList
  readonly restores: EventList
  readonly held: EventList
}

/** Checkpoints and failures of all jobs: what the ledgers are read by. */
export interface LedgerIndex {
  /** The last event taken in. */
  event: number
  readonly splits: Map<string, SplitLedger>
  /** By process: the splits that it reads. */
  readonly readBy: Map<number, Set<SplitLedger>>
  readonly systems: SystemLedger[]
  readonly states: Map<number, StateLedger>
  /** CheckpointCompleted and JobRestored, with job and id. */
  readonly completed: { readonly event: number; readonly job: number; readonly id: number }[]
  readonly restored: { readonly event: number; readonly job: number; readonly id: number }[]
  /** Where a job failed, or the JobManager died. */
  readonly failures: EventList
}

export interface LedgersState {
  readonly index: LedgerIndex
  /** The moment. */
  event: number
}
