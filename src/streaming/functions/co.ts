import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'
import type { TimeDomain, TimerService } from './TimerService'

/** Turns each record of two connected streams into one other record. Mirrors org.apache.flink.streaming.api.functions.co.CoMapFunction. */
export interface CoMapFunction<IN1, IN2, OUT> {
  /** Returns what takes the place of a record of the first stream. */
  map1(value: IN1): OUT
  /** Returns what takes the place of a record of the second stream. */
  map2(value: IN2): OUT
}

/** Turns each record of two connected streams into none, one or many. Mirrors org.apache.flink.streaming.api.functions.co.CoFlatMapFunction. */
export interface CoFlatMapFunction<IN1, IN2, OUT> {
  /** Emits what takes the place of a record of the first stream, or returns it as an iterable. */
  flatMap1(value: IN1, out: Collector<OUT>): Iterable<OUT> | void
  /** Emits what takes the place of a record of the second stream, or returns it as an iterable. */
  flatMap2(value: IN2, out: Collector<OUT>): Iterable<OUT> | void
}

/** A CoMapFunction that can be opened and closed. */
export abstract class RichCoMapFunction<IN1, IN2, OUT> extends AbstractRichFunction implements CoMapFunction<IN1, IN2, OUT> {
  /** Returns what takes the place of a record of the first stream. */
  abstract map1(value: IN1): OUT
  /** Returns what takes the place of a record of the second stream. */
  abstract map2(value: IN2): OUT
}

/** A CoFlatMapFunction that can be opened and closed. */
export abstract class RichCoFlatMapFunction<IN1, IN2, OUT> extends AbstractRichFunction implements CoFlatMapFunction<IN1, IN2, OUT> {
  /** Emits what takes the place of a record of the first stream, or returns it as an iterable. */
  abstract flatMap1(value: IN1, out: Collector<OUT>): Iterable<OUT> | void
  /** Emits what takes the place of a record of the second stream, or returns it as an iterable. */
  abstract flatMap2(value: IN2, out: Collector<OUT>): Iterable<OUT> | void
}

/**
 * Sees each record of two connected streams, with its timestamp and side outputs.
 * Mirrors org.apache.flink.streaming.api.functions.co.CoProcessFunction; for timers both streams must be keyed.
 */
export abstract class CoProcessFunction<IN1, IN2, OUT> extends AbstractRichFunction {
  /** Handles a record of the first stream. */
  abstract processElement1(value: IN1, ctx: CoProcessFunction.Context, out: Collector<OUT>): void
  /** Handles a record of the second stream. */
  abstract processElement2(value: IN2, ctx: CoProcessFunction.Context, out: Collector<OUT>): void
  /** Handles a timer that fired. */
  onTimer(_timestamp: number, _ctx: CoProcessFunction.OnTimerContext, _out: Collector<OUT>): void {}
}

export namespace CoProcessFunction {
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

/**
 * Sees each record of two streams that are keyed alike, with state and timers for each key that both share.
 * Mirrors org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction.
 */
export abstract class KeyedCoProcessFunction<K, IN1, IN2, OUT> extends AbstractRichFunction {
  /** Handles a record of the first stream. */
  abstract processElement1(value: IN1, ctx: KeyedCoProcessFunction.Context<K>, out: Collector<OUT>): void
  /** Handles a record of the second stream. */
  abstract processElement2(value: IN2, ctx: KeyedCoProcessFunction.Context<K>, out: Collector<OUT>): void
  /** Handles a timer that fired, under the key that set it. */
  onTimer(_timestamp: number, _ctx: KeyedCoProcessFunction.OnTimerContext<K>, _out: Collector<OUT>): void {}
}

export namespace KeyedCoProcessFunction {
  /** What is known about the record at hand. */
  export interface Context<K> extends CoProcessFunction.Context {
    /** Returns the key of the record or timer at hand. */
    getCurrentKey(): K
  }
  /** What is known about the timer at hand. */
  export interface OnTimerContext<K> extends Context<K> {
    /** Returns which kind of time the timer counted. */
    timeDomain(): TimeDomain
  }
}

/** What may stand where Java takes a CoProcessFunction or a KeyedCoProcessFunction: an object literal with the right methods will do. */
export interface CoProcessFunctionLike<K, IN1, IN2, OUT> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles a record of the first stream. */
  processElement1(value: IN1, ctx: KeyedCoProcessFunction.Context<K>, out: Collector<OUT>): void
  /** Handles a record of the second stream. */
  processElement2(value: IN2, ctx: KeyedCoProcessFunction.Context<K>, out: Collector<OUT>): void
  /** Handles a timer that fired, under the key that set it. */
  onTimer?(timestamp: number, ctx: KeyedCoProcessFunction.OnTimerContext<K>, out: Collector<OUT>): void
}
