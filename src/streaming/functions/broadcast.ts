import type { BroadcastState, MapStateDescriptor, ReadOnlyBroadcastState, State, StateDescriptor } from '../state'
import type { Collector } from './Collector'
import type { OutputTag } from './OutputTag'
import { AbstractRichFunction } from './rich'
import type { OpenContext } from './RuntimeContext'
import type { TimeDomain, TimerService } from './TimerService'

/** What both sides of a broadcast function know. Mirrors BaseBroadcastProcessFunction.BaseContext. */
interface BaseContext {
  /** Returns the record's timestamp in ms, or null. */
  timestamp(): number | null
  /** Emits a record to a side output. */
  output<X>(outputTag: OutputTag<X>, value: X): void
  /** Returns the subtask's clock in ms. */
  currentProcessingTime(): number
  /** Returns the current watermark in ms. */
  currentWatermark(): number
}

/** Does something for the state of one key. Mirrors org.apache.flink.runtime.state.KeyedStateFunction. */
export interface KeyedStateFunction<K, S extends State> {
  /** Handles the state of `key`. */
  process(key: K, state: S): void
}

/**
 * Sees the records of a stream without keys, and those of a broadcast stream, which alone may write the broadcast state.
 * Mirrors org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction.
 */
export abstract class BroadcastProcessFunction<IN1, IN2, OUT> extends AbstractRichFunction {
  /** Handles a record of the stream that is not broadcast; the broadcast state can only be read. */
  abstract processElement(value: IN1, ctx: BroadcastProcessFunction.ReadOnlyContext, out: Collector<OUT>): void
  /** Handles a record of the broadcast stream; every subtask sees it and must do the same with it. */
  abstract processBroadcastElement(value: IN2, ctx: BroadcastProcessFunction.Context, out: Collector<OUT>): void
}

export namespace BroadcastProcessFunction {
  /** On the broadcast side: the state can be written. */
  export interface Context extends BaseContext {
    /** Returns a broadcast state that was declared by `broadcast(descriptor)`. */
    getBroadcastState<K, V>(stateDescriptor: MapStateDescriptor<K, V>): BroadcastState<K, V>
  }
  /** On the other side: the state can only be read. */
  export interface ReadOnlyContext extends BaseContext {
    /** Returns a broadcast state that was declared by `broadcast(descriptor)`. */
    getBroadcastState<K, V>(stateDescriptor: MapStateDescriptor<K, V>): ReadOnlyBroadcastState<K, V>
  }
}

/**
 * Sees the records of a keyed stream, with state and timers for each key, and those of a broadcast stream.
 * Mirrors org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction.
 */
export abstract class KeyedBroadcastProcessFunction<KS, IN1, IN2, OUT> extends AbstractRichFunction {
  /** Handles a record of the keyed stream; the broadcast state can only be read. */
  abstract processElement(value: IN1, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<KS>, out: Collector<OUT>): void
  /** Handles a record of the broadcast stream; every subtask sees it and must do the same with it. */
  abstract processBroadcastElement(value: IN2, ctx: KeyedBroadcastProcessFunction.Context<KS>, out: Collector<OUT>): void
  /** Handles a timer that fired, under the key that set it. */
  onTimer(_timestamp: number, _ctx: KeyedBroadcastProcessFunction.OnTimerContext<KS>, _out: Collector<OUT>): void {}
}

export namespace KeyedBroadcastProcessFunction {
  /** On the broadcast side: the broadcast state can be written, and the keyed state of all keys be visited. */
  export interface Context<KS> extends BroadcastProcessFunction.Context {
    /** Calls a function with the state of every key that has one on this subtask. */
    applyToKeyedState<VS, S extends State>(
      stateDescriptor: StateDescriptor<S, VS>,
      fn: KeyedStateFunction<KS, S> | ((key: KS, state: S) => void),
    ): void
  }
  /** On the keyed side: the broadcast state can only be read. */
  export interface ReadOnlyContext<KS> extends BroadcastProcessFunction.ReadOnlyContext {
    /** Returns clocks and timers. */
    timerService(): TimerService
    /** Returns the key of the record or timer at hand. */
    getCurrentKey(): KS
  }
  /** What is known about the timer at hand. */
  export interface OnTimerContext<KS> extends ReadOnlyContext<KS> {
    /** Returns which kind of time the timer counted. */
    timeDomain(): TimeDomain
  }
}

/** What may stand where Java takes a BroadcastProcessFunction or its keyed kin: an object literal with the right methods will do. */
export interface BroadcastProcessFunctionLike<KS, IN1, IN2, OUT> {
  /** Prepares the function. */
  open?(openContext: OpenContext): void
  /** Tidies up. */
  close?(): void
  /** Handles a record of the stream that is not broadcast. */
  processElement(value: IN1, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<KS>, out: Collector<OUT>): void
  /** Handles a record of the broadcast stream. */
  processBroadcastElement(value: IN2, ctx: KeyedBroadcastProcessFunction.Context<KS>, out: Collector<OUT>): void
  /** Handles a timer that fired, under the key that set it. */
  onTimer?(timestamp: number, ctx: KeyedBroadcastProcessFunction.OnTimerContext<KS>, out: Collector<OUT>): void
}
