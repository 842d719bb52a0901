import { describe, expect, it } from 'vitest'
import type { Collector } from '../../streaming/functions/Collector'
import { OutputTag } from '../../streaming/functions/OutputTag'
import type { ProcessFunction } from '../../streaming/functions/ProcessFunction'
import type { RuntimeContext } from '../../streaming/functions/RuntimeContext'
import { ListStateDescriptor, ValueStateDescriptor } from '../../streaming/state'
import type { ValueState } from '../../streaming/state'
import { BoundedOutOfOrdernessTimestampExtractor, Watermark } from '../../streaming/watermark'
import { CountEvictor, CountTrigger, EventTimeSessionWindows, GlobalWindows, TumblingEventTimeWindows } from '../../streaming/windowing'
import { play } from '../../testing/harness/notation'
import { OperatorHarness } from '../../testing/harness/OperatorHarness'
import type { HarnessSettings } from '../../testing/harness/OperatorHarness'
import { recordingTrace } from '../../testing/harness/recordingTrace'
import { operatorFactory } from '.'
import type { StreamOperator } from './types'

/** The key of a record is its first letter. */
const byLetter = [(value: unknown): unknown => (value as string)[0]]

function harness(
  kind: string,
  functions: Record<string, unknown>,
  settings: Partial<HarnessSettings> = {},
): OperatorHarness<StreamOperator> {
  const result = new OperatorHarness<StreamOperator>(operatorFactory(kind)!, {
    keySelectors: byLetter,
    ...settings,
    functions: () => functions,
  })
  result.open()
  return result
}

