import type { DeltaFunctionLike } from '../deltaFunction'
import { deltaOf } from '../deltaFunction'
import { ValueStateDescriptor } from '../../state'
import { SETTINGS } from '../../timeSettings'
import type { TriggerSettings } from '../../timeSettings'
import type { Window } from '../windows'
import { Trigger, TriggerResult } from './trigger'

/** Fires when an element differs from the one of the last firing by more than a threshold. Mirrors DeltaTrigger. */
export class DeltaTrigger<T, W extends Window> extends Trigger<T, W> {
  private readonly stateDesc = new ValueStateDescriptor<T>('last-element')

  private constructor(
    private readonly threshold: number,
    private readonly delta: (oldElement: T, newElement: T) => number,
  ) {
    super()
  }
  /** `stateSerializer` as in Java; not needed. */
  static of<T, W extends Window>(threshold: number, deltaFunction: DeltaFunctionLike<T>, _stateSerializer?: unknown): DeltaTrigger<T, W> {
    return new DeltaTrigger<T, W>(threshold, deltaOf(deltaFunction))
  }

  onElement(element: T, _timestamp: number, _window: W, ctx: Trigger.TriggerContext): TriggerResult {
    const state = ctx.getPartitionedState(this.stateDesc)
    const last = state.value()
    if (last === null) {
      state.update(element)
      return TriggerResult.CONTINUE
    }
    if (!(this.delta(last, element) > this.threshold)) return TriggerResult.CONTINUE
    state.update(element)
    return TriggerResult.FIRE
  }
  onEventTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  clear(_window: W, ctx: Trigger.TriggerContext): void {
    ctx.getPartitionedState(this.stateDesc).clear()
  }
  /** @internal */
  [SETTINGS](): TriggerSettings {
    return { type: 'delta', threshold: this.threshold }
  }
  override toString(): string {
    return `DeltaTrigger(DeltaFunction, ${this.threshold})`
  }
}
