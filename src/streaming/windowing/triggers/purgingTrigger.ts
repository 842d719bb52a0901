import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import { triggerSettings } from '../settings'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

const purging = (result: TriggerResult): TriggerResult => (result.isFire() ? TriggerResult.FIRE_AND_PURGE : result)

/** Makes another trigger drop the window's contents when it fires. Mirrors PurgingTrigger. */
export class PurgingTrigger<T, W extends Window> extends Trigger<T, W> {
  private constructor(private readonly nestedTrigger: Trigger<T, W>) {
    super()
  }
  /** Makes every firing of another trigger empty the window. */
  static of<T, W extends Window>(nestedTrigger: Trigger<T, W>): PurgingTrigger<T, W> {
    return new PurgingTrigger(nestedTrigger)
  }

  onElement(element: T, timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return purging(this.nestedTrigger.onElement(element, timestamp, window, ctx))
  }
  onEventTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return purging(this.nestedTrigger.onEventTime(time, window, ctx))
  }
  onProcessingTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return purging(this.nestedTrigger.onProcessingTime(time, window, ctx))
  }
  override canMerge(): boolean {
    return this.nestedTrigger.canMerge()
  }
  override onMerge(window: W, ctx: Trigger.OnMergeContext): void {
    this.nestedTrigger.onMerge(window, ctx)
  }
  clear(window: W, ctx: Trigger.TriggerContext): void {
    this.nestedTrigger.clear(window, ctx)
  }
  /** Returns the other trigger. */
  getNestedTrigger(): Trigger<T, W> {
    return this.nestedTrigger
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'purging', nested: triggerSettings(this.nestedTrigger) }
  }
  override toString(): string {
    return `PurgingTrigger(${String(this.nestedTrigger)})`
  }
}
