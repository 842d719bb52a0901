import { IllegalArgumentException } from '../../../core/exceptions'
import { hasTimestamp } from '../../../core/time'
import { WindowOperator } from '../../../runtime/operators/window/WindowOperator'
import type { Collector } from '../../../streaming/functions/Collector'
import type { ProcessWindowFunction } from '../../../streaming/functions/windows'
import { OutputTag } from '../../../streaming/functions/OutputTag'
import { ValueStateDescriptor } from '../../../streaming/state'
import type { KeyedStateStore } from '../../../streaming/state'
import { WindowOperatorBuilder } from '../../../streaming/operators/windowOperator'
import {
  ContinuousEventTimeTrigger,
  ContinuousProcessingTimeTrigger,
  CountEvictor,
  CountTrigger,
  DeltaEvictor,
  DeltaTrigger,
  DynamicEventTimeSessionWindows,
  DynamicProcessingTimeSessionWindows,
  EventTimeSessionWindows,
  EventTimeTrigger,
  GlobalWindows,
  NeverTrigger,
  ProcessingTimeoutTrigger,
  ProcessingTimeSessionWindows,
  ProcessingTimeTrigger,
  PurgingTrigger,
  SlidingEventTimeWindows,
  SlidingProcessingTimeWindows,
  TimeEvictor,
  TimeWindow,
  TumblingEventTimeWindows,
  TumblingProcessingTimeWindows,
} from '../../../streaming/windowing'
import type { Evictor, Trigger, Window, WindowAssigner } from '../../../streaming/windowing'
import { OperatorHarness } from '../../harness/OperatorHarness'
import type { Emitted } from '../../harness/OperatorHarness'
import { family, orError, nameless } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

interface AssignerJson {
  readonly type: 'tumbling' | 'sliding' | 'session' | 'dynamicSession' | 'global'
  readonly time: 'event' | 'processing'
  readonly size: LongJson
  readonly slide: LongJson
  readonly offset: LongJson
  readonly gap: LongJson
  readonly gapPerValue: number
  readonly endOfStream: boolean
}
type TriggerJson =
  | { readonly type: 'default' | 'eventTime' | 'processingTime' | 'never' }
  | { readonly type: 'count'; readonly n: number }
  | { readonly type: 'purging'; readonly of: TriggerJson }
  | { readonly type: 'continuousEventTime' | 'continuousProcessingTime'; readonly interval: LongJson }
  | { readonly type: 'delta'; readonly threshold: number }
  | {
      readonly type: 'processingTimeout'
      readonly of: TriggerJson
      readonly timeout: LongJson
      readonly resetOnNewRecord: boolean
      readonly clearOnTimeout: boolean
    }
type EvictorJson =
  | { readonly type: 'count'; readonly n: number; readonly after: boolean }
  | { readonly type: 'time'; readonly keep: LongJson; readonly after: boolean }
  | { readonly type: 'delta'; readonly threshold: number; readonly after: boolean }
type Step =
  | readonly ['record', string, number, LongJson | null]
  | readonly ['watermark', LongJson]
  | readonly ['processingTime', LongJson]
  | readonly ['snapshotAndRestore']
interface Given {
  readonly assigner: AssignerJson
  readonly trigger: TriggerJson
  readonly evictor: EvictorJson | null
  readonly allowedLateness: LongJson
  readonly lateOutput: boolean
  /** `states` is asked for by the oracle alone: `list` with counts of firings for the key and, unless windows merge, for the window in front. */
  readonly function: 'sum' | 'count' | 'list' | 'states'
  readonly steps: readonly Step[]
}
interface StepJson {
  readonly ties?: readonly (readonly [number, number])[]
}
interface Element {
  readonly key: string
  readonly value: number
}

function assignerOf(json: AssignerJson): WindowAssigner<never, Window> {
  const event = json.time === 'event'
  const gap = (element: Element): number => element.value * json.gapPerValue
  switch (json.type) {
    case 'tumbling':
      return (event ? TumblingEventTimeWindows : TumblingProcessingTimeWindows).of(toNumber(json.size), toNumber(json.offset))
    case 'sliding':
      return (event ? SlidingEventTimeWindows : SlidingProcessingTimeWindows).of(toNumber(json.size), toNumber(json.slide), toNumber(json.offset))
    case 'session':
      return (event ? EventTimeSessionWindows : ProcessingTimeSessionWindows).withGap(toNumber(json.gap))
    case 'dynamicSession':
      return (event ? DynamicEventTimeSessionWindows : DynamicProcessingTimeSessionWindows).withDynamicGap(gap) as WindowAssigner<never, Window>
    case 'global':
      return json.endOfStream ? GlobalWindows.createWithEndOfStreamTrigger() : GlobalWindows.create()
  }
}

