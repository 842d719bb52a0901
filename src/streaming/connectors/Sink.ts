import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { descriptor } from '../operators/descriptors'
import type { SinkTopology } from '../operators/sinkTopology'

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
 * makes a writer for each subtask. Committers and topologies of the program's own are left out.
 */
export interface Sink<T> {
  /** Makes the writer of a subtask. */
  createWriter?(context: WriterInitContext): SinkWriter<T>
  /** Only for the type checker. */
  accepts?(record: T): void
  /** @internal What one of our own sinks expands to. */
  readonly topology?: SinkTopology
}

/** @internal What a sink expands to: its own topology, or a writer of the program's. */
export function topologyOf(sink: Sink<never>): SinkTopology {
  if (sink === null || sink === undefined) throw new NullPointerException('sink')
  if (sink.topology !== undefined) return sink.topology
  if (typeof sink.createWriter !== 'function') throw new IllegalArgumentException('The sink has no method createWriter.')
  const writer = { name: 'Writer', operator: descriptor('sinkWriter'), functions: { sink } }
  const { createCommitter } = sink as { createCommitter?: unknown }
  if (typeof createCommitter !== 'function') return { writer }
  return { writer, committer: { name: 'Committer', operator: descriptor('committer'), functions: { sink } } }
}
