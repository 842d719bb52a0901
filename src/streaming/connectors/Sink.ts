import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { descriptor } from '../operators/descriptors'
import type { DataStream } from '../datastream'
import type { JobInfo, TaskInfo } from '../functions/RuntimeContext'
import type { Watermark } from '../watermark'
import type { SinkProgram, SinkTopology } from '../operators/sinkTopology'
import type { Transformation } from '../operators/transformation'

/** Takes the records of one subtask of a sink. Mirrors org.apache.flink.api.connector.sink2.SinkWriter. */
export interface SinkWriter<T> {
  /** Writes a record. */
  write(element: T, context: SinkWriter.Context): void
  /** Writes out what is still held back: at the end of the input, where `endOfInput` is true. */
  flush?(endOfInput: boolean): void
  /** Takes note of a watermark, ms. */
  writeWatermark?(watermark: Watermark): void
  /** Tidies up. */
  close?(): void
}

export namespace SinkWriter {
  /** What is known about the record at hand. */
  export interface Context {
    /** Returns the current watermark in ms. */
    currentWatermark(): number
    /** Returns the record's timestamp in ms, or null. */
    timestamp(): number | null
  }
}

/** What a writer or a committer finds around it. Mirrors org.apache.flink.api.connector.sink2.InitContext. */
export interface SinkInitContext {
  /** Returns who this subtask is. */
  getTaskInfo(): TaskInfo
  /** Returns which job it belongs to. */
  getJobInfo(): JobInfo
  /** Returns the checkpoint that it goes on from, or null. */
  getRestoredCheckpointId(): number | null
  /** Returns the number of this subtask, from 0. @deprecated use `getTaskInfo()` */
  getSubtaskId(): number
  /** Returns how many subtasks run side by side. @deprecated use `getTaskInfo()` */
  getNumberOfParallelSubtasks(): number
  /** Returns how often this subtask was restarted. @deprecated use `getTaskInfo()` */
  getAttemptNumber(): number
  /** @internal The operator's number in the stream graph. */
  readonly node: number
}
/** Mirrors org.apache.flink.api.connector.sink2.WriterInitContext. */
export type WriterInitContext = SinkInitContext
/** Mirrors org.apache.flink.api.connector.sink2.CommitterInitContext. */
export type CommitterInitContext = SinkInitContext

/**
 * Where a stream ends. Mirrors org.apache.flink.api.connector.sink2.Sink: one of the sinks there are, or one of the program's own, which
 * makes a writer for each subtask. What it can do beside that, other interfaces say: SupportsWriterState, SupportsCommitter, SupportsPreWriteTopology.
 */
export interface Sink<T> {
  /** Makes the writer of a subtask. */
  createWriter?(context: WriterInitContext): SinkWriter<T>
  /** Only for the type checker. */
  accepts?(record: T): void
  /** @internal What one of our own sinks expands to. */
  readonly topology?: SinkTopology
}

/** A sink that does something with its input before it is written. Mirrors org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology. */
export interface SupportsPreWriteTopology<T> {
  /** Returns the stream that is written. */
  addPreWriteTopology(inputDataStream: DataStream<T>): DataStream<T>
}

/** Makes what its writers wrote visible, once it is sure to stay. Mirrors org.apache.flink.api.connector.sink2.Committer. */
export interface Committer<CommT> {
  /** Commits; what is not told otherwise is done. An error fails the job. */
  commit(committables: readonly CommitRequest<CommT>[]): void
  /** Tidies up. */
  close?(): void
}

/** One thing to commit. Mirrors Committer.CommitRequest. */
export interface CommitRequest<CommT> {
  /** Returns what is to be committed. */
  getCommittable(): CommT
  /** Returns how often this was tried before. */
  getNumberOfRetries(): number
  /** It was committed before: as good as done. */
  signalAlreadyCommitted(): void
  /** It cannot be committed, one knows why, and lets it be: what belongs to it is lost. */
  signalFailedWithKnownReason(error: unknown): void
  /** It cannot be committed: the job fails. */
  signalFailedWithUnknownReason(error: unknown): void
  /** Asks for another try, up to `sink.committer.retries` times. */
  retryLater(): void
  /** Asks for another try with what is left of it. */
  updateAndRetryLater(committable: CommT): void
}

