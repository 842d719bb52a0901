import { ClassCastException, IllegalStateException, NullPointerException, UnsupportedOperationException } from '../../../core/exceptions'
import { hasTimestamp, LONG_MAX, LONG_MIN, NO_TIMESTAMP } from '../../../core/time'
import type { OutputTag } from '../../../streaming/functions/OutputTag'
import type { KeyedStateStore } from '../../../streaming/state'
import { AggregatingStateDescriptor, ListStateDescriptor, ReducingStateDescriptor } from '../../../streaming/state'
import { TimestampedValue, TriggerResult } from '../../../streaming/windowing'
import type { Evictor, MergingWindowAssigner, Trigger, Window, WindowAssigner } from '../../../streaming/windowing'
import { BackendKeyedStateStore } from '../../state/KeyedStateBackend'
import type { AnyStateDescriptor } from '../../state/KeyedStateBackend'
import type { HeapAggregatingState, HeapListState, HeapReducingState } from '../../state/heapStates'
import { shownValue, VOID_NAMESPACE } from '../../state/Namespace'
import type { Namespace } from '../../state/Namespace'
import type { StateTable } from '../../state/StateTable'
import type { InternalTimerService } from '../../time/InternalTimerService'
import type { InternalTimer } from '../../time/TimerQueue'
import { AbstractStreamOperator } from '../AbstractStreamOperator'
import { outputTo, TimestampedCollector } from '../functions'
import type { OperatorContext } from '../types'
import { evictable, valuesOf } from './evicting'
import { MergingWindowSet } from './MergingWindowSet'
import type { MergingMapping } from './MergingWindowSet'
import { TriggerCalls } from './TriggerCalls'
import type { TriggerContext } from './TriggerCalls'
import { windowFunctionSpec } from './windowFunctions'
import type { WindowContext, WindowFunctionSpec } from './windowFunctions'
import { boundsOf, WindowIds } from './WindowIds'

type Contents = HeapListState<unknown> | HeapReducingState<unknown> | HeapAggregatingState<unknown, unknown, unknown>

/** A window of an element. Late (W-9) once the watermark has come to its cleanup time (W-8). */
interface Pane {
  readonly window: Window
  readonly namespace: Namespace
  /** ms; LONG_MAX: never. */
  readonly cleanup: number
  /** What the trigger is given with an element. */
  readonly trigger: TriggerContext
}

const BY_ELEMENT = 0
const BY_EVENT_TIMER = 1
const BY_PROCESSING_TIMER = 2

/**
 * Collects the elements of each key in windows and hands a window on when its trigger says so (W-8 … W-17, W-21). Mirrors WindowOperator and
 * EvictingWindowOperator. Left out: latency metrics; asynchronous state.
 */
export class WindowOperator extends AbstractStreamOperator {
  /** Counter `numLateRecordsDropped`. */
  lateRecordsDropped = 0
  private readonly assigner: WindowAssigner<unknown, Window>
  private readonly merging: MergingWindowAssigner<unknown, Window> | null
  private readonly evictor: Evictor<unknown, Window> | null
  private readonly trigger: Trigger<unknown, Window>
  private readonly eventTime: boolean
  private readonly allowedLateness: number
  private readonly lateTag: string | null
  private readonly spec: WindowFunctionSpec
  private readonly collector: TimestampedCollector
  private readonly windowContext: WindowContext
  private readonly assignerContext: WindowAssigner.WindowAssignerContext
  private readonly ids: WindowIds | null
  /** Whose record each element is, for the trace of an evictor's work. */
  private readonly records = new WeakMap<TimestampedValue<unknown>, readonly [origin: number, number: number]>()
  /** Windows that the record at hand is too late for; only kept while tracing. */
  private readonly skipped: Window[] = []
  /** The windows of the element before. */
  private readonly before: Pane[] = []
  private timers!: InternalTimerService
  private contents!: Contents
  private mergingSets!: StateTable<MergingMapping>
  private calls!: TriggerCalls
  /** What was restored is being told. */
  private restoring = false
  /** The window that the function is called for. */
  private firing!: Namespace

