import { hasTimestamp, LONG_MAX, LONG_MIN } from '../../../core/time'
import { CoProcessOperator, KeyedCoProcessOperator } from '../../../runtime/operators/co'
import type { StreamOperator } from '../../../runtime/operators/types'
import { StatusWatermarkValve } from '../../../runtime/time/StatusWatermarkValve'
import type { Collector } from '../../../streaming/functions/Collector'
import { AbstractRichFunction } from '../../../streaming/functions/rich'
import type { TimerService } from '../../../streaming/functions/TimerService'
import { ValueStateDescriptor } from '../../../streaming/state'
import type { ValueState } from '../../../streaming/state'
import { OperatorHarness } from '../../harness/OperatorHarness'
import type { Emitted } from '../../harness/OperatorHarness'
import { family } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

type Status = 'idle' | 'active'
type OperatorStep =
  | readonly ['record', number, string, LongJson | null]
  | readonly ['watermark', number, LongJson]
  | readonly ['status', number, Status]
type KeyedStep =
  | readonly ['add', string, number, LongJson | null]
  | readonly ['timer', string, 'event' | 'processing' | 'deleteEvent' | 'deleteProcessing', LongJson, LongJson | null]
  | readonly ['watermark', number, LongJson]
  | readonly ['status', number, Status]
  | readonly ['processingTime', LongJson]
  | readonly ['snapshotAndRestore']
type TaskStep =
  | readonly ['record', number, number, string, LongJson | null]
  | readonly ['watermark', number, number, LongJson]
  | readonly ['status', number, number, Status]
type Given =
  | { readonly kind: 'operator'; readonly steps: readonly OperatorStep[] }
  | { readonly kind: 'keyed'; readonly steps: readonly KeyedStep[] }
  | { readonly kind: 'task'; readonly channels: readonly [number, number]; readonly steps: readonly TaskStep[] }

const shown = (time: number): string => (time === LONG_MAX ? 'MAX' : time === LONG_MIN ? 'MIN' : String(time))
const timestampOf = (json: LongJson | null): number | null => (json === null ? null : toNumber(json))

interface Context {
  timerService(): TimerService
  timeDomain(): string
  getCurrentKey(): string
}

const echo = {
  processElement1: (value: string, ctx: Context, out: Collector<string>) => out.collect(`1:${value}@${shown(ctx.timerService().currentWatermark())}`),
  processElement2: (value: string, ctx: Context, out: Collector<string>) => out.collect(`2:${value}@${shown(ctx.timerService().currentWatermark())}`),
}

type Add = readonly [string, number]
type SetTimer = readonly [string, string, number]

class Sum extends AbstractRichFunction {
  private sum!: ValueState<number>
  override open(): void {
    this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('sum'))
  }
  processElement1([key, n]: Add, ctx: Context, out: Collector<string>): void {
    const sum = (this.sum.value() ?? 0) + n
    this.sum.update(sum)
    out.collect(`${key}=${sum}@${shown(ctx.timerService().currentWatermark())}`)
  }
  processElement2([, what, time]: SetTimer, ctx: Context): void {
    const timers = ctx.timerService()
    if (what === 'event') timers.registerEventTimeTimer(time)
    else if (what === 'processing') timers.registerProcessingTimeTimer(time)
    else if (what === 'deleteEvent') timers.deleteEventTimeTimer(time)
    else timers.deleteProcessingTimeTimer(time)
  }
  onTimer(time: number, ctx: Context, out: Collector<string>): void {
    const domain = ctx.timeDomain() === 'EVENT_TIME' ? 'event' : 'processing'
    out.collect(`${domain} ${shown(time)} ${ctx.getCurrentKey()}=${this.sum.value()}@${shown(ctx.timerService().currentWatermark())}`)
    this.sum.clear()
  }
}

const json = (emitted: Emitted): unknown => {
  switch (emitted.kind) {
    case 'record':
      return ['record', emitted.value, hasTimestamp(emitted.timestamp) ? fromNumber(emitted.timestamp) : null]
    case 'watermark':
      return ['watermark', fromNumber(emitted.time)]
    case 'status':
      return ['status', emitted.idle ? 'idle' : 'active']
    case 'side':
      return emitted
  }
}

const echoHarness = (): OperatorHarness<CoProcessOperator> => {
  const harness = new OperatorHarness((context) => new CoProcessOperator(context), { functions: () => ({ function: echo }), keySelectors: [null, null] })
  harness.open()
  return harness
}

function runOperator(steps: readonly OperatorStep[]): unknown {
  const harness = echoHarness()
  return {
    steps: steps.map((step) => {
      const input = step[1] - 1
      if (step[0] === 'record') harness.element(step[2], timestampOf(step[3]), input)
      else if (step[0] === 'watermark') harness.operator.processWatermark(toNumber(step[2]), input)
      else harness.operator.processStatus(step[2] === 'idle', input)
      return harness.take().map(json)
    }),
  }
}

function runKeyed(steps: readonly KeyedStep[]): unknown {
  const keyOf = (value: unknown): unknown => (value as Add)[0]
  const harness = new OperatorHarness((context) => new KeyedCoProcessOperator(context), {
    functions: () => ({ function: new Sum() }),
    keySelectors: [keyOf, keyOf],
  })
  harness.open()
  return {
    steps: steps.map((step) => {
      switch (step[0]) {
        case 'add':
          harness.element([step[1], step[2]], timestampOf(step[3]), 0)
          break
        case 'timer':
          harness.element([step[1], step[2], toNumber(step[3])], timestampOf(step[4]), 1)
          break
        case 'watermark':
          harness.operator.processWatermark(toNumber(step[2]), step[1] - 1)
          break
        case 'status':
          harness.operator.processStatus(step[2] === 'idle', step[1] - 1)
          break
        case 'processingTime':
          harness.clock.set(toNumber(step[1]))
          break
        case 'snapshotAndRestore':
          harness.restore()
      }
      return harness.take().map(json)
    }),
  }
}

/** What a network output does with watermarks and statuses (T-18). */
function leavingTask(): (emitted: Emitted) => boolean {
  let idle = false
  return (emitted) => {
    if (emitted.kind === 'watermark') return !idle
    if (emitted.kind !== 'status') return true
    if (emitted.idle === idle) return false
    idle = emitted.idle
    return true
  }
}

function runTask(channels: readonly [number, number], steps: readonly TaskStep[]): unknown {
  const harness = echoHarness()
  const operator: StreamOperator = harness.operator
  const valves = channels.map(
    (count, input) =>
      new StatusWatermarkValve(count, {
        emitWatermark: (watermark) => operator.processWatermark(watermark, input),
        emitStatus: (idle) => operator.processStatus(idle, input),
      }),
  )
  const leaves = leavingTask()
  return {
    steps: steps.map((step) => {
      const valve = valves[step[1] - 1]!
      if (step[0] === 'record') harness.element(step[3], timestampOf(step[4]), step[1] - 1)
      else if (step[0] === 'watermark') valve.inputWatermark(step[2], toNumber(step[3]))
      else valve.inputStatus(step[2], step[3] === 'idle')
      return harness.take().filter(leaves).map(json)
    }),
  }
}

export const twoInputWatermarks = family<Given>(
  'two-input-watermarks',
  (given) => {
    switch (given.kind) {
      case 'operator':
        return runOperator(given.steps)
      case 'keyed':
        return runKeyed(given.steps)
      case 'task':
        return runTask(given.channels, given.steps)
    }
  },
  beyondDoubles,
)
