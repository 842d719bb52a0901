import { Trigger, TriggerResult } from '../triggers/trigger'
import { SETTINGS } from '../../timeSettings'
import type { AssignerSettings, TriggerSettings } from '../../timeSettings'
import { GlobalWindow } from '../windows'
import { WindowAssigner } from './windowAssigner'

/** Mirrors GlobalWindows.NeverTrigger. */
export class NeverTrigger extends Trigger<unknown, GlobalWindow> {
  onElement(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  clear(): void {}
  override onMerge(): void {}
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'never' }
  }
}

/** Mirrors GlobalWindows.EndOfStreamTrigger: fires when the watermark reaches the end of time. */
export class EndOfStreamTrigger extends Trigger<unknown, GlobalWindow> {
  onElement(_element: unknown, _timestamp: number, window: GlobalWindow, ctx: Trigger.TriggerContext): TriggerResult {
    ctx.registerEventTimeTimer(window.maxTimestamp())
    return TriggerResult.CONTINUE
  }
  onEventTime(time: number, window: GlobalWindow): TriggerResult {
    return time === window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  clear(): void {}
  override onMerge(): void {}
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'end-of-stream' }
  }
}

/** W-5. One window for all elements of a key; never event time. Mirrors GlobalWindows. */
export class GlobalWindows extends WindowAssigner<unknown, GlobalWindow> {
  private constructor(private readonly defaultTrigger: Trigger<unknown, GlobalWindow>) {
    super()
  }

  /** Never fires by itself. */
  static create(): GlobalWindows {
    return new GlobalWindows(new NeverTrigger())
  }
  /** Fires once, at the end of the stream. */
  static createWithEndOfStreamTrigger(): GlobalWindows {
    return new GlobalWindows(new EndOfStreamTrigger())
  }

  assignWindows(): readonly GlobalWindow[] {
    return [GlobalWindow.get()]
  }
  getDefaultTrigger(): Trigger<unknown, GlobalWindow> {
    return this.defaultTrigger
  }
  isEventTime(): boolean {
    return false
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'global' }
  }
  override toString(): string {
    return `GlobalWindows(trigger=${this.defaultTrigger instanceof NeverTrigger ? 'NeverTrigger' : 'EndOfStreamTrigger'})`
  }
}
