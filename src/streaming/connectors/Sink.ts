import type { SinkTopology } from '../operators/sinkTopology'

/** Where a stream ends. Mirrors org.apache.flink.api.connector.sink2.Sink from outside: a program names one of the sinks there are. */
export interface Sink<T> {
  /** Only for the type checker. */
  accepts?(record: T): void
  /** @internal What the sink expands to. */
  readonly topology: SinkTopology
}
