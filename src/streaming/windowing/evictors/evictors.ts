import { LONG_MIN } from '../../../core/time'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { EvictorSettings } from '../../timeSettings'
import type { DeltaFunctionLike } from '../deltaFunction'
import { deltaOf } from '../deltaFunction'
import type { Window } from '../windows'
import type { EvictableElements, Evictor, TimestampedValue } from './evictor'

/** W-22. Evicts before the function, or after it if so told. */
abstract class OneSidedEvictor<T, W extends Window> implements Evictor<T, W> {
  constructor(protected readonly doEvictAfter: boolean) {}
  protected abstract evict(elements: EvictableElements<T>, size: number): void

  evictBefore(elements: EvictableElements<T>, size: number, _window: W, _context: Evictor.EvictorContext): void {
    if (!this.doEvictAfter) this.evict(elements, size)
  }
  evictAfter(elements: EvictableElements<T>, size: number, _window: W, _context: Evictor.EvictorContext): void {
    if (this.doEvictAfter) this.evict(elements, size)
  }
}

/** Keeps the last n elements. Mirrors CountEvictor. */
export class CountEvictor<W extends Window> extends OneSidedEvictor<unknown, W> {
  private constructor(
    private readonly maxCount: number,
    doEvictAfter: boolean,
  ) {
    super(doEvictAfter)
  }
  /** Keeps the last `maxCount` elements. */
  static of<W extends Window>(maxCount: number, doEvictAfter = false): CountEvictor<W> {
    return new CountEvictor<W>(maxCount, doEvictAfter)
  }
  /** @internal */
  [SETTINGS](): EvictorSettings {
    return { type: 'count', count: this.maxCount, after: this.doEvictAfter }
  }
  protected evict(elements: EvictableElements<unknown>, size: number): void {
    if (size <= this.maxCount) return
    let evicted = 0
    for (const iterator = elements.iterator(); iterator.hasNext();) {
      iterator.next()
      evicted++
      if (evicted > size - this.maxCount) break
      iterator.remove()
    }
  }
}

/** Keeps the elements that are less than this much older than the newest. Mirrors TimeEvictor. */
export class TimeEvictor<W extends Window> extends OneSidedEvictor<unknown, W> {
  private constructor(
    private readonly windowSize: number,
    doEvictAfter: boolean,
  ) {
    super(doEvictAfter)
  }
  /** Keeps the elements of the last `windowSize` before the newest. */
  static of<W extends Window>(windowSize: TimeLike, doEvictAfter = false): TimeEvictor<W> {
    return new TimeEvictor<W>(millisOf(windowSize), doEvictAfter)
  }
  protected evict(elements: EvictableElements<unknown>): void {
    let newest = LONG_MIN
    let first = true
    for (const element of elements) {
      if (first && !element.hasTimestamp()) return
      first = false
      newest = Math.max(newest, element.getTimestamp())
    }
    const cutoff = newest - this.windowSize
    for (const iterator = elements.iterator(); iterator.hasNext();) if (iterator.next().getTimestamp() <= cutoff) iterator.remove()
  }
  /** @internal */
  [SETTINGS](): EvictorSettings {
    return { type: 'time', size: this.windowSize, after: this.doEvictAfter }
  }
  override toString(): string {
    return `TimeEvictor(${this.windowSize})`
  }
}

/** Keeps the elements that differ from the newest by less than a threshold. Mirrors DeltaEvictor. */
export class DeltaEvictor<T, W extends Window> extends OneSidedEvictor<T, W> {
  private constructor(
    private readonly threshold: number,
    private readonly delta: (oldElement: T, newElement: T) => number,
    doEvictAfter: boolean,
  ) {
    super(doEvictAfter)
  }
  /** Keeps the elements that are nearer than `threshold` to the last one. */
  static of<T, W extends Window>(threshold: number, deltaFunction: DeltaFunctionLike<T>, doEvictAfter = false): DeltaEvictor<T, W> {
    return new DeltaEvictor<T, W>(threshold, deltaOf(deltaFunction), doEvictAfter)
  }
  protected evict(elements: EvictableElements<T>): void {
    let last: TimestampedValue<T> | null = null
    for (const element of elements) last = element
    if (last === null) return
    for (const iterator = elements.iterator(); iterator.hasNext();) {
      if (this.delta(iterator.next().getValue(), last.getValue()) >= this.threshold) iterator.remove()
    }
  }
  /** @internal */
  [SETTINGS](): EvictorSettings {
    return { type: 'delta', threshold: this.threshold, after: this.doEvictAfter }
  }
  override toString(): string {
    return `DeltaEvictor(DeltaFunction, ${this.threshold})`
  }
}
