import { AbstractRichFunction } from './rich'

/** Takes the records at the end of a stream. Mirrors org.apache.flink.streaming.api.functions.sink.SinkFunction. */
export interface SinkFunction<IN> {
  /** Handles a record. */
  invoke(value: IN, context: SinkFunction.Context): void
}

export namespace SinkFunction {
  /** What is known about the record at hand. */
  export interface Context {
    /** Returns the subtask's clock in ms. */
    currentProcessingTime(): number
    /** Returns the current watermark in ms. */
    currentWatermark(): number
    /** Returns the record's timestamp in ms, or null. */
    timestamp(): number | null
  }
}

/** A SinkFunction that can be opened and closed. */
export abstract class RichSinkFunction<IN> extends AbstractRichFunction implements SinkFunction<IN> {
  /** Handles a record. */
  abstract invoke(value: IN, context: SinkFunction.Context): void
}
