import type { Alignment, CheckpointFailureReason, SnapshotType } from '../../core/checkpoints'

/**
 * What JobManager, tasks, operators and backends say to each other about checkpoints: plain data that crosses threads by structured clone.
 * Mirrors org.apache.flink.runtime.checkpoint and the state handles of org.apache.flink.runtime.state.
 */

// ---- triggering --------------------------------------------------------------------------------------------------------

/** Mirrors CheckpointOptions. */
export interface CheckpointOptions {
  readonly type: SnapshotType
  /** A savepoint in the backend's own format (C-28); absent: canonical, as all backends read it. */
  readonly native?: true
  /** Directory in the file system that the snapshot's own files go to; null: what is left of storage is the JobManager's memory. */
  readonly directory: string | null
  readonly alignment: Alignment
  /** ms after the trigger timestamp at which an aligned barrier turns unaligned; Infinity: never (C-21). */
  readonly alignedTimeout: number
}

/** Mirrors CheckpointBarrier with its CheckpointMetaData. */
export interface CheckpointBarrier {
  readonly id: number
  /** Of the trigger: processing time, ms. */
  readonly timestamp: number
  readonly options: CheckpointOptions
}

/** What is known of the alignment when a task takes its snapshot. Mirrors CheckpointMetricsBuilder. */
export interface AlignmentMetrics {
  /** µs of virtual time from the first barrier to the last; −1: not known yet (unaligned: it stands in the end). */
  readonly alignmentDuration: number
  /** µs of virtual time from the trigger to the first barrier's handling. */
  readonly startDelay: number
  /** Bytes of records handled while aligning. */
  readonly bytesProcessedDuringAlignment: number
}

// ---- handles -----------------------------------------------------------------------------------------------------------

/** Bytes at hand (mirrors ByteStreamStateHandle) or in the file system (FileStateHandle). */
export type StreamStateHandle =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly path: string; readonly size: number }

export const sizeOfStream = (handle: StreamStateHandle): number => (handle.kind === 'bytes' ? handle.bytes.length : handle.size)

/** Both ends included. */
export type KeyGroups = readonly [start: number, end: number]

/** Keyed state of one operator in one subtask. */
export type KeyedStateHandle =
  /** Full, in the canonical format that all backends read. Mirrors KeyGroupsStateHandle. */
  | {
      readonly type: 'key-groups'
      readonly keyGroups: KeyGroups
      /** Where each group's entries begin in the stream; −1: it has none. */
      readonly offsets: readonly number[]
      readonly stream: StreamStateHandle
    }
  /** RocksDB's files. Those that are shared belong to several checkpoints. Mirrors IncrementalRemoteKeyedStateHandle. */
  | {
      readonly type: 'incremental'
      readonly keyGroups: KeyGroups
      /** Of the backend that wrote it: another may not share its files. */
      readonly backend: string
      readonly checkpoint: number
      readonly shared: readonly { readonly name: string; readonly handle: StreamStateHandle; readonly isNew: boolean }[]
      readonly meta: StreamStateHandle
    }

export type DistributionModeName = 'SPLIT_DISTRIBUTE' | 'UNION' | 'BROADCAST'

/** List, union and broadcast state. Mirrors OperatorStreamStateHandle. */
export interface OperatorStateHandle {
  readonly states: readonly {
    readonly name: string
    readonly mode: DistributionModeName
    /** Where each item begins in the stream. */
    readonly offsets: readonly number[]
  }[]
  readonly stream: StreamStateHandle
}

/** What lay in a channel when a barrier overtook it. Mirrors InputChannelStateHandle and ResultSubpartitionStateHandle. */
export interface ChannelStateHandle {
  /** Which of the task's gates or partitions, and which channel or subpartition of it. */
  readonly gate: number
  readonly channel: number
  /** Number of the channel in the execution graph that wrote it, for the trace. */
  readonly wasChannel: number
  /** See ChannelBuffers. */
  readonly channels: number
  readonly subtasks: number
  /** Where each buffer begins in the stream. */
  readonly offsets: readonly number[]
  readonly stream: StreamStateHandle
  /** Whole records that begin in it, for the trace. */
  readonly records: number
}

/** Mirrors OperatorSubtaskState. */
export interface OperatorSubtaskState {
  readonly operator: readonly OperatorStateHandle[]
  readonly keyed: readonly KeyedStateHandle[]
  readonly input: readonly ChannelStateHandle[]
  readonly output: readonly ChannelStateHandle[]
}

export const NO_STATE: OperatorSubtaskState = { operator: [], keyed: [], input: [], output: [] }

