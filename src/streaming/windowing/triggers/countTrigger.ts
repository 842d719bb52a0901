import { ReducingStateDescriptor } from '../../state'
import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** Fires at every n-th element of a window; purges nothing (W-20). Mirrors CountTrigger. */
export class CountTrigger<W extends Window> extends Trigger<unknown, W> {
  private readonly stateDesc = new ReducingStateDescriptor<number>('count', (a, b) => a + b)

  private constructor(private readonly maxCount: number) {
    super()
  }
  /** Fires when a window has `maxCount` elements. */
  static of<W extends Window>(maxCount: number): CountTrigger<W> {
    return new CountTrigger<W>(maxCount)
  }

  onElement(_element: unknown, _timestamp: number, _window: W, ctx: Trigger.TriggerContext): TriggerResult {
    const count = ctx.getPartitionedState(this.stateDesc)
    count.add(1)
    if (count.get()! < this.maxCount) return TriggerResult.CONTINUE
    count.clear()
    return TriggerResult.FIRE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  override canMerge(): boolean {
    return true
  }
  override onMerge(_window: W, ctx: Trigger.OnMergeContext): void {
    ctx.mergePartitionedState(this.stateDesc)
  }
  clear(_window: W, ctx: Trigger.TriggerContext): void {
    ctx.getPartitionedState(this.stateDesc).clear()
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'count', count: this.maxCount }
  }
  override toString(): string {
    return `CountTrigger(${this.maxCount})`
  }
}
