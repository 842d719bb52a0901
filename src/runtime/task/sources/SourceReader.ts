import type { FetchedRecords } from '../../external/messages'
import type { InputStatusCode } from '../input'

/** Where a reader's records go: the source operator, which gives them timestamps and makes watermarks of them. */
export interface ReaderOutput {
  /** A record of a split that has an output, and so a watermark generator, of its own (T-7). */
  emitFromSplit(split: number, value: unknown, timestamp: number, partition: number, offset: number): void
  /** A record without (T-10). `timestamp` NaN: it has none. */
  emit(value: unknown, timestamp: number, partition: number, offset: number): void
  /** For sources of the old kind, which make their watermarks themselves. */
  emitWatermark(watermark: number): void
  /** For sources of the old kind: nothing will come for a while. The next record or watermark ends that. */
  markIdle(): void
  createOutputForSplit(split: number, partition: number): void
  releaseOutputForSplit(split: number): void
}

/** How SourceReader.pauseOrResumeSplits begins to say that it cannot. */
export const NO_PAUSE = 'This source reader does not support pausing or resuming splits which can lead to unaligned splits.'

/** Where a reader stands in one of its splits: a value (core/values), an item of its operator's list state. */
export type SplitState = readonly unknown[]

/** Mirrors org.apache.flink.api.connector.source.SourceReader. */
export interface SourceReader {
  /** What it has still to read, split by split, as of behind the last record that it has emitted (C-24). What it has read to its end is not there. */
  snapshotState(): readonly SplitState[]
  /** Before `start`: it reads these, and no split of its own choice. Returns what is read next in each partition, for the trace. */
  restoreState(splits: readonly SplitState[]): readonly (readonly [partition: number, offset: number])[]
  /** Asks for its first data. */
  start(output: ReaderOutput): void
  /** Emits one record, if there is one. */
  pollNext(output: ReaderOutput): InputStatusCode
  /** An answer of the log. */
  fetched(message: FetchedRecords): void
  /** Watermark alignment holds a split, or lets it go on. Throws UnsupportedOperationException (`NO_PAUSE`) where a reader cannot. */
  pauseOrResumeSplit(split: number, paused: boolean): void
  /** The job is canceled. */
  cancel?(): void
  /** The task is over, with success or without. */
  close?(): void
}