/** A writer of a sink that commits. Mirrors org.apache.flink.api.connector.sink2.CommittingSinkWriter. */
export interface CommittingSinkWriter<T, CommT> extends SinkWriter<T> {
  /** Returns what the checkpoint is to commit; `flush` was called before. */
  prepareCommit(): Iterable<CommT>
}

/** A writer that remembers. Mirrors org.apache.flink.api.connector.sink2.StatefulSinkWriter. */
export interface StatefulSinkWriter<T, WriterStateT> extends SinkWriter<T> {
  /** Returns what the checkpoint is to hold of it, as items that can be dealt out anew. */
  snapshotState(checkpointId: number): Iterable<WriterStateT>
}

/** Turns something into bytes. Mirrors org.apache.flink.core.io.SimpleVersionedSerializer, less its versions. */
export interface SimpleVersionedSerializer<E> {
  /** Returns the bytes. */
  serialize(value: E): Uint8Array
  /** Returns what the bytes were made of. */
  deserialize(version: number, bytes: Uint8Array): E
  /** Returns the version that `serialize` writes. */
  getVersion?(): number
}

/** A sink that commits. Mirrors org.apache.flink.api.connector.sink2.SupportsCommitter. */
export interface SupportsCommitter<CommT> {
  /** Makes the committer of a subtask. */
  createCommitter(context: CommitterInitContext): Committer<CommT>
  /** Only needed where committables are no values that can be stored as they are. */
  getCommittableSerializer?(): SimpleVersionedSerializer<CommT>
}

/** A sink whose writers remember. Mirrors org.apache.flink.api.connector.sink2.SupportsWriterState. */
export interface SupportsWriterState<T, WriterStateT> {
  /** Makes a writer that goes on from what writers before it remembered; without any, `createWriter` does. */
  restoreWriter(context: WriterInitContext, recoveredState: readonly WriterStateT[]): StatefulSinkWriter<T, WriterStateT>
  /** Only needed where the state is no value that can be stored as it is. */
  getWriterStateSerializer?(): SimpleVersionedSerializer<WriterStateT>
}

/** @internal What a sink on `stream` expands to: its own topology, or a writer of the program's. */
export function topologyOf<T>(sink: Sink<T>, streamOf: (transformation: Transformation) => DataStream<T>): SinkTopology {
  if (sink === null || sink === undefined) throw new NullPointerException('sink')
  if (sink.topology !== undefined) return sink.topology
  if (typeof sink.createWriter !== 'function') throw new IllegalArgumentException('The sink has no method createWriter.')
  const writer = { name: 'Writer', operator: descriptor('sinkWriter'), functions: { sink } }
  const { addPreWriteTopology } = sink as Partial<SupportsPreWriteTopology<T>>
  const preWrite =
    typeof addPreWriteTopology === 'function' ? { preWrite: programOf(sink as Sink<T> & SupportsPreWriteTopology<T>, streamOf) } : {}
  const { createCommitter } = sink as { createCommitter?: unknown }
  if (typeof createCommitter !== 'function') return { ...preWrite, writer }
  return { ...preWrite, writer, committer: { name: 'Committer', operator: descriptor('committer'), functions: { sink } } }
}

/** Operators that the sink makes belong to the sink alone, not to what the program has built. */
const programOf = <T>(sink: SupportsPreWriteTopology<T>, streamOf: (transformation: Transformation) => DataStream<T>): SinkProgram => ({
  build(input) {
    const stream = streamOf(input)
    const { transformations } = stream.environment
    const before = transformations.length
    const output = sink.addPreWriteTopology(stream).transformation
    return { output, made: transformations.splice(before) }
  },
})
