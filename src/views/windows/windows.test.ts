import { describe, expect, test } from 'vitest'
import { runJob } from '../../testing/runJob'
import { FoldRunner } from '../../trace/fold'
import { keyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { clockOf } from '../../trace/processingTime'
import { timeFold } from '../../trace/time/fold'
import type { TimeState, WindowTrack } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { extentOf, followed, inSight, offsetsOf, rowsOf, spread, timeAxis } from './layout'
import { besidesOf, lanesOf, paneOf, resultText, windowOperators, type Lane, type Pane } from './model'
import { pastLateness, settingsWords, stateWords, waitsFor } from './words'
import { say } from '../../i18n'

const en = (text: Parameters<typeof say>[0], args?: Parameters<typeof say>[2]) => say(text, 'en', args)

/** A job over rows `a@1 b@3` whose windows are `windows`, e.g. `.window(TumblingEventTimeWindows.of(10))`; results are `key: times of what it was given`. */
async function run(input: string, windows: string, more = '') {
  const program = `import * as flink from 'flink'
const { ${['Count', 'Time'].map((name) => `${name}Evictor`).join(', ')}, CountTrigger, PurgingTrigger, ContinuousEventTimeTrigger, GlobalWindows, EventTimeSessionWindows, SlidingEventTimeWindows, TumblingEventTimeWindows, TumblingProcessingTimeWindows, LogSource, OutputTag, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } = flink
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
env.fromSource(LogSource.topic('input').setBounded(), WatermarkStrategy.forMonotonousTimestamps(), 's').keyBy((row) => row.key)
  ${windows}
  ${more === '' ? ".apply((key, window, all, out) => out.collect(key + ': ' + [...all].map((row) => row.time).join(' ')))" : more}
  .sinkTo(new PrintSink())
env.execute('windows')`
  const { header, log } = await runJob(program, { input, every: 500, configuration: { 'parallelism.default': '1' } })
  return new Picture(header, log)
}

class Picture {
  readonly node
  readonly settings
  private readonly runner
  constructor(
    readonly header: TraceHeader,
    readonly log: TraceLog,
  ) {
    const [operator] = windowOperators(header)
    this.node = operator!.node.id
    this.settings = operator!.settings
    this.runner = new FoldRunner(timeFold, header, log)
  }
  at(event = this.log.length - 1): TimeState {
    return this.runner.seek(event)
  }
  lanes(event?: number): Lane[] {
    const state = this.at(event)
    return lanesOf(state, this.node, (track) => besidesOf(state, this.log, track))
  }
  pane(track: WindowTrack, event?: number): Pane {
    return paneOf(this.at(event), this.log, track, (time) => clockOf(this.header).at(time))
  }
  /** `a [0,10) 1 2 | a: 1 2`: key, bounds, elements (those that are gone in brackets), results of its firings. */
  tell(event?: number): string[] {
    return this.lanes(event).flatMap((lane) =>
      lane.windows.slice(0, lane.count).flatMap((track) => {
        const pane = this.pane(track, event)
        if (pane.state === 'merged') return []
        const elements = pane.elements.map(({ timestamp, gone }) => (gone < 0 ? `${timestamp}` : `(${timestamp})`)).join(' ')
        const results = pane.firings.map(({ results: made }) => made.map((one) => resultText(this.log, one)).join())
        const key = keyLook(this.log, lane.track.attempt.process, lane.key).text
        return [`${key} ${track.global ? '' : `[${pane.start},${pane.end}) `}${elements} | ${results.join(' / ')}`]
      }),
    )
  }
}

describe('windows of a key', () => {
  test('with what they were given and what came of it', async () => {
    const picture = await run('a@1 a@2 b@3 a@11 a@25', '.window(TumblingEventTimeWindows.of(10))')
    expect(picture.tell()).toEqual(['a [0,10) 1 2 | a: 1 2', 'a [10,20) 11 | a: 11', 'a [20,30) 25 | a: 25', 'b [0,10) 3 | b: 3'])
    expect(settingsWords(picture.settings!, en)).toBe('tumbling 10 ms · event time')
    // Before its last element came, the first window had one.
    const [lane] = picture.lanes()
    const second = picture.pane(lane!.windows[0]!).elements[1]!.event
    expect(picture.tell(second - 1)).toEqual(['a [0,10) 1 | '])
  })

  test('overlap in rows that nothing moves', async () => {
    const picture = await run('a@12 a@17 a@31', '.window(SlidingEventTimeWindows.of(10, 5))')
    const [lane] = picture.lanes()
    const { rowOf, rows } = rowsOf(lane!, false)
    expect(lane!.windows.map((window) => `${window.start}:${rowOf.get(window)}`)).toEqual(['10:0', '5:1', '15:1', '30:0', '25:1'])
    expect(rows).toBe(2)
    expect(extentOf([lane!], 0)).toEqual({ from: 5, to: 40 })
  })

  test('merge into one, which remembers its parts', async () => {
    const picture = await run('a@1 a@14 a@8', '.window(EventTimeSessionWindows.withGap(10)).allowedLateness(100)')
    expect(picture.tell()).toEqual(['a [1,24) 1 14 8 | a: 1 / a: 14 1 8'])
    const [lane] = picture.lanes()
    expect(picture.pane(lane!.windows[0]!).parts.map(({ start, end }) => [start, end])).toEqual([[14, 24]])
  })

  test('lose what an evictor takes out and what a purge lets go', async () => {
    expect((await run('a@1 a@2 a@3 a@4', '.countWindow(2)')).tell()).toEqual(['a (1) (2) (3) (4) | a: 1 2 / a: 3 4'])
    expect((await run('a@1 a@2 a@3 a@4', '.countWindow(3, 2)')).tell()).toEqual(['a (1) 2 3 4 | a: 1 2 / a: 2 3 4'])
  })

  test('say what their trigger waits for', async () => {
    const waits = async (input: string, windows: string): Promise<string> => {
      // Somebody else's record keeps the end of the input away.
      const picture = await run(`${input} b@4`, windows)
      const [lane] = picture.lanes()
      const track = lane!.windows[0]!
      // Right behind its last element.
      const { elements } = picture.pane(track)
      const pane = picture.pane(track, picture.log.lastAt(picture.log.timeAt(elements.at(-1)!.event)))
      return waitsFor(picture.settings, pane, -Infinity, en, String)
    }
    expect(await waits('a@1 a@2', '.window(TumblingEventTimeWindows.of(10))')).toBe('fires at watermark 9')
    expect(await waits('a@1 a@2 a@3', '.window(TumblingEventTimeWindows.of(10)).trigger(CountTrigger.of(2))')).toBe('1 of 2')
    expect(await waits('a@1 a@2', '.window(TumblingEventTimeWindows.of(10)).trigger(ContinuousEventTimeTrigger.of(4))')).toBe(
      'next firing at 4',
    )
    expect(await waits('a@1', '.countWindow(3)')).toBe('1 of 3, then empties it')
    expect(await waits('a@1', '.window(GlobalWindows.create())')).toBe('its trigger never fires')
  })

  test('know what a reduce holds', async () => {
    const picture = await run(
      'a@1 a@2',
      '.window(TumblingEventTimeWindows.of(10))',
      '.reduce((one, other) => ({ ...one, time: one.time + other.time }))',
    )
    const [lane] = picture.lanes()
    const { elements, firings } = picture.pane(lane!.windows[0]!)
    const pane = picture.pane(lane!.windows[0]!, firings[0]!.event - 1)
    expect([pane.value, elements.length]).toEqual(['{"key":"a","time":3}', 2])
    expect(stateWords(picture.pane(lane!.windows[0]!), en)).toBe('fired 1×, cleared')
  })
})

describe('beside windows', () => {
  test('stands what is late, with how late, and what no window takes', async () => {
    const picture = await run('a@1 a@30 a@4 b@6', '.window(TumblingEventTimeWindows.of(10)).allowedLateness(5)')
    const state = picture.at()
    const besides = picture.lanes().flatMap((lane) => besidesOf(state, picture.log, lane.track).get(lane.key) ?? [])
    expect(besides.map((one) => [one.what, one.timestamp, one.watermark, pastLateness(picture.settings, one)])).toEqual([
      ['late', 4, 29, 15],
      ['late', 6, 29, 15],
    ])
    const gaps = await run('a@1 b@6', '.window(SlidingEventTimeWindows.of(4, 10))')
    expect(gaps.lanes().map((lane) => lane.count)).toEqual([1, 0])
  })
})

describe('the axis', () => {
  test('shows all where there is room, else what lies around the watermark, page by page', () => {
    const day = { from: 0, to: 240 }
    expect(followed({ from: 0, to: 50 }, 10, 10, 720).to).toBeGreaterThan(50)
    expect(followed(day, -Infinity, 10, 720)).toEqual({ from: 0, to: 100 })
    expect(followed(day, 149, 10, 720)).toEqual({ from: 50, to: 150 })
    expect(followed(day, 150, 10, 720)).toEqual({ from: 100, to: 200 })
    expect(followed(day, Infinity, 10, 720)).toEqual({ from: 140, to: 240 })
  })

  test('near the end of time, where doubles are a second apart, no tick comes twice', () => {
    const { ticks } = timeAxis({ from: 9.2e18, to: 9.2e18 + 5120 }, 900)
    expect(new Set(ticks).size).toBe(ticks.length)
  })

  test('of hundreds of lanes only those in sight are drawn; discs that would lie on each other go apart', () => {
    expect(inSight(offsetsOf([10, 20, 10, 40]), 12, 35)).toEqual({ first: 1, last: 2 })
    expect(inSight(offsetsOf([]), 0, 100)).toEqual({ first: 0, last: -1 })
    expect(spread([0, 2, 4, 30], 8)).toEqual([0, 1, -1, 0])
  })
})