/** What one subtask reports, or is given back. Mirrors TaskStateSnapshot. */
export interface TaskStateSnapshot {
  /** By operator id. */
  readonly operators: Readonly<Record<string, OperatorSubtaskState>>
  /** It had read all its input and finished its operators (D-11, C-25). */
  readonly finished?: true
}

/** What a new attempt is to begin with. Mirrors JobManagerTaskRestore. */
export interface TaskRestore {
  readonly checkpoint: number
  readonly state: TaskStateSnapshot
  /** Of another run: names that it gave to records may be names of others here. */
  readonly foreign?: true
}

// ---- operators ---------------------------------------------------------------------------------------------------------

/** An operator's state as it is restored, every file of it in hand. Mirrors StateInitializationContext. */
export interface StateInitializationContext {
  /** null: there is nothing to restore, not even an empty snapshot. */
  readonly checkpoint: number | null
  /** The checkpoint knew no such operator: it is new in the program. */
  readonly isNew?: true
  readonly keyed: readonly KeyedStateHandle[]
  readonly operator: readonly OperatorStateHandle[]
  /** What is in a stream; the task has read it from the file system if need be. */
  bytesOf(handle: StreamStateHandle): Uint8Array
}

/** The moment of a snapshot. Mirrors StateSnapshotContext with CheckpointOptions. */
export interface SnapshotContext {
  readonly checkpoint: number
  /** ms, processing time of the trigger. */
  readonly timestamp: number
  readonly options: CheckpointOptions
}

/**
 * What an operator gives at a snapshot: its state as it is now, whatever happens to it later. Mirrors OperatorSnapshotFutures. The streams are
 * bytes at hand; those longer than the inline threshold the task writes to the file system, which is the asynchronous part.
 */
export interface OperatorSnapshotResult {
  readonly operator: readonly OperatorStateHandle[]
  readonly keyed: readonly KeyedStateHandle[]
  /** Virtual µs of the synchronous part, beside the fixed cost of a snapshot: what cannot be left for later. */
  readonly syncCost: number
  /** Bytes of all state that the snapshot stands for, those included that an earlier one uploaded. */
  readonly fullSize: number
}

// ---- acknowledgements --------------------------------------------------------------------------------------------------

export type { CheckpointMetrics } from '../../core/checkpoints'

// ---- between a task's inputs, outputs and the task ---------------------------------------------------------------------

/** What lay in channels when a barrier overtook it: whole buffers, in order. */
export interface ChannelBuffers {
  readonly gate: number
  readonly channel: number
  readonly wasChannel: number
  /** How many channels that gate or partition had, and how many subtasks the vertex: another number on restore means that records have to be dealt anew (D-12). */
  readonly channels: number
  readonly subtasks: number
  /** Whole elements in the format of `network/channelState`, which stands alone; how they are cut means nothing. */
  readonly buffers: readonly Uint8Array[]
  readonly records: number
}

/**
 * What the barrier handlers of a task's gates tell the task. Mirrors CheckpointableTask. Calls come between two elements, also while the task is
 * back-pressured; `triggerCheckpointOnBarrier` must take the snapshot before it returns.
 */
export interface BarrierListener {
  triggerCheckpointOnBarrier(barrier: CheckpointBarrier, how: 'aligned' | 'at-least-once' | 'unaligned', metrics: AlignmentMetrics): void
  /** Only after an unaligned trigger: the barriers of all channels are there; `inflight` is what belongs to the checkpoint of the input's buffers. */
  inputStateComplete(checkpoint: number, inflight: readonly ChannelBuffers[], metrics: AlignmentMetrics): void
  /** The task gives the checkpoint up, declines it and lets those downstream know. */
  abortCheckpointOnBarrier(checkpoint: number, reason: CheckpointFailureReason): void
}

/**
 * The part of a task's outputs that checkpoints need. `network/resultPartition` has it; the task speaks to `barriers/OutputBarriers`, which holds all of
 * its partitions and the sender's timer.
 */
export interface CheckpointableOutput {
  /** To every subpartition; one that is unaligned, as its options say, overtakes what waits there, which comes back (each channel with something). */
  broadcastBarrier(barrier: CheckpointBarrier): readonly ChannelBuffers[]
  /** C-21: barriers of the checkpoint that still wait here overtake what is before them, which comes back. */
  alignedBarrierTimeout(checkpoint: number): readonly ChannelBuffers[]
  /** Whether a barrier with timeout of that checkpoint still waits here: what it would overtake belongs to the checkpoint if it comes to that. */
  holdsBarrier(checkpoint: number): boolean
  broadcastCancelMarker(checkpoint: number): void
  broadcastEndOfPartition(): void
  /** Before anything else is written: what a checkpoint held. It goes out first. `select`: the channel of a record, if there are other channels than there were. */
  restore(buffers: readonly ChannelBuffers[], select: (value: unknown) => number): void
}