function triggerOf(json: TriggerJson, assigner: WindowAssigner<never, Window>): Trigger<Element, Window> {
  switch (json.type) {
    case 'default':
      return assigner.getDefaultTrigger() as Trigger<unknown, Window>
    case 'eventTime':
      return EventTimeTrigger.create() as unknown as Trigger<Element, Window>
    case 'processingTime':
      return ProcessingTimeTrigger.create() as unknown as Trigger<Element, Window>
    case 'never':
      return new NeverTrigger() as unknown as Trigger<Element, Window>
    case 'count':
      return CountTrigger.of(json.n)
    case 'purging':
      return PurgingTrigger.of(triggerOf(json.of, assigner))
    case 'continuousEventTime':
      return ContinuousEventTimeTrigger.of(toNumber(json.interval))
    case 'continuousProcessingTime':
      return ContinuousProcessingTimeTrigger.of(toNumber(json.interval))
    case 'delta':
      return DeltaTrigger.of(json.threshold, (before: Element, now: Element) => now.value - before.value)
    case 'processingTimeout':
      return ProcessingTimeoutTrigger.of(triggerOf(json.of, assigner), toNumber(json.timeout), json.resetOnNewRecord, json.clearOnTimeout)
  }
}

function evictorOf(json: EvictorJson): Evictor<Element, Window> {
  switch (json.type) {
    case 'count':
      return CountEvictor.of(json.n, json.after) as unknown as Evictor<Element, Window>
    case 'time':
      return TimeEvictor.of(toNumber(json.keep), json.after) as unknown as Evictor<Element, Window>
    case 'delta':
      return DeltaEvictor.of(json.threshold, (element: Element, last: Element) => last.value - element.value, json.after)
  }
}

const windowJson = (window: Window): unknown => (window instanceof TimeWindow ? [fromNumber(window.getStart()), fromNumber(window.getEnd())] : 'global')

type Fn = ProcessWindowFunction<unknown, unknown, string, Window>
const emitting = (valueOf: (elements: Iterable<unknown>) => unknown): Pick<Fn, 'process'> => ({
  process(key: string, context: ProcessWindowFunction.Context<Window>, elements: Iterable<unknown>, out: Collector<unknown>): void {
    out.collect({ key, value: valueOf(elements), window: windowJson(context.window()) })
  },
})
const FIRINGS = new ValueStateDescriptor<number>('firings')
const OF_WINDOW = new ValueStateDescriptor<number>('windowFirings')
const counted = (store: KeyedStateStore, as: ValueStateDescriptor<number>): number => {
  const state = store.getState(as)
  state.update((state.value() ?? 0) + 1)
  return state.value()!
}
const countingFirings = (merging: boolean) => ({
  process(key: string, context: ProcessWindowFunction.Context<Window>, elements: Iterable<unknown>, out: Collector<unknown>): void {
    const counts = [counted(context.globalState(), FIRINGS), ...(merging ? [] : [counted(context.windowState(), OF_WINDOW)])]
    out.collect({ key, value: [...counts, ...[...elements].map((element) => (element as Element).value)], window: windowJson(context.window()) })
  },
  clear(context: ProcessWindowFunction.Context<Window>): void {
    if (!merging) context.windowState().getState(OF_WINDOW).clear()
  },
})
const first = (elements: Iterable<unknown>): unknown => [...elements][0]

