import { JavaException } from '../../../core/exceptions'
import { ReducingStateDescriptor } from '../../state'
import type { ReducingState } from '../../state'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** What both have in common: the next time to fire is state of the window, and a timer of either kind of time. */
abstract class ContinuousTrigger<W extends Window> extends Trigger<unknown, W> {
  private readonly stateDesc = new ReducingStateDescriptor<number>('fire-time', (a, b) => Math.min(a, b))

  protected constructor(protected readonly interval: number) {
    super()
  }
  protected abstract register(time: number, ctx: Trigger.TriggerContext): void
  protected abstract unregister(time: number, ctx: Trigger.TriggerContext): void

  /** The first element of a window sets the first time: the next multiple of the interval after `time`. */
  protected begin(time: number, window: W, ctx: Trigger.TriggerContext): void {
    const state = ctx.getPartitionedState(this.stateDesc)
    if (state.get() !== null) return
    // Java's remainder.
    if (this.interval === 0) throw new JavaException('java.lang.ArithmeticException', '/ by zero')
    this.registerNext(time - (time % this.interval), window, ctx, state)
  }

  protected onTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (time === window.maxTimestamp()) return TriggerResult.FIRE
    const state = ctx.getPartitionedState(this.stateDesc)
    if (state.get() !== time) return TriggerResult.CONTINUE
    state.clear()
    this.registerNext(time, window, ctx, state)
    return TriggerResult.FIRE
  }

  private registerNext(time: number, window: W, ctx: Trigger.TriggerContext, state: ReducingState<number>): void {
    const next = Math.min(time + this.interval, window.maxTimestamp())
    state.add(next)
    this.register(next, ctx)
  }

  override canMerge(): boolean {
    return true
  }
  override onMerge(_window: W, ctx: Trigger.OnMergeContext): void {
    ctx.mergePartitionedState(this.stateDesc)
    const next = ctx.getPartitionedState(this.stateDesc).get()
    if (next !== null) this.register(next, ctx)
  }
  clear(_window: W, ctx: Trigger.TriggerContext): void {
    const state = ctx.getPartitionedState(this.stateDesc)
    const next = state.get()
    if (next === null) return
    this.unregister(next, ctx)
    state.clear()
  }
  /** Returns the interval in ms. */
  getInterval(): number {
    return this.interval
  }
}

/** Fires at every interval of event time, and at the end of the window (W-18: Java's remainder). Mirrors ContinuousEventTimeTrigger. */
export class ContinuousEventTimeTrigger<W extends Window> extends ContinuousTrigger<W> {
  /** Fires again and again, at every multiple of `interval`. */
  static of<W extends Window>(interval: TimeLike): ContinuousEventTimeTrigger<W> {
    return new ContinuousEventTimeTrigger<W>(millisOf(interval))
  }

  onElement(_element: unknown, timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (window.maxTimestamp() <= ctx.getCurrentWatermark()) return TriggerResult.FIRE
    ctx.registerEventTimeTimer(window.maxTimestamp())
    this.begin(timestamp, window, ctx)
    return TriggerResult.CONTINUE
  }
  onEventTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return this.onTime(time, window, ctx)
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'continuous-event-time', interval: this.interval }
  }
  override toString(): string {
    return `ContinuousEventTimeTrigger(${this.interval})`
  }
  protected register(time: number, ctx: Trigger.TriggerContext): void {
    ctx.registerEventTimeTimer(time)
  }
  protected unregister(time: number, ctx: Trigger.TriggerContext): void {
    ctx.deleteEventTimeTimer(time)
  }
}

/** Fires at every interval of processing time. Mirrors ContinuousProcessingTimeTrigger. */
export class ContinuousProcessingTimeTrigger<W extends Window> extends ContinuousTrigger<W> {
  /** Fires again and again, at every multiple of `interval`. */
  static of<W extends Window>(interval: TimeLike): ContinuousProcessingTimeTrigger<W> {
    return new ContinuousProcessingTimeTrigger<W>(millisOf(interval))
  }

  onElement(_element: unknown, _timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    this.begin(ctx.getCurrentProcessingTime(), window, ctx)
    return TriggerResult.CONTINUE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    return this.onTime(time, window, ctx)
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'continuous-processing-time', interval: this.interval }
  }
  override toString(): string {
    return `ContinuousProcessingTimeTrigger(${this.interval})`
  }
  protected register(time: number, ctx: Trigger.TriggerContext): void {
    ctx.registerProcessingTimeTimer(time)
  }
  protected unregister(time: number, ctx: Trigger.TriggerContext): void {
    ctx.deleteProcessingTimeTimer(time)
  }
}
