import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'
import type { TimeDomain, TimerService } from './TimerService'

/**
 * Sees each record with its timestamp, and may emit to side outputs.
 * Mirrors org.apache.flink.streaming.api.functions.ProcessFunction; for timers the stream must be keyed.
 */
export abstract class ProcessFunction<I, O> extends AbstractRichFunction {
  /** Handles a record. */
  abstract processElement(value: I, ctx: ProcessFunction.Context, out: Collector<O>): void

  /** Handles a timer that fired. */
  onTimer(_timestamp: number, _ctx: ProcessFunction.OnTimerContext, _out: Collector<O>): void {}
}

/** What may stand where Java takes a ProcessFunction: an object literal with the right methods will do. */
export interface ProcessFunctionLike<I, O> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles a record. */
  processElement(value: I, ctx: ProcessFunction.Context, out: Collector<O>): void
  /** Handles a timer that fired. */
  onTimer?(timestamp: number, ctx: ProcessFunction.OnTimerContext, out: Collector<O>): void
}

export namespace ProcessFunction {
  /** What is known about the record at hand. */
  export interface Context {
    /** Returns the record's timestamp in ms, or null. */
    timestamp(): number | null
    /** Returns clocks and timers. */
    timerService(): TimerService
    /** Emits a record to a side output. */
    output<X>(outputTag: OutputTag<X>, value: X): void
  }
  /** What is known about the timer at hand. */
  export interface OnTimerContext extends Context {
    /** Returns which kind of time the timer counted. */
    timeDomain(): TimeDomain
  }
}
