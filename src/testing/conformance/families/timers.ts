import { KeyedProcessOperator } from '../../../runtime/operators/process'
import { OperatorHarness } from '../../harness/OperatorHarness'
import type { Emitted } from '../../harness/OperatorHarness'
import type { Collector } from '../../../streaming/functions/Collector'
import type { KeyedProcessFunction } from '../../../streaming/functions/KeyedProcessFunction'
import { AbstractRichFunction } from '../../../streaming/functions/rich'
import { ValueStateDescriptor } from '../../../streaming/state'
import type { ValueState } from '../../../streaming/state'
import { hasTimestamp } from '../../../core/time'
import { family } from '../family'
import { beyondDoubles, fromNumber, toNumber } from '../long'
import type { LongJson } from '../long'

type Action =
  | readonly ['registerEventTimer' | 'registerProcessingTimer' | 'deleteEventTimer' | 'deleteProcessingTimer', LongJson]
  | readonly ['addState', number]
  | readonly ['clearState']
  | readonly ['emitState']
type Step =
  | readonly ['record', string, readonly Action[], LongJson | null]
  | readonly ['watermark', LongJson]
  | readonly ['processingTime', LongJson]
  | readonly ['snapshotAndRestore']
interface OnTimer {
  readonly from: LongJson
  readonly until: LongJson
  readonly actions: readonly Action[]
}
interface Given {
  readonly onTimer: OnTimer | null
  readonly steps: readonly Step[]
  readonly exactTies?: boolean
}
interface StepJson {
  readonly ties?: readonly (readonly [number, number])[]
}
interface Record {
  readonly key: string
  readonly actions: readonly Action[]
}

class Scripted extends AbstractRichFunction implements Partial<KeyedProcessFunction<string, Record, unknown>> {
  private state!: ValueState<number>
  constructor(private readonly script: OnTimer | null) {
    super()
  }
  override open(): void {
    this.state = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('state'))
  }
  processElement(record: Record, ctx: KeyedProcessFunction.Context<string>, out: Collector<unknown>): void {
    this.act(record.actions, 0, ctx, out)
  }
  onTimer(time: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<unknown>): void {
    const service = ctx.timerService()
    out.collect({
      timer: {
        time: fromNumber(time),
        domain: ctx.timeDomain() === 'EVENT_TIME' ? 'event' : 'processing',
        key: ctx.getCurrentKey(),
        watermark: fromNumber(service.currentWatermark()),
        processingTime: fromNumber(service.currentProcessingTime()),
        state: this.state.value(),
      },
    })
    const { script } = this
    if (script !== null && toNumber(script.from) <= time && time < toNumber(script.until)) this.act(script.actions, time, ctx, out)
  }
  private act(actions: readonly Action[], base: number, ctx: KeyedProcessFunction.Context<string>, out: Collector<unknown>): void {
    const service = ctx.timerService()
    for (const action of actions) {
      switch (action[0]) {
        case 'registerEventTimer':
          service.registerEventTimeTimer(base + toNumber(action[1]))
          break
        case 'registerProcessingTimer':
          service.registerProcessingTimeTimer(base + toNumber(action[1]))
          break
        case 'deleteEventTimer':
          service.deleteEventTimeTimer(base + toNumber(action[1]))
          break
        case 'deleteProcessingTimer':
          service.deleteProcessingTimeTimer(base + toNumber(action[1]))
          break
        case 'addState':
          this.state.update((this.state.value() ?? 0) + action[1])
          break
        case 'clearState':
          this.state.clear()
          break
        case 'emitState':
          out.collect({
            state: {
              key: ctx.getCurrentKey(),
              value: this.state.value(),
              watermark: fromNumber(service.currentWatermark()),
              processingTime: fromNumber(service.currentProcessingTime()),
            },
          })
      }
    }
  }
}

const json = (emitted: Emitted): unknown => {
  if (emitted.kind === 'watermark') return { watermark: fromNumber(emitted.time) }
  if (emitted.kind !== 'record') return emitted
  return { ...(emitted.value as object), timestamp: hasTimestamp(emitted.timestamp) ? fromNumber(emitted.timestamp) : null }
}

/** Blocks of a timer line and what its own actions emitted, sorted by key. */
function sortTies(out: unknown[], ties: readonly (readonly [number, number])[]): unknown[] {
  const sorted = [...out]
  for (const [from, to] of ties) {
    const blocks: { readonly key: string; readonly lines: unknown[] }[] = []
    for (const line of out.slice(from, to)) {
      const { timer } = line as { timer?: { key: string } }
      if (timer !== undefined) blocks.push({ key: timer.key, lines: [line] })
      else blocks.at(-1)?.lines.push(line)
    }
    blocks.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    const lines = blocks.flatMap((block) => block.lines)
    sorted.splice(from, lines.length, ...lines)
  }
  return sorted
}

export const timers = family<Given, { readonly steps: readonly StepJson[] }>(
  'timers',
  ({ onTimer, steps }, expect) => {
    const harness = new OperatorHarness((context) => new KeyedProcessOperator(context), {
      functions: () => ({ function: new Scripted(onTimer) }),
      keySelectors: [(value) => (value as Record).key],
    })
    harness.open()
    return {
      steps: steps.map((step, index) => {
        switch (step[0]) {
          case 'record':
            harness.element({ key: step[1], actions: step[2] }, step[3] === null ? null : toNumber(step[3]))
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
        const { ties } = expect.steps[index] ?? {}
        const out = harness.take().map(json)
        return {
          out: ties === undefined ? out : sortTies(out, ties),
          eventTimers: harness.operator.eventTimers,
          processingTimers: harness.operator.processingTimers,
          stateEntries: harness.operator.backend.size,
          ...(ties === undefined ? {} : { ties }),
        }
      }),
    }
  },
  beyondDoubles,
)