/** What a program says with `reduce`, `aggregate` and `process`. */
function operatorOf(given: Given) {
  const assigner = assignerOf(given.assigner)
  const builder = new WindowOperatorBuilder<Element, Window>(assigner as WindowAssigner<Element, Window>)
  if (given.trigger.type !== 'default') builder.trigger(triggerOf(given.trigger, assigner))
  if (given.evictor !== null) builder.evictor(evictorOf(given.evictor))
  builder.allowedLateness(toNumber(given.allowedLateness))
  if (given.lateOutput) builder.sideOutputLateData(new OutputTag<Element>('late'))
  switch (given.function) {
    case 'sum':
      return builder.operator('reduceProcess', {
        reduce: (a: Element, b: Element): Element => ({ key: a.key, value: a.value + b.value }),
        windowFunction: emitting((elements) => (first(elements) as Element | null)?.value ?? null),
      })
    case 'count':
      return builder.operator('aggregateProcess', {
        aggregate: {
          createAccumulator: () => 0,
          add: (_element: Element, count: number) => count + 1,
          getResult: (count: number) => count,
          merge: (a: number, b: number) => a + b,
        },
        windowFunction: emitting(first),
      })
    case 'list':
      return builder.operator('process', { windowFunction: emitting((elements) => [...elements].map((element) => (element as Element).value)) })
    case 'states':
      return builder.operator('process', { windowFunction: countingFirings(given.assigner.type === 'session' || given.assigner.type === 'dynamicSession') })
    default:
      throw new IllegalArgumentException(given.function)
  }
}

interface ResultJson {
  readonly record: { readonly key: string; readonly window: 'global' | readonly [LongJson, LongJson] }
  readonly timestamp: LongJson
}

const json = (emitted: Emitted): unknown => {
  switch (emitted.kind) {
    case 'watermark':
      return { watermark: fromNumber(emitted.time) }
    case 'record':
      return { record: emitted.value, timestamp: fromNumber(emitted.timestamp) }
    case 'side':
      return { late: emitted.value, timestamp: hasTimestamp(emitted.timestamp) ? fromNumber(emitted.timestamp) : null }
    case 'status':
      return emitted
  }
}

/** The order of results that came of timers of one time. */
export function byTimestampKeyWindow(a: unknown, b: unknown): number {
  const order = (x: ResultJson): readonly (number | string)[] => {
    const { key, window } = x.record
    const bounds = window === 'global' ? [0, 0] : window.map(toNumber)
    return [toNumber(x.timestamp), key, ...bounds]
  }
  const left = order(a as ResultJson)
  const right = order(b as ResultJson)
  for (let i = 0; i < left.length; i++) {
    if (left[i]! < right[i]!) return -1
    if (left[i]! > right[i]!) return 1
  }
  return 0
}

export const windowOperator = family<Given, { readonly steps?: readonly StepJson[] }>(
  'window-operator',
  (given, expect) =>
    orError<unknown>(
      () => {
        // As in a program: the operator, too, is refused when it is built.
        operatorOf(given)
        const harness = new OperatorHarness((context) => new WindowOperator(context), {
          params: operatorOf(given).operator.params,
          functions: () => operatorOf(given).functions,
          keySelectors: [(value) => (value as Element).key],
        })
        harness.open()
        const steps: unknown[] = []
        for (const [index, step] of given.steps.entries()) {
          const result = orError<unknown>(
            () => {
              perform(harness, step)
              const out = harness.take().map(json)
              const { ties } = expect.steps?.[index] ?? {}
              for (const [from, to] of ties ?? []) out.splice(from, to - from, ...out.slice(from, to).sort(byTimestampKeyWindow))
              const { operator } = harness
              return {
                out,
                ...(ties === undefined ? {} : { ties }),
                eventTimers: operator.eventTimers,
                processingTimers: operator.processingTimers,
                lateDropped: operator.lateRecordsDropped,
                stateEntries: operator.backend.size,
              }
            },
            (error) => ({ error }),
          )
          steps.push(result)
          if ('error' in (result as object)) break
        }
        return { steps }
      },
      (error) => ({ error }),
    ),
  beyondDoubles,
  nameless,
)

function perform(harness: OperatorHarness<WindowOperator>, step: Step): void {
  switch (step[0]) {
    case 'record':
      return harness.element({ key: step[1], value: step[2] }, step[3] === null ? null : toNumber(step[3]))
    case 'watermark':
      return harness.operator.processWatermark(toNumber(step[1]), 0)
    case 'processingTime':
      return harness.clock.set(toNumber(step[1]))
    case 'snapshotAndRestore':
      return harness.restore()
  }
}
