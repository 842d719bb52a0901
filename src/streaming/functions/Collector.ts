/** Takes the records that a function emits. Mirrors org.apache.flink.util.Collector. */
export interface Collector<T> {
  /** Emits a record. */
  collect(record: T): void
  /** Ends the output; the runtime does that, a program need not. */
  close(): void
}
