import { UnsupportedOperationException } from '../../../core/exceptions'
import type {
  AggregatingStateDescriptor,
  AggregatingState,
  ListState,
  ListStateDescriptor,
  MapState,
  MapStateDescriptor,
  ReducingState,
  ReducingStateDescriptor,
  ValueState,
  ValueStateDescriptor,
} from '../../state'
import type { Window } from '../windows'

/** What a trigger wants done with a window. Mirrors org.apache.flink.streaming.api.windowing.triggers.TriggerResult. */
export class TriggerResult {
  /** Does nothing. */
  static readonly CONTINUE = new TriggerResult('CONTINUE', 0)
  /** Hands the window to its function and keeps what is in it. */
  static readonly FIRE = new TriggerResult('FIRE', 1)
  /** Empties the window without firing. */
  static readonly PURGE = new TriggerResult('PURGE', 2)
  /** Hands the window to its function and empties it. */
  static readonly FIRE_AND_PURGE = new TriggerResult('FIRE_AND_PURGE', 3)

  private constructor(
    private readonly label: string,
    /** @internal As in the trace: bit 0 fire, bit 1 purge. */
    readonly code: number,
  ) {}

  /** Returns whether the window fires. */
  isFire(): boolean {
    return (this.code & 1) !== 0
  }
  /** Returns whether the window is emptied. */
  isPurge(): boolean {
    return (this.code & 2) !== 0
  }
  toString(): string {
    return this.label
  }
}

/** Decides when a window fires. Mirrors org.apache.flink.streaming.api.windowing.triggers.Trigger; one instance serves all keys and windows. */
export abstract class Trigger<T, W extends Window> {
  /** Is asked when an element has come into the window. */
  abstract onElement(element: T, timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult
  /** Is asked when a processing-time timer of the window fires. */
  abstract onProcessingTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult
  /** Is asked when an event-time timer of the window fires. */
  abstract onEventTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult

  /** Whether windows of a merging assigner may have it. */
  canMerge(): boolean {
    return false
  }
  /** Is told when windows have become this one. */
  onMerge(_window: W, _ctx: Trigger.OnMergeContext): void {
    throw new UnsupportedOperationException('This trigger does not support merging.')
  }
  /** Removes what the trigger keeps for a window. */
  abstract clear(window: W, ctx: Trigger.TriggerContext): void
}

/** Nested types, as in Java. */
export namespace Trigger {
  /** Clocks, timers and state of the key and window at hand. */
  export interface TriggerContext {
    /** Returns the subtask's clock in ms. */
    getCurrentProcessingTime(): number
    /** Returns the current watermark in ms. */
    getCurrentWatermark(): number
    /** Calls `onProcessingTime` when the clock reaches `time`. */
    registerProcessingTimeTimer(time: number): void
    /** Calls `onEventTime` when the watermark reaches `time`. */
    registerEventTimeTimer(time: number): void
    /** Takes a processing-time timer back. */
    deleteProcessingTimeTimer(time: number): void
    /** Takes an event-time timer back. */
    deleteEventTimeTimer(time: number): void
    /** State of the key and window at hand. */
    getPartitionedState<T>(descriptor: ValueStateDescriptor<T>): ValueState<T>
    getPartitionedState<T>(descriptor: ReducingStateDescriptor<T>): ReducingState<T>
    getPartitionedState<T>(descriptor: ListStateDescriptor<T>): ListState<T>
    getPartitionedState<UK, UV>(descriptor: MapStateDescriptor<UK, UV>): MapState<UK, UV>
    getPartitionedState<IN, ACC, OUT>(descriptor: AggregatingStateDescriptor<IN, ACC, OUT>): AggregatingState<IN, OUT>
  }
  /** What a trigger can do when windows merge. */
  export interface OnMergeContext extends TriggerContext {
    /** Moves the state of the merged windows into the window that they become. */
    mergePartitionedState(
      descriptor: ReducingStateDescriptor<never> | ListStateDescriptor<never> | AggregatingStateDescriptor<never, never, unknown> | object,
    ): void
  }
}
