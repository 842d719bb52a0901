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

/** W-3: latest window first. Neighbours in time are in the same windows, which are made once. */
class SlidingWindows {
  private windows: readonly TimeWindow[] = []
  /** The timestamps that are in just these windows: from the first to the last. */
  private first = 0
  private last = -1

  constructor(
    private readonly size: number,
    private readonly slide: number,
    private readonly offset: number,
  ) {}

  of(timestamp: number): readonly TimeWindow[] {
    if (timestamp >= this.first && timestamp <= this.last) return this.windows
    const { size, slide } = this
    if (!Number.isSafeInteger(timestamp - size)) return TimeWindow.nearTheEnds(timestamp, size, slide, this.offset)
    const latest = TimeWindow.getWindowStartWithOffset(timestamp, this.offset, slide)
    const windows: TimeWindow[] = []
    let start = latest
    for (; start > timestamp - size; start -= slide) windows.push(this.known(start) ?? new TimeWindow(start, start + size))
    this.windows = windows
    // The window before these has just ended, the earliest of these is the first to end.
    this.first = Math.max(latest, start + size)
    this.last = Math.min(latest + slide, start + slide + size) - 1
    return windows
  }

  private known(start: number): TimeWindow | undefined {
    const latest = this.windows[0]
    return latest === undefined ? undefined : this.windows[(latest.getStart() - start) / this.slide]
  }
}

/** Windows of one size that begin every `slide`, by event time. Mirrors SlidingEventTimeWindows. */
export class SlidingEventTimeWindows extends WindowAssigner<unknown, TimeWindow> {
  private readonly windows: SlidingWindows

  private constructor(
    private readonly size: number,
    private readonly slide: number,
    private readonly offset: number,
  ) {
    super()
    this.windows = new SlidingWindows(size, slide, offset)
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
    return this.windows.of(timestamp)
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
  private readonly windows: SlidingWindows

  private constructor(
    private readonly size: number,
    private readonly slide: number,
    private readonly offset: number,
  ) {
    super()
    this.windows = new SlidingWindows(size, slide, offset)
    if (Math.abs(offset) >= slide || size <= 0) {
      throw new IllegalArgumentException('SlidingProcessingTimeWindows parameters must satisfy abs(offset) < slide and size > 0')
    }
  }

  /** Makes windows of one size, a new one every `slide`, shifted by `offset`. */
  static of(size: TimeLike, slide: TimeLike, offset: TimeLike = 0): SlidingProcessingTimeWindows {
    return new SlidingProcessingTimeWindows(millisOf(size), millisOf(slide), millisOf(offset))
  }

  assignWindows(_element: unknown, _timestamp: number, context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    return this.windows.of(context.getCurrentProcessingTime())
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
