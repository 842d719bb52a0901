import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import type { Configuration } from '../../core/configuration'
import type { Plain } from '../../graph/types'
import type { Asker } from '../../streaming/functions/ExternalService'
import type { OutsideAccess } from '../../streaming/functions/outside'

/**
 * What the task hands to an operator, and what an operator is: the seam between task/ (threads, channels, chains) and
 * operators/ (what Flink's operators do). Event time and watermarks are numbers in ms; NaN is a record without timestamp.
 */
export interface Output {
  collect(value: unknown, timestamp: number): void
  collectTo(tag: string, value: unknown, timestamp: number): void
  emitWatermark(watermark: number): void
  emitStatus(idle: boolean): void
}

export interface OperatorContext {
  readonly node: number
  /** The task's: that of the whole chain, as TaskInfo tells it. */
  readonly name: string
  readonly operatorId: string
  readonly subtask: number
  readonly parallelism: number
  readonly maxParallelism: number
  readonly attempt: number
  readonly jobName: string
  readonly params: Readonly<Record<string, Plain>>
  /** This subtask's own instances, by role: `function`, `keySelector`, `trigger`, `windowFunction`, … (see streaming/operators). */
  readonly functions: Readonly<Record<string, unknown>>
  /** Key selectors by input; null: that input is not keyed. */
  readonly keySelectors: readonly (((value: unknown) => unknown) | null)[]
  readonly output: Output
  readonly configuration: Configuration
  /** ms since the epoch; the task's clock, which runs while it works. */
  processingTime(): number
  /** The clock by which idleness is measured, ms: it stands still while the task is back-pressured (T-5). Absent: the processing-time clock. */
  activityTime?(): number
  /** Runs `callback` on the task's thread when its clock reaches `time` (ms, processing time); at once, as next mail, if passed. Returns a cancel function. */
  scheduleAt(time: number, callback: (time: number) => void): () => void
  /** Lets the task read no more input until it is called with false; what is being handled goes on. Absent: the operator must take all that comes. */
  blockInput?(blocked: boolean): void
  /** Sends requests to external services; answers come as mails. Absent: there are none. */
  readonly asker?: Asker
  /** Reaches tables, topics and part files. Absent: there are none. */
  readonly outside?: OperatorOutside
  /** The task's thread is busy for so many virtual µs more. Absent: it costs nothing. */
  advance?(micros: number): void
  /** Seeded. */
  nextInt(bound: number): number
  readonly trace: OperatorTrace
}

/** How a sink's operator reaches what lies outside. */
export interface OperatorOutside extends OutsideAccess {
  /** What is being done meanwhile, for the trace: which checkpoint is taken, or complete (−1: none), and whether state is being restored. */
  during: { readonly checkpoint: number; readonly recovering: boolean }
  /** Requests to the file system that have no answer yet. */
  readonly openFiles: number
}

/** The codes of AsyncAnswered in the trace. */
export const AsyncAnswer = { Completed: 0, TimedOut: 1, Failed: 2, AskedAgain: 3 } as const
export type AsyncAnswerCode = (typeof AsyncAnswer)[keyof typeof AsyncAnswer]

/** What a file of RocksDB holds: its smallest and greatest key as text, and their key groups. */
export type ShownRange = readonly [smallest: string, greatest: string, firstGroup: number, lastGroup: number]

