import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import type { TimeWindow } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** Fires when the watermark passes the end of the window, and for each late element after that. Mirrors EventTimeTrigger. */
export class EventTimeTrigger extends Trigger<unknown, TimeWindow> {
  private constructor() {
    super()
  }
  /** Fires when the watermark passes the end of the window. */
  static create(): EventTimeTrigger {
    return new EventTimeTrigger()
  }

  onElement(_element: unknown, _timestamp: number, window: TimeWindow, ctx: Trigger.TriggerContext): TriggerResult {
    const max = window.maxTimestamp()
    if (max <= ctx.getCurrentWatermark()) return TriggerResult.FIRE
    ctx.registerEventTimeTimer(max)
    return TriggerResult.CONTINUE
  }
  onEventTime(time: number, window: TimeWindow): TriggerResult {
    return time === window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  override canMerge(): boolean {
    return true
  }
  override onMerge(window: TimeWindow, ctx: Trigger.OnMergeContext): void {
    const max = window.maxTimestamp()
    if (max > ctx.getCurrentWatermark()) ctx.registerEventTimeTimer(max)
  }
  clear(window: TimeWindow, ctx: Trigger.TriggerContext): void {
    ctx.deleteEventTimeTimer(window.maxTimestamp())
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'event-time' }
  }
  override toString(): string {
    return 'EventTimeTrigger()'
  }
}
