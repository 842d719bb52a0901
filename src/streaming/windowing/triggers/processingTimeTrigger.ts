import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import type { TimeWindow } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** Fires when the clock passes the end of the window; any processing-time timer fires it. Mirrors ProcessingTimeTrigger. */
export class ProcessingTimeTrigger extends Trigger<unknown, TimeWindow> {
  private constructor() {
    super()
  }
  /** Fires when the clock passes the end of the window. */
  static create(): ProcessingTimeTrigger {
    return new ProcessingTimeTrigger()
  }

  onElement(_element: unknown, _timestamp: number, window: TimeWindow, ctx: Trigger.TriggerContext): TriggerResult {
    ctx.registerProcessingTimeTimer(window.maxTimestamp())
    return TriggerResult.CONTINUE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.FIRE
  }
  override canMerge(): boolean {
    return true
  }
  override onMerge(window: TimeWindow, ctx: Trigger.OnMergeContext): void {
    const max = window.maxTimestamp()
    if (max > ctx.getCurrentProcessingTime()) ctx.registerProcessingTimeTimer(max)
  }
  clear(window: TimeWindow, ctx: Trigger.TriggerContext): void {
    ctx.deleteProcessingTimeTimer(window.maxTimestamp())
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'processing-time' }
  }
  override toString(): string {
    return 'ProcessingTimeTrigger()'
  }
}
