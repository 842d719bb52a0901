import { hasTimestamp } from '../../../core/time'
import { IntervalJoinOperator } from '../../../runtime/operators/intervalJoin'
import { WindowOperator } from '../../../runtime/operators/window/WindowOperator'
import type { Collector } from '../../../streaming/functions/Collector'
import { CoGroupWindowFunction, joinAsCoGroup, tagger, unionKeySelector } from '../../../streaming/operators/coGroup'
import { WindowOperatorBuilder } from '../../../streaming/operators/windowOperator'
import {
  CountEvictor,
  CountTrigger,
  EventTimeSessionWindows,
  PurgingTrigger,
  SlidingEventTimeWindows,
  TumblingEventTimeWindows,
  TumblingProcessingTimeWindows,
} from '../../../streaming/windowing'
import type { Trigger, Window, WindowAssigner } from '../../../streaming/windowing'
import { OperatorHarness } from '../../harness/OperatorHarness'
import type { Emitted } from '../../harness/OperatorHarness'
import { family, nameless, orError } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

type ElementStep = readonly ['left' | 'right', string, string, LongJson | null]
type IntervalStep =
  | ElementStep
  | readonly ['watermark' | 'watermarkLeft' | 'watermarkRight', LongJson]
  | readonly ['statusLeft' | 'statusRight', 'idle' | 'active']
  | readonly ['snapshotAndRestore']
type WindowStep = ElementStep | readonly ['watermark' | 'processingTime', LongJson] | readonly ['snapshotAndRestore']
interface Interval {
  readonly kind: 'interval'
  readonly lower: LongJson
  readonly lowerInclusive: boolean
  readonly upper: LongJson
  readonly upperInclusive: boolean
  readonly lateOutputs: boolean
  readonly steps?: readonly IntervalStep[]
}
interface WindowJson {
  readonly type: 'tumbling' | 'sliding' | 'session' | 'tumblingProcessing'
  readonly size: LongJson
  readonly slide: LongJson
  readonly offset: LongJson
  readonly gap: LongJson
}
interface Windowed {
  readonly kind: 'windowJoin' | 'coGroup'
  readonly window: WindowJson
  readonly allowedLateness: LongJson
  readonly trigger: { readonly count: number; readonly purging: boolean } | null
  readonly evictor: { readonly count: number; readonly after: boolean } | null
  readonly steps: readonly WindowStep[]
}
type Given = (Interval | Windowed) & { readonly big?: boolean }

interface Element {
  readonly key: string
  readonly value: string
}
const keyOf = (value: unknown): unknown => (value as Element).key
const timestampOf = (json: LongJson | null): number | null => (json === null ? null : toNumber(json))
const at = (timestamp: number): LongJson | null => (hasTimestamp(timestamp) ? fromNumber(timestamp) : null)

/** For the results of one element: the other side's time. */
interface Joined {
  readonly left: readonly [string, number]
  readonly right: readonly [string, number]
}

const joining = {
  processElement(
    left: Element,
    right: Element,
    ctx: { getLeftTimestamp(): number; getRightTimestamp(): number },
    out: Collector<Joined>,
  ): void {
    out.collect({ left: [left.value, ctx.getLeftTimestamp()], right: [right.value, ctx.getRightTimestamp()] })
  },
}

function runInterval(given: Interval): unknown {
  const harness = new OperatorHarness((context) => new IntervalJoinOperator(context), {
    params: {
      lower: toNumber(given.lower),
      upper: toNumber(given.upper),
      lowerInclusive: given.lowerInclusive,
      upperInclusive: given.upperInclusive,
      ...(given.lateOutputs ? { leftLateTag: 'left', rightLateTag: 'right' } : {}),
    },
    functions: () => ({ function: joining }),
    keySelectors: [keyOf, keyOf],
  })
  harness.open()
  const steps: unknown[] = []
  for (const step of given.steps ?? []) {
    const result = orError<unknown>(
      () => {
        performInterval(harness, step)
        const { operator } = harness
        return { out: intervalOut(harness.take(), step[0]), left: operator.buffered('left'), right: operator.buffered('right'), timers: operator.eventTimers }
      },
      (error) => ({ error }),
    )
    steps.push(result)
    if ('error' in (result as object)) break
  }
  return { steps }
}

function performInterval(harness: OperatorHarness<IntervalJoinOperator>, step: IntervalStep): void {
  switch (step[0]) {
    case 'left':
    case 'right':
      return harness.element({ key: step[1], value: step[2] }, timestampOf(step[3]), step[0] === 'left' ? 0 : 1)
    case 'watermark':
      harness.operator.processWatermark(toNumber(step[1]), 0)
      return harness.operator.processWatermark(toNumber(step[1]), 1)
    case 'watermarkLeft':
    case 'watermarkRight':
      return harness.operator.processWatermark(toNumber(step[1]), step[0] === 'watermarkLeft' ? 0 : 1)
    case 'statusLeft':
    case 'statusRight':
      return harness.operator.processStatus(step[1] === 'idle', step[0] === 'statusLeft' ? 0 : 1)
    case 'snapshotAndRestore':
      return harness.restore()
  }
}

