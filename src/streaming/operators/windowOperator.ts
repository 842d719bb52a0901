import { IllegalArgumentException, NullPointerException, UnsupportedOperationException } from '../../core/exceptions'
import type { OutputTag } from '../functions/OutputTag'
import { millisOf, type TimeLike } from '../time'
import { asParam, WINDOW_PARAM } from '../timeSettings'
import {
  EndOfStreamTrigger,
  GlobalWindows,
  MergingWindowAssigner,
  type Evictor,
  type Trigger,
  type Window,
  type WindowAssigner,
} from '../windowing'
import { assignerSettings, evictorSettings, triggerSettings } from '../windowing/settings'
import { descriptor, type Functions, type OperatorDescriptor, type Plain } from './descriptors'
import { simpleNameOf } from './names'
import type { OperatorTraits } from './transformation'

/** What the window function is made of: the `function` parameter of kind `window`. */
export type WindowFunctionKind =
  'reduce' | 'aggregate' | 'process' | 'apply' | 'reduceApply' | 'reduceProcess' | 'aggregateApply' | 'aggregateProcess'

/** Java's compiler sees to it that they are there. */
function withMethods<O extends object>(what: string, given: O, ...methods: readonly string[]): O {
  const missing = methods.find((method) => typeof (given as Record<string, unknown>)[method] !== 'function')
  if (missing !== undefined) throw new IllegalArgumentException(`The ${what} has no method ${missing}.`)
  return given
}

/** A trigger given as an object literal may have nothing to clear. */
const checkedTrigger = <T, W extends Window>(trigger: Trigger<T, W>): Trigger<T, W> =>
  withMethods('trigger', trigger, 'onElement', 'onEventTime', 'onProcessingTime')

/**
 * Collects what a program says about a window, checks it as Flink does, and describes the operator.
 * Mirrors org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder.
 */
export class WindowOperatorBuilder<T, W extends Window> {
  private triggerOfWindow: Trigger<T, W>
  private explicitTrigger = false
  private evictorOfWindow: Evictor<T, W> | undefined
  private lateness = 0
  private lateTag: string | undefined

  constructor(private readonly assigner: WindowAssigner<T, W>) {
    if (assigner === null || assigner === undefined) throw new NullPointerException('Window assigner cannot be null')
    withMethods('window assigner', assigner, 'assignWindows', 'getDefaultTrigger', 'isEventTime')
    this.triggerOfWindow = checkedTrigger(assigner.getDefaultTrigger() as Trigger<T, W>)
  }

  trigger(trigger: Trigger<T, W>): void {
    if (trigger === null || trigger === undefined) throw new NullPointerException('Window triggers cannot be null')
    checkedTrigger(trigger)
    if (this.assigner instanceof MergingWindowAssigner && (trigger as Partial<Trigger<T, W>>).canMerge?.() !== true) {
      throw new UnsupportedOperationException('A merging window assigner cannot be used with a trigger that does not support merging.')
    }
    this.triggerOfWindow = trigger
    this.explicitTrigger = true
  }

  evictor(evictor: Evictor<T, W>): void {
    if (evictor === null || evictor === undefined) throw new NullPointerException('Evictor cannot be null')
    this.evictorOfWindow = withMethods('evictor', evictor, 'evictBefore', 'evictAfter')
  }

  allowedLateness(lateness: TimeLike): void {
    const millis = millisOf(lateness)
    if (millis < 0) throw new IllegalArgumentException('The allowed lateness cannot be negative.')
    this.lateness = millis
  }

  sideOutputLateData(tag: OutputTag<T>): void {
    if (tag === null || tag === undefined) throw new NullPointerException('Side output tag must not be null.')
    this.lateTag = tag.getId()
  }

  get name(): string {
    return simpleNameOf(this.assigner, 'WindowAssigner')
  }

  /** `Window(TumblingEventTimeWindows(1000), EventTimeTrigger, SumReduce, PassThroughWindowFunction)`. */
  description(...functions: readonly string[]): string {
    const parts = [String(this.assigner), simpleNameOf(this.triggerOfWindow, 'Trigger')]
    if (this.evictorOfWindow !== undefined) parts.push(simpleNameOf(this.evictorOfWindow, 'Evictor'))
    return `Window(${[...parts, ...functions].join(', ')})`
  }

  /** Flink's old long name, which windows over all records still have; without the identity hashes and places in the code. */
  legacyDescription(state: 'ReducingStateDescriptor' | 'AggregatingStateDescriptor' | 'ListStateDescriptor', method: string): string {
    const held = this.evictorOfWindow === undefined ? state : 'ListStateDescriptor'
    const parts = [String(this.assigner), `${held}{name=window-contents, defaultValue=null}`, String(this.triggerOfWindow)]
    if (this.evictorOfWindow !== undefined) parts.push(String(this.evictorOfWindow))
    return `TriggerWindow(${[...parts, `AllWindowedStream.${method}`].join(', ')})`
  }

  get traits(): Partial<OperatorTraits> {
    const atTheEnd = this.assigner instanceof GlobalWindows && (this.triggerOfWindow as unknown) instanceof EndOfStreamTrigger
    return atTheEnd ? { outputOnlyAfterEndOfStream: true } : {}
  }

  operator(kind: WindowFunctionKind, functions: Functions): { readonly operator: OperatorDescriptor; readonly functions: Functions } {
    const settings = asParam({
      assigner: assignerSettings(this.assigner),
      trigger: triggerSettings(this.triggerOfWindow),
      triggerSet: this.explicitTrigger,
      evictor: this.evictorOfWindow === undefined ? null : evictorSettings(this.evictorOfWindow),
      allowedLateness: this.lateness,
      lateTag: this.lateTag ?? null,
    })
    const params: Record<string, Plain> = { allowedLateness: this.lateness, function: kind, [WINDOW_PARAM]: settings }
    if (this.lateTag !== undefined) params.lateTag = this.lateTag
    return {
      operator: descriptor('window', params),
      functions: {
        assigner: this.assigner,
        ...(this.explicitTrigger ? { trigger: this.triggerOfWindow } : {}),
        ...(this.evictorOfWindow === undefined ? {} : { evictor: this.evictorOfWindow }),
        ...functions,
      },
    }
  }
}
