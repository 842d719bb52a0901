import { ReducingStateDescriptor } from '../../state'
import type { ReducingState } from '../../state'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

const fireTime = (): ReducingStateDescriptor<number> => new ReducingStateDescriptor<number>('fire-time', (a, b) => Math.min(a, b))

/** Fires at every interval of event time, and at the end of the window (W-18: Java's remainder). Mirrors ContinuousEventTimeTrigger. */
export class ContinuousEventTimeTrigger<W extends Window> extends Trigger<unknown, W> {
  private readonly stateDesc = fireTime()

  private constructor(private readonly interval: number) {
    super()
  }
  /** Fires again and again, at every multiple of `interval`. */
  static of<W extends Window>(interval: TimeLike): ContinuousEventTimeTrigger<W> {
    return new ContinuousEventTimeTrigger<W>(millisOf(interval))
  }

  onElement(_element: unknown, timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (window.maxTimestamp() <= ctx.getCurrentWatermark()) return TriggerResult.FIRE
    ctx.registerEventTimeTimer(window.maxTimestamp())
    const state = ctx.getPartitionedState(this.stateDesc)
    if (state.get() === null) this.registerNext(timestamp - (timestamp % this.interval), window, ctx, state)
    return TriggerResult.CONTINUE
  }
  onEventTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (time === window.maxTimestamp()) return TriggerResult.FIRE
    const state = ctx.getPartitionedState(this.stateDesc)
    if (state.get() !== time) return TriggerResult.CONTINUE
    state.clear()
    this.registerNext(time, window, ctx, state)
    return TriggerResult.FIRE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  override canMerge(): boolean {
    return true
  }
  override onMerge(_window: W, ctx: Trigger.OnMergeContext): void {
    ctx.mergePartitionedState(this.stateDesc)
    const next = ctx.getPartitionedState(this.stateDesc).get()
    if (next !== null) ctx.registerEventTimeTimer(next)
  }
  clear(_window: W, ctx: Trigger.TriggerContext): void {
    const state = ctx.getPartitionedState(this.stateDesc)
    const next = state.get()
    if (next === null) return
    ctx.deleteEventTimeTimer(next)
    state.clear()
  }
  /** Returns the interval in ms. */
  getInterval(): number {
    return this.interval
  }
  override toString(): string {
    return `ContinuousEventTimeTrigger(${this.interval})`
  }

  private registerNext(time: number, window: W, ctx: Trigger.TriggerContext, state: ReducingState<number>): void {
    const next = Math.min(time + this.interval, window.maxTimestamp())
    state.add(next)
    ctx.registerEventTimeTimer(next)
  }
}

/** Fires at every interval of processing time. Mirrors ContinuousProcessingTimeTrigger. */
export class ContinuousProcessingTimeTrigger<W extends Window> extends Trigger<unknown, W> {
  private readonly stateDesc = fireTime()

  private constructor(private readonly interval: number) {
    super()
  }
  /** Fires again and again, at every multiple of `interval`. */
  static of<W extends Window>(interval: TimeLike): ContinuousProcessingTimeTrigger<W> {
    return new ContinuousProcessingTimeTrigger<W>(millisOf(interval))
  }

  onElement(_element: unknown, _timestamp: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    const state = ctx.getPartitionedState(this.stateDesc)
    const now = ctx.getCurrentProcessingTime()
    if (state.get() === null) this.registerNext(now - (now % this.interval), window, ctx, state)
    return TriggerResult.CONTINUE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(time: number, window: W, ctx: Trigger.TriggerContext): TriggerResult {
    if (time === window.maxTimestamp()) return TriggerResult.FIRE
    const state = ctx.getPartitionedState(this.stateDesc)
    if (state.get() !== time) return TriggerResult.CONTINUE
    state.clear()
    this.registerNext(time, window, ctx, state)
    return TriggerResult.FIRE
  }
  override canMerge(): boolean {
    return true
  }
  override onMerge(_window: W, ctx: Trigger.OnMergeContext): void {
    ctx.mergePartitionedState(this.stateDesc)
    const next = ctx.getPartitionedState(this.stateDesc).get()
    if (next !== null) ctx.registerProcessingTimeTimer(next)
  }
  clear(_window: W, ctx: Trigger.TriggerContext): void {
    const state = ctx.getPartitionedState(this.stateDesc)
    const next = state.get()
    if (next === null) return
    ctx.deleteProcessingTimeTimer(next)
    state.clear()
  }
  /** Returns the interval in ms. */
  getInterval(): number {
    return this.interval
  }
  override toString(): string {
    return `ContinuousProcessingTimeTrigger(${this.interval})`
  }

  private registerNext(time: number, window: W, ctx: Trigger.TriggerContext, state: ReducingState<number>): void {
    const next = Math.min(time + this.interval, window.maxTimestamp())
    state.add(next)
    ctx.registerProcessingTimeTimer(next)
  }
}
