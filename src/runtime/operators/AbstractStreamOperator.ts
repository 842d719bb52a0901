import { keyGroupRangeOf } from '../../core/keygroups'
import type { KeyGroupRange } from '../../core/keygroups'
import type { KeyType } from '../../core/values'
import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
import { createKeyedStateBackend } from '../state/createKeyedStateBackend'
import { BackendKeyedStateStore, timerStateName } from '../state/KeyedStateBackend'
import type { KeyedStateBackend } from '../state/KeyedStateBackend'
import { KeyContext } from '../state/KeyContext'
import type { Namespace } from '../state/Namespace'
import { OperatorStateBackend } from '../state/OperatorStateBackend'
import type { StateObserver } from '../state/StateTable'
import { IndexedCombinedWatermarkStatus } from '../time/CombinedWatermarkStatus'
import { InternalTimerService } from '../time/InternalTimerService'
import type { TimerNames, TimerObserver, Triggerable } from '../time/InternalTimerService'
import type { InternalTimer } from '../time/TimerQueue'
import { initializeFunction, notifyFunction, snapshotFunction } from './checkpointedFunctions'
import type { InitializationContext } from './checkpointedFunctions'
import { closeFunction, openFunction, setFunctionContext, StreamingRuntimeContext } from './functions'
import type { OperatorContext, StreamOperator } from './types'

/** What an operator begins with that nobody gives anything back to. */
const NOTHING: StateInitializationContext = {
  checkpoint: null,
  keyed: [],
  operator: [],
  bytesOf: (handle) => {
    throw new Error(`nothing to read: ${handle.kind}`)
  },
}

/**
 * What operators have in common: key, keyed state, timers, state without keys, snapshots, and what watermarks and statuses do (T-17, T-20). Mirrors
 * AbstractStreamOperator with StreamOperatorStateHandler, and AbstractUdfStreamOperator. Left out: metrics, latency markers.
 */
export abstract class AbstractStreamOperator implements StreamOperator {
  readonly keyContext = new KeyContext()
  readonly backend: KeyedStateBackend
  readonly operatorState = new OperatorStateBackend()
  protected readonly keySelector: ((value: unknown) => unknown) | null
  private readonly range: KeyGroupRange
  private readonly timerServices: InternalTimerService[] = []
  private readonly combined: IndexedCombinedWatermarkStatus | null
  private runtimeContext: StreamingRuntimeContext | null = null
  /** Null: there was nothing to restore. */
  protected restoredCheckpoint: number | null = null

  constructor(
    readonly context: OperatorContext,
    /** The user's functions, to be opened and closed. */
    private readonly userFunctions: readonly unknown[] = [],
    inputs = 1,
  ) {
    this.range = keyGroupRangeOf(context.maxParallelism, context.parallelism, context.subtask)
    const keyed = context.keySelectors.find((selector) => selector !== null) as { readonly keyType?: KeyType } | undefined
    this.backend = createKeyedStateBackend(context, this.keyContext, this.range, keyed?.keyType)
    this.keySelector = context.keySelectors[0] ?? null
    this.combined = inputs > 1 ? new IndexedCombinedWatermarkStatus(inputs) : null
  }

  // ---- life ------------------------------------------------------------------------------------------------------------

  initializeState(given: StateInitializationContext): void {
    this.restoredCheckpoint = given.checkpoint
    const keyed = this.isKeyed ? this.backend.restore(given) : 0
    const bytes = keyed + this.operatorState.restore(given)
    const store = this.isKeyed ? new BackendKeyedStateStore(this.backend, this.stateObserver()) : null
    this.runtimeContext = new StreamingRuntimeContext(this.context, store)
    const initialization: InitializationContext = { checkpoint: given.checkpoint, operatorState: this.operatorState, keyedState: store }
    for (const fn of this.userFunctions) {
      setFunctionContext(fn, this.runtimeContext)
      initializeFunction(fn, initialization)
    }
    if (!this.context.trace.on) return
    if (given.checkpoint !== null) this.tellRestored(given.checkpoint, bytes)
    else if (this.isKeyed && this.backend.tellsFromTheStart) this.tellHeld()
  }

  private tellRestored(checkpoint: number, bytes: number): void {
    const { start, end } = this.range
    const entries = this.isKeyed ? this.backend.size : 0
    this.context.trace.stateRestored(checkpoint, entries, bytes, this.isKeyed ? [start, end] : null, this.operatorState.contents)
    this.tellHeld()
  }

  private tellHeld(): void {
    const { trace } = this.context
    const operator = this.operatorState.shown
    if (!this.isKeyed) {
      if (operator.length > 0) trace.stateHeld(0, 0, 0, { backend: 'none', states: [], operator })
      return
    }
    const { entries, memory, bytes, value } = this.backend.internals()
    trace.stateHeld(entries, memory, bytes, { ...value, operator })
  }

