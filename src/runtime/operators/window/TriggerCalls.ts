import { ClassCastException, NullPointerException, UnsupportedOperationException } from '../../../core/exceptions'
import type { ListState, MapState, ReducingState, State, ValueState } from '../../../streaming/state'
import { TriggerResult } from '../../../streaming/windowing'
import type { Trigger, Window } from '../../../streaming/windowing'
import type { AnyStateDescriptor, KeyedStateBackend } from '../../state/KeyedStateBackend'
import type { HeapReducingState } from '../../state/heapStates'
import type { StateObserver } from '../../state/StateTable'
import { shownValue, VOID_NAMESPACE } from '../../state/Namespace'
import type { Namespace } from '../../state/Namespace'
import type { InternalTimerService } from '../../time/InternalTimerService'

type AnyState = ValueState<never> & ListState<never> & MapState<never, never> & ReducingState<never>

/** What a trigger of the program's own answered. */
function checked(result: unknown, method: string): TriggerResult {
  if (result instanceof TriggerResult) return result
  const message = `The trigger's ${method} returned ${shownValue(result)}, not a TriggerResult.`
  throw result === null || result === undefined ? new NullPointerException(message) : new ClassCastException(message)
}

/** Clocks, timers and state of a window and the key at hand, as a trigger sees them. */
export class TriggerContext implements Trigger.OnMergeContext {
  merged: readonly Namespace[] = []
  /** The event-time timer that the trigger has registered last for the element at hand, ms; NaN: none, or it was deleted. */
  registered = NaN

  constructor(
    private readonly backend: KeyedStateBackend,
    private readonly timers: InternalTimerService,
    private readonly told: StateObserver | null,
    public window: Namespace,
  ) {}

  getCurrentProcessingTime(): number {
    return this.timers.currentProcessingTime()
  }
  getCurrentWatermark(): number {
    return this.timers.currentWatermark
  }
  registerProcessingTimeTimer(time: number): void {
    this.timers.registerProcessingTimeTimer(this.window, time)
  }
  registerEventTimeTimer(time: number): void {
    this.timers.registerEventTimeTimer(this.window, time)
    this.registered = time
  }
  deleteProcessingTimeTimer(time: number): void {
    this.timers.deleteProcessingTimeTimer(this.window, time)
  }
  deleteEventTimeTimer(time: number): void {
    this.timers.deleteEventTimeTimer(this.window, time)
    this.registered = NaN
  }
  getPartitionedState(descriptor: unknown): AnyState {
    return this.stateOf(descriptor as AnyStateDescriptor) as unknown as AnyState
  }
  mergePartitionedState(descriptor: object): void {
    const state = this.stateOf(descriptor as AnyStateDescriptor) as unknown as Partial<HeapReducingState<unknown>>
    if (state.mergeNamespaces === undefined) {
      throw new UnsupportedOperationException('The given state descriptor does not refer to a mergeable state (MergingState)')
    }
    state.mergeNamespaces(this.window, this.merged)
  }

  private stateOf(descriptor: AnyStateDescriptor): State {
    const state = this.backend.state(descriptor, this.told)
    state.namespace = this.window
    return state
  }
}

/** Calls a trigger for the window and key at hand, and is what the trigger calls back. Mirrors WindowOperator.Context. */
export class TriggerCalls {
  private readonly context: TriggerContext
  private readonly told: StateObserver | null
  private quiet = false

  constructor(
    private readonly trigger: Trigger<unknown, Window>,
    private readonly backend: KeyedStateBackend,
    private readonly timers: InternalTimerService,
    /** Hears of the trigger's state, for the trace. */
    observer: StateObserver | null = null,
  ) {
    this.told =
      observer === null
        ? null
        : (name, namespace, value, cleared, restored, expires) => {
            if (!this.quiet) observer(name, namespace, value, cleared, restored, expires)
          }
    this.context = this.contextOf(VOID_NAMESPACE)
  }

  /** For one window alone: what is on the path of each element stores nothing to say which window is meant. */
  contextOf(window: Namespace): TriggerContext {
    return new TriggerContext(this.backend, this.timers, this.told, window)
  }

  get window(): Namespace {
    return this.context.window
  }
  set window(window: Namespace) {
    this.context.window = window
  }

  onElement(element: unknown, timestamp: number, window: Window, context: TriggerContext): TriggerResult {
    context.registered = NaN
    const result = this.trigger.onElement(element, timestamp, window, context)
    return result === TriggerResult.CONTINUE ? result : checked(result, 'onElement')
  }
  onEventTime(time: number): TriggerResult {
    return checked(this.trigger.onEventTime(time, this.window.window!, this.context), 'onEventTime')
  }
  onProcessingTime(time: number): TriggerResult {
    return checked(this.trigger.onProcessingTime(time, this.window.window!, this.context), 'onProcessingTime')
  }
  onMerge(merged: readonly Namespace[]): void {
    this.context.merged = merged
    if (typeof this.trigger.onMerge !== 'function') throw new UnsupportedOperationException('This trigger does not support merging.')
    this.trigger.onMerge(this.window.window!, this.context)
  }
  /** Of a window that is merged away: the merged one goes by its number in the trace, and what that has is not cleared. */
  clearMerged(): void {
    this.quiet = true
    this.clear()
    this.quiet = false
  }
  /** A trigger given as an object literal may have nothing to clear. */
  clear(): void {
    this.trigger.clear?.(this.window.window!, this.context)
  }
}
