import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { KeyGroupRange } from '../../core/keygroups'
import { encodeValue } from '../../core/values'
import { writeNamespace, writeStored } from '../state/keyedFormat'
import { GroupedEntries } from '../state/keyGroupsStream'
import type { RestoredState, StateSection } from '../state/keyGroupsStream'
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

/** Under which names the two kinds are stored. */
export interface TimerNames {
  readonly event: string
  readonly processing: string
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

  /** As a full snapshot wants them: key group by key group, within one as they lie in the heap (T-24). */
  sections(names: TimerNames, range: KeyGroupRange, groupOf: (key: unknown) => number): readonly StateSection[] {
    const section = (queue: TimerQueue, name: string, kind: 'event-timers' | 'processing-timers'): StateSection => {
      const grouped = new GroupedEntries(range, queue.toArray(), (timer) =>
        timer.group < 0 ? (timer.group = groupOf(timer.key)) : timer.group,
      )
      return {
        meta: { name, kind, ttl: false },
        count: (group) => grouped.count(group),
        write: (out, group) =>
          grouped.forEach(group, (timer) => {
            writeNamespace(out, timer.namespace)
            encodeValue(out, timer.key)
            writeStored(out, kind, false, timer.time)
          }),
      }
    }
    return [section(this.eventTimers, names.event, 'event-timers'), section(this.processingTimers, names.processing, 'processing-timers')]
  }

  /** T-32: the watermark is not part of it. The observer hears of each timer. */
  restore(event: RestoredState | undefined, processing: RestoredState | undefined, namespaces: Namespaces): void {
    const { key, mapKey } = this.context
    const fill = (queue: TimerQueue, timers: RestoredState | undefined, processingTime: boolean): void =>
      timers?.forEach(namespaces, (namespace, timerKey, time, group) => {
        this.context.setCurrentKey(timerKey)
        const timer = queue.add(namespace, time as number)
        if (timer === null) return
        timer.group = group
        if (this.observer !== null) this.observer('registered', timer, processingTime)
      })
    fill(this.eventTimers, event, false)
    fill(this.processingTimers, processing, true)
    this.context.key = key
    this.context.mapKey = mapKey
    const head = this.processingTimers.peek()
    if (head !== undefined) this.scheduleNext(head.time)
  }
}
