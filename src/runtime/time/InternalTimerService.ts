import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { Window } from '../../streaming/windowing'
import type { KeyContext } from '../state/KeyContext'
import type { Namespace, Namespaces } from '../state/Namespace'
import { TimerQueue } from './TimerQueue'
import type { InternalTimer } from './TimerQueue'

/** Is called when a timer fires, with the timer's key at hand. Mirrors org.apache.flink.streaming.api.operators.Triggerable. */
export interface Triggerable {
  onEventTime(timer: InternalTimer): void
  onProcessingTime(timer: InternalTimer): void
}

export interface ProcessingTimeService {
  processingTime(): number
  scheduleAt(time: number, callback: (time: number) => void): () => void
}

/** Told of each timer, for the trace. */
export type TimerObserver = (what: 'registered' | 'deleted' | 'fired', timer: InternalTimer, processingTime: boolean) => void

export interface TimersSnapshot {
  /** In the order in which they are put back. */
  readonly event: readonly TimerSnapshot[]
  readonly processing: readonly TimerSnapshot[]
}
export interface TimerSnapshot {
  readonly time: number
  readonly key: unknown
  readonly window: Window | null
  readonly label?: string
}

/**
 * An operator's timers of both kinds of time (T-24 … T-30). Mirrors InternalTimerServiceImpl: one timer of the task's clock stands for the
 * earliest processing-time timer.
 */
export class InternalTimerService {
  currentWatermark = LONG_MIN
  readonly eventTimers: TimerQueue
  readonly processingTimers: TimerQueue
  private cancelNext: (() => void) | null = null

  constructor(
    private readonly context: KeyContext,
    private readonly clock: ProcessingTimeService,
    private readonly target: Triggerable,
    private readonly observer: TimerObserver | null = null,
  ) {
    this.eventTimers = new TimerQueue(context)
    this.processingTimers = new TimerQueue(context)
  }

  currentProcessingTime(): number {
    return this.clock.processingTime()
  }

  registerEventTimeTimer(namespace: Namespace, time: number): void {
    const timer = this.eventTimers.add(namespace, time)
    if (timer !== null && this.observer !== null) this.observer('registered', timer, false)
  }

  registerProcessingTimeTimer(namespace: Namespace, time: number): void {
    const nextTime = this.processingTimers.peek()?.time ?? LONG_MAX
    const timer = this.processingTimers.add(namespace, time)
    if (timer === null) return
    if (this.observer !== null) this.observer('registered', timer, true)
    if (timer.index === 1 && time < nextTime) this.scheduleNext(time)
  }

  deleteEventTimeTimer(namespace: Namespace, time: number): void {
    const timer = this.eventTimers.remove(namespace, time)
    if (timer !== null && this.observer !== null) this.observer('deleted', timer, false)
  }

  deleteProcessingTimeTimer(namespace: Namespace, time: number): void {
    const timer = this.processingTimers.remove(namespace, time)
    if (timer !== null && this.observer !== null) this.observer('deleted', timer, true)
  }

  /** T-25. */
  advanceWatermark(time: number): void {
    this.currentWatermark = time
    for (let timer = this.eventTimers.peek(); timer !== undefined && timer.time <= time; timer = this.eventTimers.peek()) {
      this.take(timer, this.eventTimers)
      if (this.observer !== null) this.observer('fired', timer, false)
      this.target.onEventTime(timer)
    }
  }

  private onProcessingTime(time: number): void {
    this.cancelNext = null
    let timer = this.processingTimers.peek()
    for (; timer !== undefined && timer.time <= time; timer = this.processingTimers.peek()) {
      this.take(timer, this.processingTimers)
      if (this.observer !== null) this.observer('fired', timer, true)
      this.target.onProcessingTime(timer)
    }
    if (timer !== undefined && this.cancelNext === null) this.scheduleNext(timer.time)
  }

  private take(timer: InternalTimer, queue: TimerQueue): void {
    this.context.key = timer.key
    this.context.mapKey = timer.mapKey
    queue.poll()
  }

  private scheduleNext(time: number): void {
    this.cancelNext?.()
    this.cancelNext = this.clock.scheduleAt(time, (now) => this.onProcessingTime(now))
  }

  /** T-28: no processing-time timer fires any more. */
  quiesce(): void {
    this.cancelNext?.()
    this.cancelNext = null
  }

  snapshot(order: (timers: readonly InternalTimer[]) => readonly InternalTimer[] = (timers) => timers): TimersSnapshot {
    const plain = (queue: TimerQueue): TimerSnapshot[] =>
      order(queue.toArray()).map(({ time, key, namespace: { window, label } }) => ({
        time,
        key,
        window,
        ...(label === '' ? {} : { label }),
      }))
    return { event: plain(this.eventTimers), processing: plain(this.processingTimers) }
  }

  /** T-32: the watermark is not part of it. */
  restore(snapshot: TimersSnapshot, namespaces: Namespaces): void {
    const { key, mapKey } = this.context
    const fill = (queue: TimerQueue, timers: readonly TimerSnapshot[]): void => {
      for (const timer of timers) {
        this.context.setCurrentKey(timer.key)
        queue.add(namespaces.restored(timer.window, timer.label), timer.time)
      }
    }
    fill(this.eventTimers, snapshot.event)
    fill(this.processingTimers, snapshot.processing)
    this.context.key = key
    this.context.mapKey = mapKey
    const head = this.processingTimers.peek()
    if (head !== undefined) this.scheduleNext(head.time)
  }
}