  constructor(context: OperatorContext) {
    super(context, [context.functions.windowFunction])
    const { functions, params } = context
    this.assigner = functions.assigner as WindowAssigner<unknown, Window>
    const assigner = this.assigner as Partial<MergingWindowAssigner<unknown, Window>>
    this.merging = typeof assigner.mergeWindows === 'function' ? (assigner as MergingWindowAssigner<unknown, Window>) : null
    this.evictor = (functions.evictor as Evictor<unknown, Window> | undefined) ?? null
    this.trigger = (functions.trigger as Trigger<unknown, Window> | undefined) ?? this.assigner.getDefaultTrigger()
    this.eventTime = this.assigner.isEventTime()
    this.allowedLateness = Number(params.allowedLateness ?? 0)
    this.lateTag = typeof params.lateTag === 'string' ? params.lateTag : null
    this.spec = windowFunctionSpec(String(params.function), functions, this.evictor !== null)
    this.collector = new TimestampedCollector(context.output)
    this.ids = context.trace.on ? new WindowIds(context.trace) : null
    this.windowContext = this.createWindowContext()
    this.assignerContext = {
      getCurrentProcessingTime: () => context.processingTime(),
      random: (bound) => context.nextInt(bound),
    }
  }

  override open(): void {
    super.open()
    this.timers = this.createTimerService(this, false)
    this.contents = this.backend.state(this.contentsDescriptor()) as unknown as Contents
    this.mergingSets = this.backend.table<MergingMapping>('merging-window-set', 'merging-windows')
    this.calls = new TriggerCalls(this.trigger, this.backend, this.timers, this.stateObserver())
    this.tellRestoredWindows()
    this.restoreTimers(0)
    this.restoring = false
  }

  /** The windows that were restored are new to the trace; those that hold nothing are told with their timers. */
  private tellRestoredWindows(): void {
    this.restoring = this.restoredCheckpoint !== null
    if (this.ids === null || !this.restoring) return
    const { backend, keyContext, merging } = this
    const windows: { readonly key: unknown; readonly window: Namespace; readonly state: Namespace }[] = []
    if (merging === null) this.contents.table.forEach((namespace, { key }) => windows.push({ key, window: namespace, state: namespace }))
    else
      this.mergingSets.forEach((_namespace, { key, value }) => {
        for (const [window, state] of value)
          windows.push({ key, window: backend.namespaces.of(window), state: backend.namespaces.of(state) })
      })
    const { key, mapKey } = keyContext
    for (const { key: owner, window, state } of windows) {
      keyContext.setCurrentKey(owner)
      this.tellContents(state, this.ids.open(window, keyContext))
    }
    keyContext.key = key
    keyContext.mapKey = mapKey
  }

  private contentsDescriptor(): AnyStateDescriptor {
    const { spec } = this
    const name = 'window-contents'
    if (spec.contents === 'reduce') return new ReducingStateDescriptor<unknown>(name, spec.reduce!) as unknown as AnyStateDescriptor
    if (spec.contents === 'aggregate') return new AggregatingStateDescriptor(name, spec.aggregate!) as unknown as AnyStateDescriptor
    return new ListStateDescriptor<unknown>(name) as unknown as AnyStateDescriptor
  }

  protected override windowId(namespace: Namespace, key: unknown): number {
    if (this.ids === null) return -1
    return this.restoring && namespace.window !== null ? this.ids.open(namespace, this.keyContext) : this.ids.find(namespace, key)
  }

  // ---- elements --------------------------------------------------------------------------------------------------------