describe('operators', () => {
  it('answer each record with its timestamp, and hand watermarks and statuses on', () => {
    const upper = harness('map', { function: (value: string) => value.toUpperCase() })
    expect(play(upper, 'a@1 W(1) b idle active')).toBe('A@1 W(1) B idle active')
    const letters = harness('flatMap', { function: (value: string) => value.split('').filter((letter) => letter !== 'x') })
    expect(play(letters, 'axb@3 x@4 ab@5')).toBe('a@3 b@3 a@5 b@5')
    const filtered = harness('filter', { function: { filter: (value: string) => value > 'b' } })
    expect(play(filtered, 'a@1 b@2 c@3')).toBe('c@3')
  })

  it('fold the values of a key as they come', () => {
    const joined = harness('keyedReduce', { function: (a: string, b: string) => a + b.slice(1) })
    expect(play(joined, 'a1@5 b1@6 a2@3 W(9) a3@8')).toBe('a1@5 b1@6 a12@3 W(9) a123@8')
  })

  it('let a process function write to side outputs, but set no timers without keys', () => {
    const late = new OutputTag<string>('late')
    const process = harness('process', {
      function: {
        processElement(value: string, ctx: ProcessFunction.Context, out: Collector<string>) {
          if (ctx.timestamp()! <= ctx.timerService().currentWatermark()) ctx.output(late, value)
          else out.collect(value)
          if (value === 't') ctx.timerService().registerEventTimeTimer(1)
        },
      },
    })
    expect(play(process, 'a@4 W(5) b@5 c@6')).toBe('a@4 W(5) late!b@5 c@6')
    expect(() => play(process, 't@9')).toThrow('Setting timers is only supported on a keyed streams.')
  })

  it('keep state for each key alone; a function that extends nothing finds its context, too', () => {
    const fn = {
      count: null as unknown as ValueState<number>,
      getRuntimeContext: undefined as unknown as () => RuntimeContext,
      open() {
        this.count = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('count'))
      },
      processElement(value: string, _ctx: unknown, out: Collector<string>) {
        this.count.update((this.count.value() ?? 0) + 1)
        out.collect(`${value}${this.count.value()}`)
      },
    }
    expect(play(harness('keyedProcess', { function: fn }), 'a@1 b@2 a@3')).toBe('a1@1 b1@2 a2@3')
  })

  it('refuse what is no key, no state and no value', () => {
    const keyed = (key: unknown) => harness('keyedReduce', { function: (a: unknown) => a }, { keySelectors: [() => key] })
    expect(() => play(keyed(['a']), 'a')).toThrow('cannot be used as key')
    expect(() => play(keyed(null), 'a')).toThrow('Assigned key must not be null!')
    const stateless = { open: () => undefined, map: (value: string) => value }
    const opening = (map: object) => () => harness('map', { function: map }, { keySelectors: [null] })
    expect(opening(stateless)).not.toThrow()
    class Stateful {
      context!: RuntimeContext
      setRuntimeContext(context: RuntimeContext) {
        this.context = context
      }
      open() {
        this.context.getListState(new ListStateDescriptor<string>('list'))
      }
      map(value: string) {
        return value
      }
    }
    expect(opening(new Stateful())).toThrow("Keyed state 'list' with type LIST can only be used on a 'keyed stream'")
  })

  it('make watermarks with the assigners of old, which do not take 1 ms more', () => {
    class ByLength extends BoundedOutOfOrdernessTimestampExtractor<string> {
      extractTimestamp(element: string): number {
        return element.length
      }
    }
    expect(play(harness('timestampsAndWatermarks', { strategy: new ByLength(2) }), 'aaaaa P(200) aa aaaaaa P(400) P(600)')).toBe(
      'aaaaa@5 W(3) aa@2 aaaaaa@6 W(4)',
    )
    const punctuated = {
      extractTimestamp: (element: string) => element.length,
      checkAndGetNextWatermark: (element: string, timestamp: number) => (element.startsWith('w') ? new Watermark(timestamp) : null),
    }
    expect(play(harness('timestampsAndWatermarks', { strategy: punctuated }), 'aaa ww P(200) W(9) W(MAX)')).toBe('aaa@3 ww@2 W(2) W(MAX)')
  })

  it('tell the trace what becomes of a window', () => {
    const { trace, take } = recordingTrace()
    const window = harness(
      'window',
      { assigner: TumblingEventTimeWindows.of(10), reduce: (a: string, b: string) => a + b.slice(1) },
      { params: { allowedLateness: 5, function: 'reduce' }, trace },
    )
    expect(play(window, 'a1@1 a2@9 W(9) a3@4 W(14) a4@2')).toBe('a12@9 W(9) a123@9 W(14)')
    expect(take()).toEqual([
      'windowOpened 0 0 0 10 false',
      'windowElement 0 1',
      'stateUpdated 0 0 window-contents a1 false',
      'timer registered 0 false 0 9',
      'timer registered 0 false 0 14',
      'windowElement 0 9',
      'stateUpdated 0 0 window-contents a12 false',
      'timer fired 0 false 0 9',
      'windowTrigger 0 1 1',
      'windowFired 0 -1 9',
      'recordsMade 0',
      'windowElement 0 4',
      'stateUpdated 0 0 window-contents a123 false',
      'windowTrigger 0 1 0',
      'windowFired 0 -1 9',
      'recordsMade 0',
      'timer fired 0 false 0 14',
      'stateUpdated 0 0 window-contents null true',
      'windowCleared 0',
      'lateDropped 0 2 14',
    ])
  })

  it('tell the trace of sessions that grow together', () => {
    const { trace, take } = recordingTrace()
    const window = harness(
      'window',
      {
        assigner: EventTimeSessionWindows.withGap(10),
        windowFunction: (_key: string, _window: unknown, all: Iterable<string>, out: Collector<string>) => out.collect([...all].join('+')),
      },
      { params: { allowedLateness: 0, function: 'apply' }, trace },
    )
    // Java's HashSet walks [15, 25) first, so its contents come first (W-13).
    expect(play(window, 'a1@0 a2@15 a3@8 W(MAX)')).toBe('a2+a1+a3@24 W(MAX)')
    expect(take().filter((line) => line.startsWith('window'))).toEqual([
      'windowOpened 0 0 0 10 false',
      'windowElement 0 0',
      'windowOpened 1 0 15 25 false',
      'windowElement 1 15',
      'windowMerged 0 1 0 25',
      'windowElement 0 8',
      'windowTrigger 0 1 1',
      'windowFired 0 3 9223372036854775807',
      'windowCleared 0',
    ])
  })

  it('tell the trace of a session that grows: at its end, at its beginning, not at all', () => {
    const { trace, take } = recordingTrace()
    const assigner = EventTimeSessionWindows.withGap(10)
    const window = harness('window', { assigner, reduce: (a: string, b: string) => a + b }, { params: { function: 'reduce' }, trace })
    expect(play(window, 'a1@0 a2@4 a3@-3 a4@1 W(13)')).toBe('a1a2a3a4@13 W(13)')
    expect(take().filter((line) => /window|timer/.test(line))).toEqual([
      'windowOpened 0 0 0 10 false',
      'windowElement 0 0',
      'stateUpdated 0 0 window-contents a1 false',
      'timer registered 0 false 0 9',
      'windowMerged 0 0 0 14',
      'timer registered 0 false 0 13',
      'timer deleted 0 false 0 9',
      'windowElement 0 4',
      'stateUpdated 0 0 window-contents a1a2 false',
      // The same time, but another window to Flink: its timer comes before the old one goes.
      'windowMerged 0 0 -3 14',
      'timer registered 0 false 0 13',
      'timer deleted 0 false 0 13',
      'windowElement 0 -3',
      'stateUpdated 0 0 window-contents a1a2a3 false',
      'windowElement 0 1',
      'stateUpdated 0 0 window-contents a1a2a3a4 false',
      'timer fired 0 false 0 13',
      'windowTrigger 0 1 1',
      'windowFired 0 -1 13',
      'stateUpdated 0 0 window-contents null true',
      'windowCleared 0',
    ])
  })

  it('tell the trace what a trigger counts, also over a merge, and what an evictor takes out', () => {
    const { trace, take } = recordingTrace()
    const all = (_key: string, _window: unknown, elements: Iterable<string>, out: Collector<string>) => out.collect([...elements].join('+'))
    const sessions = harness(
      'window',
      { assigner: EventTimeSessionWindows.withGap(10), trigger: CountTrigger.of(3), windowFunction: all },
      { params: { function: 'apply' }, trace },
    )
    play(sessions, 'a1@0 a2@4')
    expect(take().filter((line) => line.startsWith('stateUpdated'))).toEqual([
      'stateUpdated 0 0 count 1 false',
      'stateUpdated 0 0 count 2 false',
    ])
    const global = harness(
      'window',
      { assigner: GlobalWindows.create(), trigger: CountTrigger.of(2), evictor: CountEvictor.of(1), windowFunction: all },
      { params: { function: 'apply' }, trace },
    )
    expect(play(global, 'a1@0 a2@4')).toMatch(/^a2@/)
    expect(take().filter((line) => /windowEvicted|windowFired/.test(line))).toEqual([
      'windowEvicted 0 [0, 0] 0',
      'windowFired 0 1 -9223372036854775808',
    ])
  })
})