/** Describes what an operator does, for the trace; every call is a no-op when nobody keeps it. The task fills in node and record identity. */
export interface OperatorTrace {
  readonly on: boolean
  /** Stable small number of a key within this process; announces it (KeySeen) the first time. */
  keyId(key: unknown): number
  /** The record now being processed gave nothing. */
  recordDropped(timestamp: number): void
  /** From here on, outputs are new records, made by window `window` (−1: by a timer); until the next input element. */
  recordsMade(window: number): void
  watermarkEmitted(watermark: number): void
  statusEmitted(idle: boolean): void
  /** `input`: by which of the head's inputs it rose. */
  watermarkAdvanced(watermark: number, input: number): void
  /** A generator's watermark fell below its last one. `partition` −1: the whole operator's generator. */
  watermarkIgnored(partition: number, watermark: number, last: number): void
  timer(what: 'registered' | 'deleted' | 'fired', key: number, processingTime: boolean, window: number, time: number): void
  windowOpened(window: number, key: number, start: number, end: number, global: boolean): void
  windowElement(window: number, timestamp: number): void
  /** The record now being processed, by (origin, number): to be named again when an evictor takes it out. */
  currentRecord(): readonly [origin: number, number: number]
  windowEvicted(window: number, record: readonly [origin: number, number: number], timestamp: number): void
  windowTrigger(window: number, result: number, by: number): void
  windowFired(window: number, elements: number, watermark: number): void
  windowCleared(window: number): void
  windowMerged(into: number, merged: number, start: number, end: number): void
  lateDropped(key: number, timestamp: number, watermark: number): void
  /** No window takes the record now being processed, and it is not late. */
  noWindow(key: number, timestamp: number): void
  /** A window that the record now being processed is too late for, while another takes it. */
  windowSkipped(key: number, start: number, end: number): void
  /** `side`: 0 left, 1 right. */
  joinBuffered(key: number, side: number, timestamp: number): void
  joinCleared(key: number, side: number, timestamp: number): void
  /** An async function is asked about a record. */
  asyncRequested(record: readonly [origin: number, number: number]): void
  asyncAnswered(record: readonly [origin: number, number: number], how: AsyncAnswerCode): void
  /** `keyGroups` null: the stream has no keys; `operator`: states without keys and how many items they have. */
  stateRestored(
    checkpoint: number,
    entries: number,
    bytes: number,
    keyGroups: readonly [number, number] | null,
    operator: readonly (readonly [name: string, items: number])[],
  ): void
  /** `bytes` −1: the backend does not know. `internals`: plain data. */
  stateHeld(entries: number, memory: number, bytes: number, internals: unknown): void
  memtableFlushed(bytes: number, entries: number, state: string): void
  sstFileWritten(file: number, level: number, bytes: number, entries: number, range: ShownRange, state: string): void
  sstFileDropped(file: number): void
  /** `restored`, `expires`: see StateObserver. */
  stateUpdated(key: number, window: number, name: string, value: unknown, cleared: boolean, restored?: boolean, expires?: number): void
  /** `lateKey`: the record is late data, of that key; undefined: a function of the program's put it there. */
  sideRecord(tag: string, timestamp: number, lateKey?: number): void
  sinkRecord(value: unknown, timestamp: number): void
}

/**
 * One operator of one subtask; mirrors org.apache.flink.streaming.api.operators.StreamOperator.
 * The task calls it on one thread only: `open` tail to head, elements, watermarks, `endInput` and `finish` head to tail, `close` tail to head.
 * `input` is 0 for one-input operators, 0 and 1 for two.
 */
export interface StreamOperator {
  /** Gives back what a snapshot held, or says that there is none: before `open`, tail to head. Absent: it has no state. */
  initializeState?(context: StateInitializationContext): void
  open(): void
  processElement(value: unknown, timestamp: number, input: number): void
  /** Must forward it (T-20) unless it makes its own. */
  processWatermark(watermark: number, input: number): void
  processStatus(idle: boolean, input: number): void
  /** Before the barrier goes on, head to tail: what is emitted here comes before it (C-20, C-32). */
  prepareSnapshotPreBarrier?(checkpoint: number): void
  /** Tail to head; the state as it is now. Throws: the task fails (C-18). */
  snapshotState?(context: SnapshotContext): OperatorSnapshotResult
  notifyCheckpointComplete?(checkpoint: number): void
  notifyCheckpointAborted?(checkpoint: number): void
  /** The input has ended, after its last watermark. */
  endInput(input: number): void
  /** Asked after `endInput`: false while something is under way without which it cannot finish. Absent: never. */
  isDrained?(): boolean
  /** All inputs have ended: emit what is left. */
  finish(): void
  close(): void
}

export type OperatorFactory = (context: OperatorContext) => StreamOperator
