import { ValueStateDescriptor } from '../../state'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import { triggerSettings } from '../settings'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** Fires when another trigger does, and at every timer: its own timeout after an element, but also the other trigger's. Mirrors ProcessingTimeoutTrigger. */
export class ProcessingTimeoutTrigger<T, W extends Window> extends Trigger<T, W> {
  private readonly timeoutStateDesc = new ValueStateDescriptor<number>('timeout')

  private constructor(
    private readonly nestedTrigger: Trigger<T, W>,
    private readonly interval: number,
    private readonly resetTimerOnNewRecord: boolean,
    private readonly shouldClearOnTimeout: boolean,
  ) {
    super()
  }
  /** Lets another trigger decide, and fires when `timeout` of processing time has passed. */
  static of<T, W extends Window>(
    nestedTrigger: Trigger<T, W>,
    timeout: TimeLike,
    resetTimerOnNewRecord = false,
    shouldClearOnTimeout = true,
  ): ProcessingTimeoutTrigger<T, W> {
    return new ProcessingTimeoutTrigger(nestedTrigger, millisOf(timeout), resetTimerOnNewRecord, shouldClearOnTimeout)
  }

  onElement(element: T, timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    const result = this.nestedTrigger.onElement(element, timestamp, window, ctx)
    if (result.isFire()) {
      this.clear(window, ctx)
      return result
    }
    const state = ctx.getPartitionedState(this.timeoutStateDesc)
    let timeout = state.value()
    if (timeout !== null && this.resetTimerOnNewRecord) {
      ctx.deleteProcessingTimeTimer(timeout)
      state.clear()
      timeout = null
    }
    if (timeout === null) {
      const next = ctx.getCurrentProcessingTime() + this.interval
      state.update(next)
      ctx.registerProcessingTimeTimer(next)
    }
    return result
  }
  onProcessingTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return this.timedOut(this.nestedTrigger.onProcessingTime(time, window, ctx), window, ctx)
  }
  onEventTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return this.timedOut(this.nestedTrigger.onEventTime(time, window, ctx), window, ctx)
  }
  clear(window: W, ctx: Trigger.TriggerContext): void {
    const state = ctx.getPartitionedState(this.timeoutStateDesc)
    const timeout = state.value()
    if (timeout !== null) {
      ctx.deleteProcessingTimeTimer(timeout)
      state.clear()
    }
    this.nestedTrigger.clear(window, ctx)
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return {
      type: 'processing-timeout',
      nested: triggerSettings(this.nestedTrigger),
      timeout: this.interval,
      resetOnNewRecord: this.resetTimerOnNewRecord,
      clearOnTimeout: this.shouldClearOnTimeout,
    }
  }
  override toString(): string {
    return `TimeoutTrigger(${String(this.nestedTrigger)})`
  }

  private timedOut(result: TriggerResult, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (this.shouldClearOnTimeout) this.clear(window, ctx)
    return result.isPurge() ? TriggerResult.FIRE_AND_PURGE : TriggerResult.FIRE
  }
}
