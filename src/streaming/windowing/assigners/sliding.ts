import { IllegalArgumentException } from '../../../core/exceptions'
import { LONG_MIN } from '../../../core/time'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { AssignerSettings } from '../../timeSettings'
import { EventTimeTrigger } from '../triggers/eventTimeTrigger'
import { ProcessingTimeTrigger } from '../triggers/processingTimeTrigger'
import type { Trigger } from '../triggers/trigger'
import { TimeWindow } from '../windows'
import { noTimestamp } from './tumbling'
import { WindowAssigner } from './windowAssigner'

/** W-3: latest window first. */
function slidingWindows(timestamp: number, size: number, slide: number, offset: number): readonly TimeWindow[] {
  const windows: TimeWindow[] = []
  const last = TimeWindow.getWindowStartWithOffset(timestamp, offset, slide)
  for (let start = last; start > timestamp - size; start -= slide) windows.push(new TimeWindow(start, start + size))
  return windows
}

/** Windows of one size that begin every `slide`, by event time. Mirrors SlidingEventTimeWindows. */
export class SlidingEventTimeWindows extends WindowAssigner<unknown, TimeWindow> {
  private constructor(
    private readonly size: number,
    private readonly slide: number,
    private readonly offset: number,
  ) {
    super()
    if (Math.abs(offset) >= slide || size <= 0) {
      throw new IllegalArgumentException('SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0')
    }
  }

  /** Makes windows of one size, a new one every `slide`, shifted by `offset`. */
  static of(size: TimeLike, slide: TimeLike, offset: TimeLike = 0): SlidingEventTimeWindows {
    return new SlidingEventTimeWindows(millisOf(size), millisOf(slide), millisOf(offset))
  }

  assignWindows(_element: unknown, timestamp: number, _context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    if (!(timestamp > LONG_MIN)) throw noTimestamp()
    return slidingWindows(timestamp, this.size, this.slide, this.offset)
  }

  /** Returns the size in ms. */
  getSize(): number {
    return this.size
  }
  /** Returns the slide in ms. */
  getSlide(): number {
    return this.slide
  }
  getDefaultTrigger(): Trigger<unknown, TimeWindow> {
    return EventTimeTrigger.create()
  }
  isEventTime(): boolean {
    return true
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'sliding', time: 'event', size: this.size, slide: this.slide, offset: this.offset }
  }
  override toString(): string {
    return `SlidingEventTimeWindows(${this.size}, ${this.slide})`
  }
}

/** The same by processing time. Mirrors SlidingProcessingTimeWindows. */
export class SlidingProcessingTimeWindows extends WindowAssigner<unknown, TimeWindow> {
  private constructor(
    private readonly size: number,
    private readonly slide: number,
    private readonly offset: number,
  ) {
    super()
    if (Math.abs(offset) >= slide || size <= 0) {
      throw new IllegalArgumentException('SlidingProcessingTimeWindows parameters must satisfy abs(offset) < slide and size > 0')
    }
  }

  /** Makes windows of one size, a new one every `slide`, shifted by `offset`. */
  static of(size: TimeLike, slide: TimeLike, offset: TimeLike = 0): SlidingProcessingTimeWindows {
    return new SlidingProcessingTimeWindows(millisOf(size), millisOf(slide), millisOf(offset))
  }

  assignWindows(_element: unknown, _timestamp: number, context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    return slidingWindows(context.getCurrentProcessingTime(), this.size, this.slide, this.offset)
  }

  /** Returns the size in ms. */
  getSize(): number {
    return this.size
  }
  /** Returns the slide in ms. */
  getSlide(): number {
    return this.slide
  }
  getDefaultTrigger(): Trigger<unknown, TimeWindow> {
    return ProcessingTimeTrigger.create()
  }
  isEventTime(): boolean {
    return false
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'sliding', time: 'processing', size: this.size, slide: this.slide, offset: this.offset }
  }
  override toString(): string {
    return `SlidingProcessingTimeWindows(${this.size}, ${this.slide})`
  }
}
