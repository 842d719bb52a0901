import { IllegalStateException } from '../../../core/exceptions'
import { hasTimestamp } from '../../../core/time'
import type { JavaIterator } from '../../state'
import type { Window } from '../windows'

/** Mirrors org.apache.flink.streaming.runtime.operators.windowing.TimestampedValue. */
export class TimestampedValue<T> {
  constructor(
    private readonly value: T,
    /** NaN: none. */
    private readonly timestamp: number = NaN,
  ) {}

  /** Returns the element. */
  getValue(): T {
    return this.value
  }
  /** @internal */
  copy(copyOf: (value: T) => T): TimestampedValue<T> {
    return new TimestampedValue(copyOf(this.value), this.timestamp)
  }
  /** Returns whether the element has a timestamp. */
  hasTimestamp(): boolean {
    return hasTimestamp(this.timestamp)
  }
  /** Returns the element's timestamp in ms. */
  getTimestamp(): number {
    if (!this.hasTimestamp()) {
      throw new IllegalStateException(
        "Record has no timestamp. Is the time characteristic set to 'ProcessingTime', or " +
          "did you forget to call 'DataStream.assignTimestampsAndWatermarks(...)'?",
      )
    }
    return this.timestamp
  }
}

/** A window's elements, in order. `remove` evicts the element that was walked over last: of `for` loops' iterators, too. */
export interface EvictableElements<T> extends Iterable<TimestampedValue<T>> {
  [Symbol.iterator](): Iterator<TimestampedValue<T>> & { remove(): void }
  /** As in Java. */
  iterator(): JavaIterator<TimestampedValue<T>>
}

/** Removes elements before or after the window function. Mirrors org.apache.flink.streaming.api.windowing.evictors.Evictor. */
export interface Evictor<T, W extends Window> {
  /** Removes elements before the window's function sees them. */
  evictBefore(elements: EvictableElements<T>, size: number, window: W, evictorContext: Evictor.EvictorContext): void
  /** Removes elements after the window's function has seen them. */
  evictAfter(elements: EvictableElements<T>, size: number, window: W, evictorContext: Evictor.EvictorContext): void
}

/** Nested types, as in Java. */
export namespace Evictor {
  export interface EvictorContext {
    getCurrentProcessingTime(): number
    getCurrentWatermark(): number
  }
}