  /** An operator that adds to its state does so in `prepareSnapshot`. */
  snapshotState(context: SnapshotContext): OperatorSnapshotResult {
    for (const fn of this.userFunctions) snapshotFunction(fn, context, this.operatorState)
    this.prepareSnapshot(context)
    const operator = this.operatorState.snapshot()
    const keyed = this.isKeyed ? this.backend.snapshot(context, this.timerSections()) : { handle: null, syncCost: 0, fullSize: 0 }
    if (this.context.trace.on) this.tellHeld()
    return {
      operator: operator.handle === null ? [] : [operator.handle],
      keyed: keyed.handle === null ? [] : [keyed.handle],
      syncCost: keyed.syncCost,
      fullSize: keyed.fullSize + operator.bytes,
    }
  }

  protected prepareSnapshot(_context: SnapshotContext): void {}

  private timerSections() {
    return this.timerServices.flatMap((service, i) => service.sections(timerNames(i), this.range, (key) => this.backend.groupOf(key)))
  }

  notifyCheckpointComplete(checkpoint: number): void {
    this.backend.notifyCheckpointComplete(checkpoint)
    for (const fn of this.userFunctions) notifyFunction(fn, 'notifyCheckpointComplete', checkpoint)
  }

  notifyCheckpointAborted(checkpoint: number): void {
    this.backend.notifyCheckpointAborted(checkpoint)
    for (const fn of this.userFunctions) notifyFunction(fn, 'notifyCheckpointAborted', checkpoint)
  }

  open(): void {
    if (this.runtimeContext === null) this.initializeState(NOTHING)
    for (const fn of this.userFunctions) openFunction(fn)
  }

  endInput(_input: number): void {}

  finish(): void {
    for (const service of this.timerServices) service.quiesce()
  }

  close(): void {
    for (const service of this.timerServices) service.quiesce()
    for (const fn of this.userFunctions) closeFunction(fn)
    this.backend.dispose()
  }

  abstract processElement(value: unknown, timestamp: number, input: number): void

  // ---- time ------------------------------------------------------------------------------------------------------------

  /** Creates the next timer service; restored timers are in it, unless they are to come with `restoreTimers`. */
  protected createTimerService(target: Triggerable, restored = true): InternalTimerService {
    const service = new InternalTimerService(this.keyContext, this.context, target, this.timerObserver())
    this.timerServices.push(service)
    if (restored) this.restoreTimers(this.timerServices.length - 1)
    return service
  }

  protected restoreTimers(service: number): void {
    const { event, processing } = timerNames(service)
    this.timerServices[service]!.restore(this.backend.takeRestored(event), this.backend.takeRestored(processing), this.backend.namespaces)
  }

  /** How many timers are registered, over all keys. */
  get eventTimers(): number {
    return this.timerServices.reduce((sum, service) => sum + service.eventTimers.size, 0)
  }
  get processingTimers(): number {
    return this.timerServices.reduce((sum, service) => sum + service.processingTimers.size, 0)
  }

  processWatermark(watermark: number, input: number): void {
    if (this.combined === null) this.advance(watermark)
    else if (this.combined.updateWatermark(input, watermark)) this.advance(this.combined.combinedWatermark)
  }

  processStatus(idle: boolean, input: number): void {
    if (this.combined === null) {
      this.context.output.emitStatus(idle)
      return
    }
    const wasIdle = this.combined.idle
    if (this.combined.updateStatus(input, idle)) this.advance(this.combined.combinedWatermark)
    if (wasIdle !== this.combined.idle) this.context.output.emitStatus(idle)
  }

  /** T-20: timers first, then the watermark goes on. */
  protected advance(watermark: number): void {
    for (const service of this.timerServices) service.advanceWatermark(watermark)
    this.context.output.emitWatermark(watermark)
  }

  // ---- the trace -------------------------------------------------------------------------------------------------------

  protected get isKeyed(): boolean {
    return this.context.keySelectors.some((selector) => selector !== null)
  }

  /** The trace's number of a window of a key; −1: none. */
  protected windowId(_namespace: Namespace, _key: unknown): number {
    return -1
  }

  protected stateObserver(): StateObserver | null {
    const { trace } = this.context
    if (!trace.on) return null
    return (name, namespace, value, cleared, restored, expires) => {
      const { key } = this.keyContext
      const window = this.windowId(namespace, key)
      if (restored === undefined) trace.stateUpdated(trace.keyId(key), window, name, value, cleared)
      else trace.stateUpdated(trace.keyId(key), window, name, value, cleared, restored, expires)
    }
  }

  private timerObserver(): TimerObserver | null {
    const { trace } = this.context
    if (!trace.on) return null
    return (what, timer: InternalTimer, processingTime) =>
      trace.timer(what, trace.keyId(timer.key), processingTime, this.windowId(timer.namespace, timer.key), timer.time)
  }
}

const timerNames = (service: number): TimerNames => ({
  event: timerStateName(service, 'event'),
  processing: timerStateName(service, 'processing'),
})
