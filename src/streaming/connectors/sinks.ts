import { descriptor, type Plain } from '../operators/descriptors'
import type { SinkTopology } from '../operators/sinkTopology'
import type { Sink } from './Sink'

const writer = (params: Readonly<Record<string, Plain>>): SinkTopology => ({
  writer: { name: 'Writer', operator: descriptor('sink', params), functions: {} },
})

/** Writes each record as a line of text to standard output or standard error. Mirrors org.apache.flink.streaming.api.functions.sink.PrintSink. */
export class PrintSink<T> implements Sink<T> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void
  /** @internal */
  readonly topology: SinkTopology

  /** Prints to standard output, or to standard error if `true` is given; an identifier stands before each line. */
  constructor(sinkIdentifier: string | boolean = '', stdErr = false) {
    const toErr = typeof sinkIdentifier === 'boolean' ? sinkIdentifier : stdErr
    const identifier = typeof sinkIdentifier === 'string' ? sinkIdentifier : ''
    this.topology = writer({ sink: toErr ? 'printToErr' : 'print', ...(identifier === '' ? {} : { identifier }) })
  }
}

/** Keeps each record for the Results view, with its event time and processing time. Tidemark's own; Flink has `executeAndCollect`. */
export class CollectSink<T> implements Sink<T> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void
  /** @internal */
  readonly topology: SinkTopology = writer({ sink: 'collect' })
}

/** Forgets each record. Mirrors org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink. */
export class DiscardingSink<T> implements Sink<T> {
  /** Only for the type checker. */
  declare accepts?: (record: T) => void
  /** @internal */
  readonly topology: SinkTopology = writer({ sink: 'discard' })
}
