import { describe, expect, it } from 'vitest'
import { LONG_MAX } from '../core/time'
import { valueFromBytes } from '../core/values'
import { TraceKind } from '../trace/kinds'
import { ofKind, testRun, topicOf } from './testRun'
import type { SeenEvent, TestRun } from './testRun'

const HEAD = `
  import { CollectSink, Duration, EventTimeSessionWindows, LogSource, OutputTag, ProcessJoinFunction, SlidingEventTimeWindows, StreamExecutionEnvironment, TumblingEventTimeWindows, Watermark, WatermarkStrategy } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
const SETTINGS = { 'pipeline.auto-watermark-interval': '100 ms' }
const time = (x: number): string => (x === LONG_MAX ? 'MAX' : String(x))

/** What each partition said, in order: `0:W(3) 1:idle`. */
function splits(run: TestRun): string {
  const subtasks = [...new Set(run.events.filter(({ kind }) => kind === TraceKind.SplitAssigned).map(({ process }) => process))]
  const told = (event: SeenEvent): string | null => {
    switch (event.kind) {
      case TraceKind.SplitAssigned:
        return `S${subtasks.indexOf(event.process)}`
      case TraceKind.SplitWatermark:
        return `W(${time(event.x)})`
      case TraceKind.SplitStatus:
        return ['active', 'idle', 'ended'][event.c]!
      case TraceKind.SplitPaused:
        return event.c === 1 ? `held past ${time(event.x)}` : 'goes on'
      case TraceKind.WatermarkIgnored:
        return `W(${time(event.x)}) below ${time(valueFromBytes(event.payload) as number)}`
      default:
        return null
    }
  }
  return run.events.flatMap((event) => (told(event) === null ? [] : [`${event.b}:${told(event)}`])).join(' ')
}

describe('what the trace says of the partitions of a source', () => {
  it('who reads them, each one’s watermark, when it falls idle and when it ends; a reader without any', async () => {
    const run = await testRun(
      `${HEAD}
      env.setParallelism(3)
      const strategy = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(1)).withIdleness(Duration.ofMillis(150))
      env.fromSource(LogSource.topic('t').setBounded(), strategy, 'in').sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@5 b@3 c@9 e@10', 'd@2'], 1000)], configuration: SETTINGS },
    )
    expect(
      splits(run)
        .split(' ')
        .filter((item) => item.startsWith('-1:') || item.startsWith('1:'))
        .join(' '),
    ).toBe('1:S1 -1:S2 1:ended')
    expect(
      splits(run)
        .split(' ')
        .filter((item) => item.startsWith('0:'))
        .join(' '),
    ).toBe('0:S0 0:W(3) 0:idle 0:active 0:idle 0:active 0:W(7) 0:idle 0:ended')
  })

  it('watermarks of the program’s own that fall, at a split, in the middle of a job and from a source of the old kind', async () => {
    const run = await testRun(
      `${HEAD}
      const punctuated = WatermarkStrategy.forGenerator(() => ({
        onEvent: (event, timestamp, output) => output.emitWatermark(new Watermark(timestamp)),
        onPeriodicEmit: () => undefined,
      }))
      env.fromSource(LogSource.topic('t').setBounded(), punctuated, 'in').assignTimestampsAndWatermarks(punctuated).sinkTo(new CollectSink())
      env.addSource({ run: context => { for (const t of [4, 4, 2]) context.emitWatermark(new Watermark(t)) }, cancel: () => undefined }).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@5 b@5 c@3 d@7'])], configuration: SETTINGS },
    )
    const ignored = ofKind(run, 'WatermarkIgnored').map(({ b, x, payload }) => `${b}:${x}<${valueFromBytes(payload)}`)
    expect(ignored.sort()).toEqual(['-1:2<4', '-1:3<5', '0:3<5'])
  })
})

describe('what the trace says of records that an operator keeps or leaves out', () => {
  it('an interval join keeps them until their last partner may have come; late ones to the side are told apart', async () => {
    const run = await testRun(
      `${HEAD}
      const late = new OutputTag('late')
      const strategy = WatermarkStrategy.forMonotonousTimestamps()
      const read = topic => env.fromSource(LogSource.topic(topic).setBounded(), strategy, topic).keyBy(r => r.value)
      read('l').intervalJoin(read('r')).between(Duration.ofMillis(0), Duration.ofMillis(5)).sideOutputLeftLateData(late)
        .process({ processElement: (l, r, ctx, out) => out.collect(l.value + r.value) }).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('l', ['a@1 a@40 a@2'], 500), topicOf('r', ['a@3 a@30 b@50'], 500)], configuration: SETTINGS },
    )
    const at = ({ d, x }: SeenEvent): string => `${d & 1 ? 'right' : 'left'} ${x}`
    expect(ofKind(run, 'JoinBuffered').map(at).sort()).toEqual(['left 1', 'left 40', 'right 3', 'right 30', 'right 50'])
    expect(
      ofKind(run, 'JoinCleared')
        .map(({ c, x }) => `${c === 1 ? 'right' : 'left'} ${x}`)
        .sort(),
    ).toEqual(['left 1', 'left 40', 'right 3', 'right 30', 'right 50'])
    expect(ofKind(run, 'SideRecord').map(({ d, x }) => [d > 0, x])).toEqual([[true, 2]])
    expect(ofKind(run, 'RecordDropped')).toEqual([])
  })

  it('an element that is too late for some of its windows, and one that no window wants', async () => {
    const run = await testRun(
      `${HEAD}
      const punctuated = WatermarkStrategy.forGenerator(() => ({
        onEvent: (event, timestamp, output) => output.emitWatermark(new Watermark(timestamp)),
        onPeriodicEmit: () => undefined,
      }))
      const picky = SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5))
      const assign = picky.assignWindows.bind(picky)
      picky.assignWindows = (value, timestamp, context) => value.value === 'none' ? [] : assign(value, timestamp, context)
      env.fromSource(LogSource.topic('t').setBounded(), punctuated, 'in').keyBy(r => 1).window(picky).reduce(a => a).sinkTo(new CollectSink())
      env.execute()`,
      { topics: [topicOf('t', ['a@12 b@16 c@14 d@3 none@17'], 100)], configuration: SETTINGS },
    )
    expect(ofKind(run, 'WindowSkipped').map(({ x, payload }) => [x, valueFromBytes(payload)])).toEqual([[5, 15]])
    expect(ofKind(run, 'LateDropped').map(({ payload }) => valueFromBytes(payload))).toEqual([3])
    expect(ofKind(run, 'NoWindow').map(({ x }) => x)).toEqual([17])
  })
})
