import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { descriptor } from '../operators/descriptors'
import type { DataStream } from '../datastream'
import type { SinkProgram, SinkTopology } from '../operators/sinkTopology'
import type { Transformation } from '../operators/transformation'

/** Takes the records of one subtask of a sink. Mirrors org.apache.flink.api.connector.sink2.SinkWriter. */
export interface SinkWriter<T> {
  /** Writes a record. */
  write(element: T, context: SinkWriter.Context): void
  /** Writes out what is still held back: at the end of the input, where `endOfInput` is true. */
  flush?(endOfInput: boolean): void
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

/** What a writer finds around it. Mirrors org.apache.flink.api.connector.sink2.WriterInitContext. */
export interface WriterInitContext {
  /** Returns the number of this subtask, from 0. */
  getSubtaskId(): number
  /** Returns how many subtasks run side by side. */
  getNumberOfParallelSubtasks(): number
}

/**
 * Where a stream ends. Mirrors org.apache.flink.api.connector.sink2.Sink: one of the sinks there are, or one of the program's own, which
 * makes a writer for each subtask. Of topologies there is SupportsPreWriteTopology; what commits can be planned and is not simulated.
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
  /** Commits; what is not told otherwise is done. */
  commit(committables: readonly CommitRequest<CommT>[]): void
  /** Tidies up. */
  close?(): void
}

/** One thing to commit. Mirrors Committer.CommitRequest without its counters. */
export interface CommitRequest<CommT> {
  /** Returns what is to be committed. */
  getCommittable(): CommT
  /** Asks for another try later. */
  retryLater(): void
}

/** A writer of a sink that commits. Mirrors org.apache.flink.api.connector.sink2.CommittingSinkWriter. */
export interface CommittingSinkWriter<T, CommT> extends SinkWriter<T> {
  /** Returns what the checkpoint is to commit. */
  prepareCommit(): readonly CommT[]
}

/** A sink that commits. Mirrors org.apache.flink.api.connector.sink2.SupportsCommitter; it is planned and not simulated. */
export interface SupportsCommitter<CommT> {
  /** Makes the committer of a subtask. */
  createCommitter(context: WriterInitContext): Committer<CommT>
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
