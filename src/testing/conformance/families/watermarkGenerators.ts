import { hasTimestamp, LONG_MIN, NO_TIMESTAMP } from '../../../core/time'
import type { Output } from '../../../runtime/operators/types'
import { TimestampsAndWatermarksOperator } from '../../../runtime/operators/timestampsAndWatermarks'
import { PausableRelativeClock } from '../../../runtime/time/PausableRelativeClock'
import { ProgressiveTimestampsAndWatermarks } from '../../../runtime/time/ProgressiveTimestampsAndWatermarks'
import { WatermarkOutputMultiplexer } from '../../../runtime/time/WatermarkOutputMultiplexer'
import { Watermark, WatermarkStrategy } from '../../../streaming/watermark'
import type { WatermarkGenerator } from '../../../streaming/watermark'
import { HandClock, NO_TRACE, OperatorHarness } from '../../harness/OperatorHarness'
import type { Emitted } from '../../harness/OperatorHarness'
import { family, orError, nameless } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

interface StrategyJson {
  readonly generator:
    | { readonly type: 'monotonous' | 'none' | 'punctuated' | 'scripted' }
    | { readonly type: 'boundedOutOfOrderness'; readonly delay: LongJson }
  readonly idleness: LongJson | null
  readonly assigner: 'element' | 'record' | 'recordElseElement'
}
type OperatorStep =
  | readonly ['record', string, LongJson, LongJson | null]
  | readonly ['processingTime', LongJson]
  | readonly ['watermark', LongJson]
  | readonly ['status', 'idle' | 'active']
  | readonly ['backPressure', boolean]
  | readonly ['finish']
type SplitStep =
  | readonly ['addSplit' | 'removeSplit' | 'pauseSplit' | 'resumeSplit', string]
  | readonly ['record', string | null, string, LongJson, LongJson | null]
  | readonly ['emitWatermark', string | null, LongJson]
  | readonly ['markIdle' | 'markActive', string | null]
  | readonly ['processingTime', LongJson]
  | readonly ['tick']
type MultiplexerStep =
  | readonly ['register' | 'unregister', string]
  | readonly ['watermark', string, 'immediate' | 'deferred', LongJson]
  | readonly ['idle' | 'active', string, 'immediate' | 'deferred']
  | readonly ['periodic']
interface Timed {
  readonly strategy: StrategyJson
  readonly autoWatermarkInterval: number
  readonly startTime: LongJson
}
type Given =
  | (Timed & { readonly kind: 'operator'; readonly progressive: boolean; readonly steps?: readonly OperatorStep[] })
  | (Timed & { readonly kind: 'split-watermarks'; readonly steps?: readonly SplitStep[] })
  | { readonly kind: 'multiplexer'; readonly steps: readonly MultiplexerStep[] }
interface Element {
  readonly value: string
  readonly ts: number
}

const punctuated = (): WatermarkGenerator<Element> => ({
  onEvent: (event, timestamp, output) => {
    if (event.value.endsWith('*')) output.emitWatermark(new Watermark(timestamp))
  },
  onPeriodicEmit: () => undefined,
})
const scripted = (): WatermarkGenerator<Element> => ({
  onEvent: (event, timestamp, output) => {
    if (event.value === 'wm') output.emitWatermark(new Watermark(timestamp))
    else if (event.value === 'idle') output.markIdle()
    else if (event.value === 'active') output.markActive()
  },
  onPeriodicEmit: () => undefined,
})

function strategyOf(json: StrategyJson): WatermarkStrategy<Element> {
  const base = (): WatermarkStrategy<Element> => {
    switch (json.generator.type) {
      case 'monotonous':
        return WatermarkStrategy.forMonotonousTimestamps()
      case 'boundedOutOfOrderness':
        return WatermarkStrategy.forBoundedOutOfOrderness(toNumber(json.generator.delay))
      case 'none':
        return WatermarkStrategy.noWatermarks()
      case 'punctuated':
        return WatermarkStrategy.forGenerator(punctuated)
      case 'scripted':
        return WatermarkStrategy.forGenerator({ createWatermarkGenerator: scripted })
    }
  }
  const idle = json.idleness === null ? base() : base().withIdleness(toNumber(json.idleness))
  switch (json.assigner) {
    case 'element':
      return idle.withTimestampAssigner((element) => element.ts)
    case 'record':
      return idle
    case 'recordElseElement':
      return idle.withTimestampAssigner({ extractTimestamp: (element, previous) => (previous === LONG_MIN ? element.ts : previous) })
  }
}

const json = (emitted: Emitted): unknown => {
  switch (emitted.kind) {
    case 'record':
      return ['record', (emitted.value as Element).value, hasTimestamp(emitted.timestamp) ? fromNumber(emitted.timestamp) : null]
    case 'watermark':
      return ['watermark', fromNumber(emitted.time)]
    case 'status':
      return ['status', emitted.idle ? 'idle' : 'active']
    case 'side':
      return emitted
  }
}
const timestampOf = (own: LongJson | null): number => (own === null ? NO_TIMESTAMP : toNumber(own))
const element = (value: string, ts: LongJson): Element => ({ value, ts: toNumber(ts) })