  processElement(value: unknown, timestamp: number): void {
    this.keyContext.setCurrentKey(this.keySelector!(value))
    if (this.backend.namespaces.sweep()) this.before.length = 0
    const time = hasTimestamp(timestamp) ? timestamp : LONG_MIN
    const assigned = this.assigner.assignWindows(value, time, this.assignerContext)
    const windows: readonly Window[] = Array.isArray(assigned) ? (assigned as readonly Window[]) : listOf(assigned)
    const taken =
      this.merging === null ? this.addToWindows(windows, value, timestamp, time) : this.addToMergingWindows(windows, value, timestamp, time)
    const late = !taken && this.eventTime && atMost(time, this.allowedLateness, this.timers.currentWatermark)
    if (this.skipped.length > 0) this.tellSkipped(late)
    if (taken) return
    if (late) this.late(value, timestamp)
    else if (this.ids !== null) this.context.trace.noWindow(this.context.trace.keyId(this.keyContext.key), timestamp)
  }

  /** A record that is late for some windows; one that is late as a whole says so itself. */
  private tellSkipped(late: boolean): void {
    const { trace } = this.context
    for (const window of late ? [] : this.skipped) {
      const [start, end] = boundsOf(window)
      trace.windowSkipped(trace.keyId(this.keyContext.key), start, end)
    }
    this.skipped.length = 0
  }

  /** W-10. Returns whether a window took the element. */
  private addToWindows(windows: readonly Window[], value: unknown, timestamp: number, time: number): boolean {
    let taken = false
    // No window ends while an element is at hand.
    const watermark = this.eventTime ? this.timers.currentWatermark : -Infinity
    for (let place = 0; place < windows.length; place++) {
      const window = windows[place]!
      const pane = this.paneOf(window, place)
      if (pane.cleanup <= watermark) {
        if (this.ids !== null) this.skipped.push(window)
        continue
      }
      taken = true
      this.elementIn(pane, pane.namespace, value, timestamp, time)
    }
    return taken
  }

  /** Neighbours are mostly in the same windows, in the same order: what is known of one is where it was for the element before. */
  private paneOf(window: Window, place: number): Pane {
    const { before } = this
    if (place < before.length) {
      const pane = before[place]!
      if (pane.window === window) return pane
    }
    return (before[place] = this.pane(window, this.backend.namespaces.of(window)))
  }

  private pane(window: Window, namespace: Namespace): Pane {
    return { window, namespace, cleanup: this.cleanupTime(namespace), trigger: this.calls.contextOf(namespace) }
  }

  /** W-12. */
  private addToMergingWindows(windows: readonly Window[], value: unknown, timestamp: number, time: number): boolean {
    let taken = false
    const set = this.mergingSet()
    const { namespaces } = this.backend
    for (const window of windows) {
      namespaces.of(window)
      const actual = set.addWindow(window, (result, merged, stateWindow, stateWindows) =>
        this.merge(result, merged, stateWindow, stateWindows),
      )
      const pane = this.pane(actual, namespaces.of(actual))
      if (this.eventTime && pane.cleanup <= this.timers.currentWatermark) {
        set.retireWindow(actual)
        if (this.ids !== null) this.skipped.push(actual)
        continue
      }
      taken = true
      const stateWindow = set.getStateWindow(actual)
      if (stateWindow === undefined) throw new IllegalStateException(`Window ${String(window)} is not in in-flight window set.`)
      this.elementIn(pane, namespaces.of(stateWindow), value, timestamp, time)
    }
    this.persist(set)
    return taken
  }

  private elementIn(pane: Pane, stateNamespace: Namespace, value: unknown, timestamp: number, time: number): void {
    const { ids } = this
    const { namespace } = pane
    if (ids !== null) this.context.trace.windowElement(ids.open(namespace, this.keyContext), timestamp)
    if (this.evictor === null) this.contents.addIn(stateNamespace, value)
    else this.addTimestamped(stateNamespace, value, timestamp)
    if (ids !== null) this.tellContents(stateNamespace, ids.find(namespace, this.keyContext.key))
    const result = this.calls.onElement(value, time, pane.window, pane.trigger)
    if (result === TriggerResult.CONTINUE || this.answered(result, namespace, stateNamespace)) this.registerCleanupTimer(pane)
  }

