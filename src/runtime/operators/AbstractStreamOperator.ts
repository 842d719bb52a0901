import { keyGroupOf } from '../../core/keygroups'
import { javaHashCode } from '../../core/values'
import type { KeyType } from '../../core/values'
import { HeapKeyedStateBackend, HeapKeyedStateStore } from '../state/HeapKeyedStateBackend'
import type { KeyedStateSnapshot } from '../state/HeapKeyedStateBackend'
import { KeyContext } from '../state/KeyContext'
import type { Namespace } from '../state/Namespace'
import type { StateObserver } from '../state/StateTable'
import { IndexedCombinedWatermarkStatus } from '../time/CombinedWatermarkStatus'
import { InternalTimerService } from '../time/InternalTimerService'
import type { TimerObserver, TimersSnapshot, Triggerable } from '../time/InternalTimerService'
import type { InternalTimer } from '../time/TimerQueue'
import { closeFunction, openFunction, StreamingRuntimeContext } from './functions'
import type { OperatorContext, StreamOperator } from './types'

/** Everything an operator remembers, as copies. Plain data but for windows. */
export interface OperatorSnapshot {
  readonly keyed: KeyedStateSnapshot
  readonly timers: readonly TimersSnapshot[]
  /** Of broadcast state: by name, entries. */
  readonly broadcast: readonly { readonly name: string; readonly entries: readonly (readonly [unknown, unknown])[] }[]
}

/**
 * What operators have in common: key, keyed state, timers, and what watermarks and statuses do (T-17, T-20). Mirrors AbstractStreamOperator and
 * AbstractUdfStreamOperator. Left out: metrics, latency markers, checkpoints of their own accord (the task asks for `snapshot`).
 */
export abstract class AbstractStreamOperator implements StreamOperator {
  readonly keyContext = new KeyContext()
  readonly backend: HeapKeyedStateBackend
  protected readonly keySelector: ((value: unknown) => unknown) | null
  private readonly timerServices: InternalTimerService[] = []
  private readonly combined: IndexedCombinedWatermarkStatus | null
  private restored: OperatorSnapshot | null = null

  constructor(
    readonly context: OperatorContext,
    /** The user's functions, to be opened and closed. */
    private readonly userFunctions: readonly unknown[] = [],
    inputs = 1,
  ) {
    this.backend = new HeapKeyedStateBackend(this.keyContext, undefined, () => context.processingTime())
    this.keySelector = context.keySelectors[0] ?? null
    this.combined = inputs > 1 ? new IndexedCombinedWatermarkStatus(inputs) : null
  }

  // ---- life ------------------------------------------------------------------------------------------------------------

  /** Goes on from a snapshot: to be called before `open`. */
  restore(snapshot: OperatorSnapshot): void {
    this.restored = snapshot
    this.backend.restore(snapshot.keyed)
  }

  protected get restoredSnapshot(): OperatorSnapshot | null {
    return this.restored
  }

  snapshot(): OperatorSnapshot {
    return {
      keyed: this.backend.snapshot(),
      timers: this.timerServices.map((service) => service.snapshot((timers) => this.byKeyGroup(timers))),
      broadcast: [],
    }
  }

  /** In the order in which Flink writes timers and puts them back: key group by key group, within one as they lie in the heap. */
  private byKeyGroup(timers: readonly InternalTimer[]): readonly InternalTimer[] {
    const type = (this.keySelector as { readonly keyType?: KeyType } | null)?.keyType
    return timers
      .map((timer) => ({ timer, group: keyGroupOf(javaHashCode(timer.key, type), this.context.maxParallelism) }))
      .sort((a, b) => a.group - b.group)
      .map(({ timer }) => timer)
  }

  open(): void {
    const store = this.isKeyed ? new HeapKeyedStateStore(this.backend, this.stateObserver()) : null
    const runtimeContext = new StreamingRuntimeContext(this.context, store)
    for (const fn of this.userFunctions) openFunction(fn, runtimeContext)
  }

  endInput(_input: number): void {}

  finish(): void {
    for (const service of this.timerServices) service.quiesce()
  }

  close(): void {
    for (const service of this.timerServices) service.quiesce()
    for (const fn of this.userFunctions) closeFunction(fn)
  }

  abstract processElement(value: unknown, timestamp: number, input: number): void

  // ---- time ------------------------------------------------------------------------------------------------------------

  /** Creates the next timer service; restored timers are in it. */
  protected createTimerService(target: Triggerable): InternalTimerService {
    const service = new InternalTimerService(this.keyContext, this.context, target, this.timerObserver())
    const restored = this.restored?.timers[this.timerServices.length]
    this.timerServices.push(service)
    if (restored !== undefined) service.restore(restored, this.backend.namespaces)
    return service
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
    return (name, namespace, value, cleared) => {
      const { key } = this.keyContext
      trace.stateUpdated(trace.keyId(key), this.windowId(namespace, key), name, value, cleared)
    }
  }

  private timerObserver(): TimerObserver | null {
    const { trace } = this.context
    if (!trace.on) return null
    return (what, timer: InternalTimer, processingTime) =>
      trace.timer(what, trace.keyId(timer.key), processingTime, this.windowId(timer.namespace, timer.key), timer.time)
  }
}
