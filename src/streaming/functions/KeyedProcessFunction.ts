import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'
import type { TimeDomain, TimerService } from './TimerService'

/**
 * Sees each record of a keyed stream, with state and timers for each key.
 * Mirrors org.apache.flink.streaming.api.functions.KeyedProcessFunction.
 */
export abstract class KeyedProcessFunction<K, I, O> extends AbstractRichFunction {
  /** Handles a record. */
  abstract processElement(value: I, ctx: KeyedProcessFunction.Context<K>, out: Collector<O>): void

  /** Handles a timer that fired, under the key that set it. */
  onTimer(_timestamp: number, _ctx: KeyedProcessFunction.OnTimerContext<K>, _out: Collector<O>): void {}
}

/** What may stand where Java takes a KeyedProcessFunction: an object literal with the right methods will do. */
export interface KeyedProcessFunctionLike<K, I, O> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles a record. */
  processElement(value: I, ctx: KeyedProcessFunction.Context<K>, out: Collector<O>): void
  /** Handles a timer that fired, under the key that set it. */
  onTimer?(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<K>, out: Collector<O>): void
}

export namespace KeyedProcessFunction {
  /** What is known about the record at hand. */
  export interface Context<K> {
    /** Returns the record's timestamp in ms, or null. */
    timestamp(): number | null
    /** Returns clocks and timers. */
    timerService(): TimerService
    /** Emits a record to a side output. */
    output<X>(outputTag: OutputTag<X>, value: X): void
    /** Returns the key of the record or timer at hand. */
    getCurrentKey(): K
  }
  /** What is known about the timer at hand. */
  export interface OnTimerContext<K> extends Context<K> {
    /** Returns which kind of time the timer counted. */
    timeDomain(): TimeDomain
  }
}
