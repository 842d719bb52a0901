import { IllegalArgumentException } from '../../../core/exceptions'
import { millisOf } from '../../time'
import type { TimeLike } from '../../time'
import { SETTINGS } from '../../timeSettings'
import type { AssignerSettings } from '../../timeSettings'
import { EventTimeTrigger } from '../triggers/eventTimeTrigger'
import { ProcessingTimeTrigger } from '../triggers/processingTimeTrigger'
import type { Trigger } from '../triggers/trigger'
import { TimeWindow } from '../windows'
import type { MergeCallback } from '../windows'
import { MergingWindowAssigner } from './windowAssigner'
import type { WindowAssigner } from './windowAssigner'

/** Mirrors SessionWindowTimeGapExtractor: an element's own gap, ms. */
export interface SessionWindowTimeGapExtractor<T> {
  /** Returns the gap after an element in ms. */
  extract(element: T): number
}
export type SessionWindowTimeGapExtractorLike<T> = SessionWindowTimeGapExtractor<T> | ((element: T) => number)

/** Gaps are lost among doubles at the ends of time, where Flink's records without timestamps are: a window still has an end behind its start there. */
const COARSE = 2 ** 10
const laterThan = (start: number, gap: number): number => (start + gap > start ? start + gap : start + COARSE)

/** W-4. Sessions: each element opens [t, t + gap), and what touches merges. */
abstract class SessionWindows<T> extends MergingWindowAssigner<T, TimeWindow> {
  protected abstract gapOf(element: T): number

  assignWindows(element: T, timestamp: number, context: WindowAssigner.WindowAssignerContext): readonly TimeWindow[] {
    const start = this.isEventTime() ? timestamp : context.getCurrentProcessingTime()
    return [new TimeWindow(start, laterThan(start, this.gapOf(element)))]
  }
  getDefaultTrigger(): Trigger<unknown, TimeWindow> {
    return this.isEventTime() ? EventTimeTrigger.create() : ProcessingTimeTrigger.create()
  }
  mergeWindows(windows: Iterable<TimeWindow>, callback: MergeCallback<TimeWindow>): void {
    TimeWindow.mergeWindows(windows, callback)
  }
}

function checkedGap(size: TimeLike, assigner: string): number {
  const gap = millisOf(size)
  if (gap <= 0) throw new IllegalArgumentException(`${assigner} parameters must satisfy 0 < size`)
  return gap
}

const extractorOf = <T>(extractor: SessionWindowTimeGapExtractorLike<T>): ((element: T) => number) =>
  typeof extractor === 'function' ? extractor : (element) => extractor.extract(element)

function dynamicGap(gap: number): number {
  if (typeof gap !== 'number' || !(gap > 0)) throw new IllegalArgumentException('Dynamic session time gap must satisfy 0 < gap')
  return gap
}

/** Mirrors EventTimeSessionWindows. */
export class EventTimeSessionWindows extends SessionWindows<unknown> {
  private constructor(private readonly sessionTimeout: number) {
    super()
  }
  /** Makes windows that end when no element came for the gap. */
  static withGap(size: TimeLike): EventTimeSessionWindows {
    return new EventTimeSessionWindows(checkedGap(size, 'EventTimeSessionWindows'))
  }
  /** Makes windows that end when no element came for the gap, which each element says for itself. */
  static withDynamicGap<T>(extractor: SessionWindowTimeGapExtractorLike<T>): DynamicEventTimeSessionWindows<T> {
    return DynamicEventTimeSessionWindows.withDynamicGap(extractor)
  }
  protected gapOf(): number {
    return this.sessionTimeout
  }
  isEventTime(): boolean {
    return true
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'session', time: 'event', gap: this.sessionTimeout }
  }
  override toString(): string {
    return `EventTimeSessionWindows(${this.sessionTimeout})`
  }
}

/** Mirrors ProcessingTimeSessionWindows. */
export class ProcessingTimeSessionWindows extends SessionWindows<unknown> {
  private constructor(private readonly sessionTimeout: number) {
    super()
  }
  /** Makes windows that end when no element came for the gap. */
  static withGap(size: TimeLike): ProcessingTimeSessionWindows {
    return new ProcessingTimeSessionWindows(checkedGap(size, 'ProcessingTimeSessionWindows'))
  }
  /** Makes windows that end when no element came for the gap, which each element says for itself. */
  static withDynamicGap<T>(extractor: SessionWindowTimeGapExtractorLike<T>): DynamicProcessingTimeSessionWindows<T> {
    return DynamicProcessingTimeSessionWindows.withDynamicGap(extractor)
  }
  protected gapOf(): number {
    return this.sessionTimeout
  }
  isEventTime(): boolean {
    return false
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'session', time: 'processing', gap: this.sessionTimeout }
  }
  override toString(): string {
    return `ProcessingTimeSessionWindows(${this.sessionTimeout})`
  }
}

/** Mirrors DynamicEventTimeSessionWindows. */
export class DynamicEventTimeSessionWindows<T> extends SessionWindows<T> {
  private constructor(private readonly extract: (element: T) => number) {
    super()
  }
  /** Makes windows that end when no element came for the gap, which each element says for itself. */
  static withDynamicGap<T>(extractor: SessionWindowTimeGapExtractorLike<T>): DynamicEventTimeSessionWindows<T> {
    return new DynamicEventTimeSessionWindows(extractorOf(extractor))
  }
  protected gapOf(element: T): number {
    return dynamicGap(this.extract(element))
  }
  isEventTime(): boolean {
    return true
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'dynamic-session', time: 'event' }
  }
  override toString(): string {
    return 'DynamicEventTimeSessionWindows()'
  }
}

/** Mirrors DynamicProcessingTimeSessionWindows. */
export class DynamicProcessingTimeSessionWindows<T> extends SessionWindows<T> {
  private constructor(private readonly extract: (element: T) => number) {
    super()
  }
  /** Makes windows that end when no element came for the gap, which each element says for itself. */
  static withDynamicGap<T>(extractor: SessionWindowTimeGapExtractorLike<T>): DynamicProcessingTimeSessionWindows<T> {
    return new DynamicProcessingTimeSessionWindows(extractorOf(extractor))
  }
  protected gapOf(element: T): number {
    return dynamicGap(this.extract(element))
  }
  isEventTime(): boolean {
    return false
  }
  /** @internal */
  [SETTINGS](): AssignerSettings {
    return { type: 'dynamic-session', time: 'processing' }
  }
  override toString(): string {
    return 'DynamicProcessingTimeSessionWindows()'
  }
}