  /** Returns whether there is something left to do: as in Flink, nothing to emit skips the rest. */
  private answered(result: TriggerResult, namespace: Namespace, stateNamespace: Namespace): boolean {
    const { ids } = this
    this.contents.namespace = stateNamespace
    if (ids !== null) this.context.trace.windowTrigger(ids.find(namespace, this.keyContext.key), result.code, BY_ELEMENT)
    if (result.isFire() && !this.fire(namespace)) return false
    if (result.isPurge()) this.empty(namespace)
    return true
  }

  /** For an evictor (W-23). */
  private addTimestamped(stateNamespace: Namespace, value: unknown, timestamp: number): void {
    const element = new TimestampedValue(value, timestamp)
    if (this.ids !== null) this.records.set(element, this.context.trace.currentRecord())
    ;(this.contents as HeapListState<unknown>).append(stateNamespace, element)
  }

  /** Lets go of what the window at hand holds. */
  private empty(namespace: Namespace): void {
    const { contents, ids, spec } = this
    if (ids !== null && spec.contents !== 'list' && contents.stored() !== null) this.tellEmptied(ids.find(namespace, this.keyContext.key))
    contents.clear()
  }

  private tellEmptied(id: number): void {
    const { trace } = this.context
    trace.stateUpdated(trace.keyId(this.keyContext.key), id, 'window-contents', null, true)
  }

  /** What a window of a reduce or aggregate holds: its elements are gone. */
  private tellContents(stateNamespace: Namespace, id: number): void {
    if (this.spec.contents === 'list') return
    this.contents.namespace = stateNamespace
    const { trace } = this.context
    const key = trace.keyId(this.keyContext.key)
    const stored = this.contents.stored()
    if (this.restoring) trace.stateUpdated(key, id, 'window-contents', stored, false, true)
    else trace.stateUpdated(key, id, 'window-contents', stored, false)
  }

  private merge(result: Window, merged: readonly Window[], stateWindow: Window, stateWindows: readonly Window[]): void {
    const { timers, calls } = this
    const { namespaces } = this.backend
    if (this.eventTime) {
      if (atMost(result.maxTimestamp(), this.allowedLateness, timers.currentWatermark)) {
        throw new UnsupportedOperationException(
          'The end timestamp of an event-time window cannot become earlier than the current watermark by merging. ' +
            `Current watermark: ${timers.currentWatermark} window: ${String(result)}`,
        )
      }
    } else if (result.maxTimestamp() <= timers.currentProcessingTime()) {
      throw new UnsupportedOperationException(
        'The end timestamp of a processing-time window cannot become earlier than the current processing time by merging. ' +
          `Current processing time: ${timers.currentProcessingTime()} window: ${String(result)}`,
      )
    }
    const mergedNamespaces = merged.map((window) => namespaces.of(window))
    const into = namespaces.of(result)
    this.ids?.merge(into, mergedNamespaces, this.keyContext)
    this.tellTaken(into, mergedNamespaces)
    calls.window = into
    calls.onMerge(mergedNamespaces)
    for (const namespace of mergedNamespaces) {
      calls.window = namespace
      calls.clearMerged()
      this.deleteCleanupTimer(namespace)
    }
    this.ids?.forget(
      mergedNamespaces.filter((namespace) => namespace !== into),
      this.keyContext,
    )
    const target = namespaces.of(stateWindow)
    this.contents.mergeNamespaces(
      target,
      stateWindows.map((window) => namespaces.of(window)),
    )
  }