/** Results sorted by the partner's time, late records last. */
function intervalOut(emitted: readonly Emitted[], step: string): unknown[] {
  const partner = (joined: Joined): number => (step === 'left' ? joined.right : joined.left)[1]
  const records = emitted.filter((one) => one.kind === 'record').sort((a, b) => partner(a.value as Joined) - partner(b.value as Joined))
  const late = emitted.filter((one) => one.kind === 'side')
  const others = emitted.filter((one) => one.kind === 'watermark' || one.kind === 'status')
  return [
    ...records.map(({ value, timestamp }) => {
      const { left, right } = value as Joined
      return ['record', [left[0], fromNumber(left[1]), right[0], fromNumber(right[1])], at(timestamp)]
    }),
    ...others.map((one) => (one.kind === 'watermark' ? ['watermark', fromNumber(one.time)] : ['status', one.idle ? 'idle' : 'active'])),
    ...late.map(({ tag, value, timestamp }) => ['late', tag, (value as Element).value, at(timestamp)]),
  ]
}

function assignerOf(json: WindowJson): WindowAssigner<unknown, Window> {
  switch (json.type) {
    case 'tumbling':
      return TumblingEventTimeWindows.of(toNumber(json.size), toNumber(json.offset))
    case 'sliding':
      return SlidingEventTimeWindows.of(toNumber(json.size), toNumber(json.slide), toNumber(json.offset))
    case 'session':
      return EventTimeSessionWindows.withGap(toNumber(json.gap))
    case 'tumblingProcessing':
      return TumblingProcessingTimeWindows.of(toNumber(json.size), toNumber(json.offset))
  }
}

function runWindowed(given: Windowed): unknown {
  const operatorOf = () => {
    const builder = new WindowOperatorBuilder<unknown, Window>(assignerOf(given.window))
    if (given.trigger !== null) {
      const counting: Trigger<unknown, Window> = CountTrigger.of(given.trigger.count)
      builder.trigger(given.trigger.purging ? PurgingTrigger.of(counting) : counting)
    }
    if (given.evictor !== null) builder.evictor(CountEvictor.of(given.evictor.count, given.evictor.after))
    builder.allowedLateness(toNumber(given.allowedLateness))
    const fn =
      given.kind === 'windowJoin'
        ? joinAsCoGroup((left, right) => [(left as Element).key, (left as Element).value, (right as Element).value])
        : (first: Iterable<unknown>, second: Iterable<unknown>, out: Collector<unknown>): void => {
            const lefts = [...first] as Element[]
            const rights = [...second] as Element[]
            out.collect([(lefts[0] ?? rights[0])!.key, lefts.map(({ value }) => value), rights.map(({ value }) => value)])
          }
    return builder.operator('apply', { windowFunction: new CoGroupWindowFunction(fn, fn) })
  }
  const harness = new OperatorHarness((context) => new WindowOperator(context), {
    params: operatorOf().operator.params,
    functions: () => operatorOf().functions,
    keySelectors: [unionKeySelector(keyOf, keyOf) as (value: unknown) => unknown],
  })
  harness.open()
  return {
    steps: given.steps.map((step) => {
      switch (step[0]) {
        case 'left':
        case 'right':
          harness.element(tagger(step[0] === 'left' ? 1 : 2)({ key: step[1], value: step[2] }), timestampOf(step[3]))
          break
        case 'watermark':
          harness.operator.processWatermark(toNumber(step[1]), 0)
          break
        case 'processingTime':
          harness.clock.set(toNumber(step[1]))
          break
        case 'snapshotAndRestore':
          harness.restore()
      }
      const emitted = harness.take()
      const records = emitted.filter((one) => one.kind === 'record')
      if (step[0] === 'watermark' || step[0] === 'processingTime') {
        const key = (one: Emitted): string => ((one as { value: unknown }).value as readonly string[])[0]!
        records.sort((a, b) => a.timestamp - b.timestamp || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
      }
      return {
        out: [
          ...records.map(({ value, timestamp }) => ['record', value, at(timestamp)]),
          ...emitted.filter((one) => one.kind === 'watermark').map(({ time }) => ['watermark', fromNumber(time)]),
        ],
      }
    }),
  }
}

/** In which order Flink's hash map gave the results is told, but need not be kept. */
const withoutHeapOrder = (value: unknown): unknown => {
  const { steps } = value as { steps?: readonly Record<string, unknown>[] }
  if (steps === undefined) return nameless(value)
  return nameless({ steps: steps.map(({ heapOrder: _, ...step }) => step) })
}

export const joins = family<Given>(
  'joins',
  (given) =>
    orError<unknown>(
      () => (given.kind === 'interval' ? runInterval(given) : runWindowed(given)),
      (error) => ({ error }),
    ),
  (vector) => vector.given.big === true || beyondDoubles(vector),
  withoutHeapOrder,
)
