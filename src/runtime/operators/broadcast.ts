import { IllegalArgumentException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { Collector } from '../../streaming/functions/Collector'
import type { TimerService } from '../../streaming/functions/TimerService'
import type { MapStateDescriptor, State, StateDescriptor } from '../../streaming/state'
import { ReadOnlyView } from '../state/BroadcastState'
import type { HeapBroadcastState } from '../state/BroadcastState'
import type { OperatorStateBackend } from '../state/OperatorStateBackend'
import type { AnyStateDescriptor } from '../state/KeyedStateBackend'
import { CoContext, TwoInputOperator, TwoInputWithTimers } from './co'
import { methodOf } from './functions'
import { KeylessTimerService } from './process'
import type { OperatorContext } from './types'

type Descriptor = MapStateDescriptor<unknown, unknown>
type Process = (value: unknown, context: unknown, out: Collector<unknown>) => void
type KeyedStateFunction = (key: unknown, state: State) => void

/** The broadcast states that the program declared with `broadcast(descriptors…)`: role `broadcastStates`, a list of descriptors. */
class BroadcastStates {
  private readonly states: ReadonlyMap<string, HeapBroadcastState<unknown, unknown>>

  constructor(context: OperatorContext, operatorState: OperatorStateBackend) {
    const descriptors = (context.functions.broadcastStates ?? []) as readonly Descriptor[]
    this.states = new Map(descriptors.map((descriptor) => [descriptor.getName(), operatorState.broadcast(descriptor.getName())]))
  }

  of(descriptor: Descriptor): HeapBroadcastState<unknown, unknown> {
    const state = this.states.get(descriptor.getName())
    if (state === undefined) {
      throw new IllegalArgumentException(
        'The requested state does not exist. Check for typos in your state descriptor, or specify the state descriptor ' +
          'in the datastream.broadcast(...) call if you forgot to register it.',
      )
    }
    return state
  }
}

class ReadOnlyContext extends CoContext {
  constructor(
    operator: TwoInputOperator,
    timers: TimerService,
    private readonly states: BroadcastStates,
  ) {
    super(operator, timers)
  }
  getBroadcastState(descriptor: Descriptor): ReadOnlyView<unknown, unknown> {
    return new ReadOnlyView(this.states.of(descriptor))
  }
}

class ReadWriteContext extends CoContext {
  constructor(
    operator: TwoInputOperator,
    timers: TimerService,
    private readonly states: BroadcastStates,
  ) {
    super(operator, timers)
  }
  /** Java's broadcast side never has null here: a record without timestamp shows Long.MIN_VALUE. */
  override timestamp(): number {
    return hasTimestamp(this.at) ? this.at : LONG_MIN
  }
  getBroadcastState(descriptor: Descriptor): HeapBroadcastState<unknown, unknown> {
    return this.states.of(descriptor)
  }
}

class KeyedReadWriteContext extends ReadWriteContext {
  /** Calls the function for all keys of this subtask that hold something in that state; the last one stays the key at hand, as in Flink. */
  applyToKeyedState(descriptor: StateDescriptor<State, unknown>, fn: KeyedStateFunction | { process: KeyedStateFunction }): void {
    const process = methodOf<KeyedStateFunction>(fn, 'process')
    const { backend, keyContext } = this.operator
    const keys = backend.getKeys(descriptor.getName())
    const state = backend.state(descriptor as AnyStateDescriptor)
    for (const key of keys) {
      keyContext.setCurrentKey(key)
      process(key, state)
    }
  }
}

/** Mirrors CoBroadcastWithNonKeyedOperator. Input 1 is the broadcast side. */
export class BroadcastProcessOperator extends TwoInputOperator {
  private readonly processes: readonly Process[]
  private contexts!: readonly CoContext[]
  private states!: BroadcastStates
  private watermark = LONG_MIN

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.processes = [
      methodOf(context.functions.function, 'processElement'),
      methodOf(context.functions.function, 'processBroadcastElement'),
    ]
  }

  override open(): void {
    this.states = new BroadcastStates(this.context, this.operatorState)
    const timers = new KeylessTimerService(this.context, () => this.watermark)
    this.contexts = [new ReadOnlyContext(this, timers, this.states), new ReadWriteContext(this, timers, this.states)]
    super.open()
  }

  protected process(value: unknown, timestamp: number, input: number): void {
    const context = this.contexts[input]!
    context.at = timestamp
    this.processes[input]!(value, context, this.collector)
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
  }
}

/** Mirrors CoBroadcastWithKeyedOperator. Input 0 is keyed, input 1 the broadcast side. */
export class KeyedBroadcastProcessOperator extends TwoInputWithTimers {
  private readonly processes: readonly Process[]
  private contexts!: readonly CoContext[]
  private states!: BroadcastStates

  constructor(context: OperatorContext) {
    super(context, context.functions.function)
    this.processes = [methodOf(this.fn, 'processElement'), methodOf(this.fn, 'processBroadcastElement')]
  }

  override open(): void {
    this.states = new BroadcastStates(this.context, this.operatorState)
    super.open()
    this.contexts = [
      new ReadOnlyContext(this, this.timerService, this.states),
      new KeyedReadWriteContext(this, this.timerService, this.states),
    ]
  }

  protected override createTimerContext(): CoContext {
    return new ReadOnlyContext(this, this.timerService, this.states)
  }

  protected process(value: unknown, timestamp: number, input: number): void {
    const context = this.contexts[input]!
    context.at = timestamp
    this.processes[input]!(value, context, this.collector)
  }
}