  /** What windows that are part of another now held is that one's, which is told with its next element. */
  private tellTaken(into: Namespace, merged: readonly Namespace[]): void {
    const { ids, spec } = this
    if (ids === null || spec.contents === 'list') return
    const { key } = this.keyContext
    const stays = ids.find(into, key)
    for (const namespace of merged) {
      const id = ids.find(namespace, key)
      if (id >= 0 && id !== stays) this.tellEmptied(id)
    }
  }

  private late(value: unknown, timestamp: number): void {
    const { context, lateTag } = this
    if (lateTag !== null) {
      if (context.trace.on) context.trace.sideRecord(lateTag, timestamp, context.trace.keyId(this.keyContext.key))
      context.output.collectTo(lateTag, value, timestamp)
      return
    }
    this.lateRecordsDropped++
    if (context.trace.on) context.trace.lateDropped(context.trace.keyId(this.keyContext.key), timestamp, this.timers.currentWatermark)
  }

  // ---- timers ----------------------------------------------------------------------------------------------------------

  onEventTime(timer: InternalTimer): void {
    this.onTimer(timer, true)
  }

  onProcessingTime(timer: InternalTimer): void {
    this.onTimer(timer, false)
  }

  /** W-14. */
  private onTimer(timer: InternalTimer, eventTime: boolean): void {
    const { namespace } = timer
    const { contents, calls } = this
    if (this.backend.namespaces.sweep()) this.before.length = 0
    let set: MergingWindowSet | null = null
    if (this.merging === null) contents.namespace = namespace
    else {
      set = this.mergingSet()
      const stateWindow = set.getStateWindow(namespace.window!)
      if (stateWindow === undefined) return
      contents.namespace = this.backend.namespaces.of(stateWindow)
    }
    calls.window = namespace
    const result = eventTime ? calls.onEventTime(timer.time) : calls.onProcessingTime(timer.time)
    if (result !== TriggerResult.CONTINUE) {
      const by = eventTime ? BY_EVENT_TIMER : BY_PROCESSING_TIMER
      if (this.ids !== null) this.context.trace.windowTrigger(this.ids.find(namespace, timer.key), result.code, by)
      if (result.isFire()) this.fire(namespace)
      if (result.isPurge()) this.empty(namespace)
    }
    if (this.eventTime === eventTime && timer.time === this.cleanupTime(namespace)) this.clearAll(namespace, set)
    if (set !== null) this.persist(set)
  }

  /** W-8. */
  private cleanupTime({ maxTimestamp }: Namespace): number {
    if (!this.eventTime) return maxTimestamp
    return Math.min(maxTimestamp + this.allowedLateness, LONG_MAX)
  }

  private registerCleanupTimer({ namespace, cleanup, trigger }: Pane): void {
    // Most triggers ask for the very same timer.
    if (cleanup === LONG_MAX || (this.eventTime && trigger.registered === cleanup)) return
    if (this.eventTime) this.timers.registerEventTimeTimer(namespace, cleanup)
    else this.timers.registerProcessingTimeTimer(namespace, cleanup)
  }

  private deleteCleanupTimer(namespace: Namespace): void {
    const time = this.cleanupTime(namespace)
    if (time === LONG_MAX) return
    if (this.eventTime) this.timers.deleteEventTimeTimer(namespace, time)
    else this.timers.deleteProcessingTimeTimer(namespace, time)
  }

  private clearAll(namespace: Namespace, set: MergingWindowSet | null): void {
    this.empty(namespace)
    this.calls.window = namespace
    this.calls.clear()
    this.firing = namespace
    this.spec.fn.clear(this.windowContext)
    set?.retireWindow(namespace.window!)
    this.ids?.close(namespace, this.keyContext)
  }

  // ---- firing ----------------------------------------------------------------------------------------------------------

