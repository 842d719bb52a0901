import { IllegalArgumentException, RuntimeException } from '../../../core/exceptions'
import { LONG_MIN } from '../../../core/time'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { AssignerSettings } from '../../timeSettings'
import { EventTimeTrigger } from '../triggers/eventTimeTrigger'
import { ProcessingTimeTrigger } from '../triggers/processingTimeTrigger'
import type { Trigger } from '../triggers/trigger'
import { TimeWindow } from '../windows'
import { WindowAssigner } from './windowAssigner'
import { WindowStagger } from './windowStagger'

export const noTimestamp = (): RuntimeException =>
  new RuntimeException(
    'Record has Long.MIN_VALUE timestamp (= no timestamp marker). ' +
      "Is the time characteristic set to 'ProcessingTime', or did you forget to call 'DataStream.assignTimestampsAndWatermarks(...)'?",
  )

const staggered = (stagger: WindowStagger): { readonly stagger?: string } =>
  stagger === WindowStagger.ALIGNED ? {} : { stagger: stagger.toString() }

/** W-2. Windows of one size, one after the other, by event time. Mirrors TumblingEventTimeWindows. */
export class TumblingEventTimeWindows extends WindowAssigner<unknown, TimeWindow> {
  private staggerOffset: number | null = null

  private constructor(
    private readonly size: number,
    private readonly globalOffset: number,
    private readonly windowStagger: WindowStagger,
  ) {
    super()
    if (Math.abs(globalOffset) >= size)
      throw new IllegalArgumentException('TumblingEventTimeWindows parameters must satisfy abs(offset) < size')
  }

  /** Makes windows of one size, each beginning where the one before ends, shifted by `offset`. */
  static of(size: TimeLike, offset: TimeLike = 0, windowStagger: WindowStagger = WindowStagger.ALIGNED): TumblingEventTimeWindows {
    return new TumblingEventTimeWindows(millisOf(size), millisOf(offset), windowStagger)
  }

  assignWindows(_element: unknown, timestamp: number, context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    if (!(timestamp > LONG_MIN)) throw noTimestamp()
    this.staggerOffset ??= this.windowStagger.getStaggerOffset(this.size, context)
    const offset = (this.globalOffset + this.staggerOffset) % this.size
    if (!Number.isSafeInteger(timestamp + this.size)) return TimeWindow.nearTheEnds(timestamp, this.size, this.size, offset)
    const start = TimeWindow.getWindowStartWithOffset(timestamp, offset, this.size)
    return [new TimeWindow(start, start + this.size)]
  }

  getDefaultTrigger(): Trigger<unknown, TimeWindow> {
    return EventTimeTrigger.create()
  }
  isEventTime(): boolean {
    return true
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'tumbling', time: 'event', size: this.size, offset: this.globalOffset, ...staggered(this.windowStagger) }
  }
  override toString(): string {
    return `TumblingEventTimeWindows(${this.size})`
  }
}

/** W-2. The same by processing time: the element's own timestamp does not matter. Mirrors TumblingProcessingTimeWindows. */
export class TumblingProcessingTimeWindows extends WindowAssigner<unknown, TimeWindow> {
  private staggerOffset: number | null = null

  private constructor(
    private readonly size: number,
    private readonly globalOffset: number,
    private readonly windowStagger: WindowStagger,
  ) {
    super()
    if (Math.abs(globalOffset) >= size)
      throw new IllegalArgumentException('TumblingProcessingTimeWindows parameters must satisfy abs(offset) < size')
  }

  /** Makes windows of one size, each beginning where the one before ends, shifted by `offset`. */
  static of(size: TimeLike, offset: TimeLike = 0, windowStagger: WindowStagger = WindowStagger.ALIGNED): TumblingProcessingTimeWindows {
    return new TumblingProcessingTimeWindows(millisOf(size), millisOf(offset), windowStagger)
  }

  assignWindows(_element: unknown, _timestamp: number, context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    const now = context.getCurrentProcessingTime()
    this.staggerOffset ??= this.windowStagger.getStaggerOffset(this.size, context)
    const start = TimeWindow.getWindowStartWithOffset(now, (this.globalOffset + this.staggerOffset) % this.size, this.size)
    return [new TimeWindow(start, start + this.size)]
  }

  /** Returns the size in ms. */
  getSize(): number {
    return this.size
  }
  getDefaultTrigger(): Trigger<unknown, TimeWindow> {
    return ProcessingTimeTrigger.create()
  }
  isEventTime(): boolean {
    return false
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'tumbling', time: 'processing', size: this.size, offset: this.globalOffset, ...staggered(this.windowStagger) }
  }
  override toString(): string {
    return `TumblingProcessingTimeWindows(${this.size})`
  }
}
