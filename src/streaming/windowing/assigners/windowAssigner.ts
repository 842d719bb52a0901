import type { Trigger } from '../triggers/trigger'
import type { MergeCallback, Window } from '../windows'

/** Decides which windows an element belongs to. Mirrors org.apache.flink.streaming.api.windowing.assigners.WindowAssigner. */
export abstract class WindowAssigner<T, W extends Window> {
  /** `timestamp`: Long.MIN_VALUE for an element without one. */
  abstract assignWindows(element: T, timestamp: number, context: WindowAssigner.WindowAssignerContext): Iterable<W>
  /** Returns the trigger that windows have unless another is set. */
  abstract getDefaultTrigger(): Trigger<T, W>
  /** Returns whether windows are made by event time. */
  abstract isEventTime(): boolean
}

/** Nested types, as in Java. */
export namespace WindowAssigner {
  /** What an assigner finds around it. */
  export interface WindowAssignerContext {
    /** ms since the epoch. */
    getCurrentProcessingTime(): number
    /** @internal A random whole number in [0, bound), for WindowStagger.RANDOM; seeded. */
    random(bound: number): number
  }
}

/** Whose windows may merge. Mirrors MergingWindowAssigner. */
export abstract class MergingWindowAssigner<T, W extends Window> extends WindowAssigner<T, W> {
  /** Reports through the callback which windows become one. */
  abstract mergeWindows(windows: Iterable<W>, callback: MergeCallback<W>): void
}