function runOperator(given: Given & { kind: 'operator' }): unknown {
  const built = orError<WatermarkStrategy<Element> | { readonly error: string; readonly at: string }>(
    () => strategyOf(given.strategy),
    (error) => ({ error, at: 'strategy' }),
  )
  if (!(built instanceof WatermarkStrategy)) return built
  const harness: OperatorHarness<TimestampsAndWatermarksOperator> = new OperatorHarness((context) => new TimestampsAndWatermarksOperator(context), {
    params: { progressive: given.progressive },
    functions: () => ({ strategy: built }),
    configuration: { 'pipeline.auto-watermark-interval': String(given.autoWatermarkInterval) },
    startTime: toNumber(given.startTime),
    activityTime: () => activity.relativeTimeMillis(),
  })
  const activity = new PausableRelativeClock(() => harness.clock.now)
  const refused = orError<unknown>(
    () => harness.open(),
    (error) => ({ error, at: 'open' }),
  )
  if (refused !== undefined) return refused
  const steps = (given.steps ?? []).map((step) => {
    switch (step[0]) {
      case 'record':
        harness.operator.processElement(element(step[1], step[2]), timestampOf(step[3]))
        break
      case 'processingTime':
        harness.clock.set(toNumber(step[1]))
        break
      case 'watermark':
        harness.operator.processWatermark(toNumber(step[1]))
        break
      case 'status':
        harness.operator.processStatus()
        break
      case 'backPressure':
        if (step[1]) activity.pause()
        else activity.unPause()
        break
      case 'finish':
        harness.operator.finish()
    }
    return harness.take().map(json)
  })
  return { steps }
}

function runSplits(given: Given & { kind: 'split-watermarks' }): unknown {
  let out: unknown[] = []
  const output: Output = {
    collect: (value, timestamp) => out.push(json({ kind: 'record', value, timestamp })),
    collectTo: () => undefined,
    emitWatermark: (time) => out.push(json({ kind: 'watermark', time })),
    emitStatus: (idle) => out.push(json({ kind: 'status', idle })),
  }
  const clock = new HandClock(toNumber(given.startTime))
  const activity = new PausableRelativeClock(() => clock.now)
  const source = new ProgressiveTimestampsAndWatermarks(strategyOf(given.strategy), output, NO_TRACE, activity)
  const schedule = (): void => {
    clock.scheduleAt(clock.now + given.autoWatermarkInterval, () => {
      source.emitPeriodicWatermark()
      schedule()
    })
  }
  if (given.autoWatermarkInterval > 0) schedule()
  const outputOf = (split: string | null) => (split === null ? source.mainOutput : source.createOutputForSplit(split))
  const steps = (given.steps ?? []).map((step) => {
    out = []
    switch (step[0]) {
      case 'addSplit':
        source.createOutputForSplit(step[1])
        break
      case 'removeSplit':
        source.releaseOutputForSplit(step[1])
        break
      case 'pauseSplit':
        source.pauseSplit(step[1])
        break
      case 'resumeSplit':
        source.resumeSplit(step[1])
        break
      case 'record':
        outputOf(step[1]).collect(element(step[2], step[3]), timestampOf(step[4]))
        break
      case 'emitWatermark':
        outputOf(step[1]).emitWatermark(new Watermark(toNumber(step[2])))
        break
      case 'markIdle':
        outputOf(step[1]).markIdle()
        break
      case 'markActive':
        outputOf(step[1]).markActive()
        break
      case 'processingTime':
        clock.set(toNumber(step[1]))
        break
      case 'tick':
        source.emitPeriodicWatermark()
    }
    return out
  })
  return { steps }
}

function runMultiplexer(given: Given & { kind: 'multiplexer' }): unknown {
  let out: unknown[] = []
  const multiplexer = new WatermarkOutputMultiplexer({
    emitWatermark: (watermark) => out.push(['watermark', fromNumber(watermark.getTimestamp())]),
    markIdle: () => out.push(['idle']),
    markActive: () => out.push(['active']),
  })
  const outputOf = (id: string, which: 'immediate' | 'deferred') =>
    which === 'immediate' ? multiplexer.getImmediateOutput(id) : multiplexer.getDeferredOutput(id)
  const steps = given.steps.map((step) => {
    out = []
    switch (step[0]) {
      case 'register':
        multiplexer.registerNewOutput(step[1])
        break
      case 'unregister':
        multiplexer.unregisterOutput(step[1])
        break
      case 'watermark':
        outputOf(step[1], step[2]).emitWatermark(new Watermark(toNumber(step[3])))
        break
      case 'idle':
        outputOf(step[1], step[2]).markIdle()
        break
      case 'active':
        outputOf(step[1], step[2]).markActive()
        break
      case 'periodic':
        multiplexer.onPeriodicEmit()
    }
    return out
  })
  return { steps }
}

export const watermarkGenerators = family<Given>(
  'watermark-generators',
  (given) => {
    switch (given.kind) {
      case 'operator':
        return runOperator(given)
      case 'split-watermarks':
        return runSplits(given)
      case 'multiplexer':
        return runMultiplexer(given)
    }
  },
  beyondDoubles,
  nameless,
)