  /** W-11. Returns false if the window holds nothing. */
  private fire(namespace: Namespace): boolean {
    const { contents, spec, collector, keyContext, evictor } = this
    const stored = spec.contents === 'list' ? contents.stored() : contents.get()
    if (stored === null || stored === undefined) return false
    const window = namespace.window!
    this.firing = namespace
    collector.timestamp = window.maxTimestamp()
    if (evictor === null) {
      this.announce(namespace, spec.contents === 'list' ? (stored as readonly unknown[]).length : -1)
      spec.fn.process(keyContext.key, window, this.windowContext, stored, collector)
      return true
    }
    // W-21
    const elements = stored as TimestampedValue<unknown>[]
    const id = this.ids?.find(namespace, keyContext.key) ?? -1
    const told =
      this.ids === null
        ? null
        : (element: TimestampedValue<unknown>): void => {
            const record = this.records.get(element)
            if (record !== undefined)
              this.context.trace.windowEvicted(id, record, element.hasTimestamp() ? element.getTimestamp() : NO_TIMESTAMP)
          }
    evictor.evictBefore(evictable(elements, told), elements.length, window, this.windowContextOfEvictor)
    this.announce(namespace, elements.length)
    spec.fn.process(keyContext.key, window, this.windowContext, valuesOf(elements), collector)
    evictor.evictAfter(evictable(elements, told), elements.length, window, this.windowContextOfEvictor)
    if (elements.length === 0) contents.clear()
    // FLINK-4369: what is left is written anew.
    else contents.table.put(contents.namespace, elements as never)
    return true
  }

  private announce(namespace: Namespace, elements: number): void {
    if (this.ids === null) return
    const { trace } = this.context
    const id = this.ids.find(namespace, this.keyContext.key)
    trace.windowFired(id, elements, this.timers.currentWatermark)
    trace.recordsMade(id)
  }

  private readonly windowContextOfEvictor: Evictor.EvictorContext = {
    getCurrentProcessingTime: () => this.context.processingTime(),
    getCurrentWatermark: () => this.timers.currentWatermark,
  }

  private createWindowContext(): WindowContext {
    const global = new BackendKeyedStateStore(this.backend, this.stateObserver())
    const perWindow: KeyedStateStore = new BackendKeyedStateStore(this.backend, this.stateObserver(), () => {
      if (this.merging !== null) throw new UnsupportedOperationException('Per-window state is not allowed when using merging windows.')
      return this.firing
    })
    return {
      window: () => this.firing.window!,
      currentProcessingTime: () => this.context.processingTime(),
      currentWatermark: () => this.timers.currentWatermark,
      windowState: () => perWindow,
      globalState: () => global,
      output: (tag: OutputTag<unknown>, value: unknown) => outputTo(this.context, tag, value, this.firing.window!.maxTimestamp()),
    } as WindowContext
  }

  // ---- merging sets ----------------------------------------------------------------------------------------------------

  private mergingSet(): MergingWindowSet {
    return new MergingWindowSet(this.merging!, this.mergingSets.entry(VOID_NAMESPACE)?.value)
  }

  private persist(set: MergingWindowSet): void {
    if (!set.changed) return
    set.changed = false
    if (set.entries.length === 0) this.mergingSets.remove(VOID_NAMESPACE)
    else this.mergingSets.put(VOID_NAMESPACE, set.entries)
  }
}

/** What a program's assigner returned. */
function listOf(windows: unknown): readonly Window[] {
  if (typeof windows === 'object' && windows !== null && Symbol.iterator in windows) return [...(windows as Iterable<Window>)]
  const message = `The window assigner returned ${shownValue(windows)}, not windows.`
  throw windows === null || windows === undefined ? new NullPointerException(message) : new ClassCastException(message)
}

/** `a + b <= watermark` in Java's longs, whose sum wraps around (W-8). */
function atMost(a: number, b: number, watermark: number): boolean {
  const sum = a + b
  if (sum < LONG_MAX) return sum <= watermark
  // Past the end: a sum that is far below zero, at least at MIN.
  if (a === LONG_MAX && b === 0) return watermark === LONG_MAX
  return watermark > LONG_MIN
}
