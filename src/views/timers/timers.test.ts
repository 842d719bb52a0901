import { expect, test } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { runJob } from '../../testing/runJob'
import { FoldRunner } from '../../trace/fold'
import { timeFold } from '../../trace/time/fold'
import { watermarkOfNode } from '../../trace/time/queries'
import { isSame, operatorsOf, queueOf, selectionOf } from './facts'
import { plotOf } from './layout'

const PROGRAM = `
import { CollectSink, Duration, KeyedProcessFunction, LogSource, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
interface Row { key: string; time: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const marks = WatermarkStrategy.forBoundedOutOfOrderness<Row>(Duration.ofMillis(5)).withTimestampAssigner(r => r.time)
const keyed = env.fromSource(LogSource.topic<Row>('input'), marks, 'in').keyBy(r => r.key)
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).allowedLateness(Duration.ofMillis(30)).reduce(a => a).name('late').sinkTo(new CollectSink())
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce(a => a).name('strict').sinkTo(new CollectSink())
keyed.process(new (class extends KeyedProcessFunction<string, Row, string> {
  processElement(r: Row, ctx: any) { ctx.timerService().registerEventTimeTimer(9223372036854775807) }
})()).name('forever').sinkTo(new CollectSink())
keyed.process(new (class extends KeyedProcessFunction<string, Row, string> {
  processElement(r: Row, ctx: any) {
    ctx.timerService().registerEventTimeTimer(r.time + 100)
    ctx.timerService().deleteEventTimeTimer(r.time + 97)
    ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 500)
  }
})()).name('user').sinkTo(new CollectSink())
env.execute('job')`

test('what each timer is for, who is next, and where it is drawn', async () => {
  const { header, log } = await runJob(PROGRAM, {
    input: Array.from({ length: 60 }, (_, i) => `${'ab'[i % 2]}@${i * 3}`).join(' '),
    every: 20,
    until: 1_400_000,
    configuration: { 'parallelism.default': '1', 'pipeline.auto-watermark-interval': '50 ms' },
  })
  const state = new FoldRunner(timeFold, header, log).seek(log.lastAt(1_100_000))
  const operators = operatorsOf(state)
  const named = (name: string) => operators.find(({ node }) => header.streamGraph.nodes.find(({ id }) => id === node)!.name.includes(name))!
  const queue = (name: string, domain: 'event' | 'processing') => {
    const { track } = named(name).subtasks[0]!
    return queueOf(
      state,
      log,
      track,
      domain,
      domain === 'event' ? watermarkOfNode(state, track.attempt, track.node).value : header.clockStart + 1100,
    )
  }
  const purposes = (name: string, domain: 'event' | 'processing' = 'event') => {
    const { order, show } = queue(name, domain)
    return [...new Set(order.map((row) => show(row).purpose))].sort()
  }
  expect(purposes('late')).toEqual(['cleanup', 'fire'])
  expect(purposes('strict')).toEqual(['fire-and-cleanup'])
  expect(purposes('user')).toEqual(['user'])
  expect(purposes('user', 'processing')).toEqual(['user'])

  const event = queue('user', 'event')
  const times = event.order.map((row) => event.show(row).timer.time)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times.every((time) => time > event.now)).toBe(true)
  expect(event.ghosts.length).toBeGreaterThan(0)
  expect(event.ghosts.every(({ timer }) => timer.ended >= 0 && timer.ended <= state.event)).toBe(true)

  const plot = plotOf(event, 400, 8)
  expect(plot.lanes.map(({ name }) => name).sort()).toEqual(['a', 'b'])
  for (const { marks } of plot.lanes) for (const { x, place } of marks) expect(place > 0 ? x > plot.line : x <= plot.line + 400).toBe(true)
  expect(plotOf(event, 400, 1)).toMatchObject({ lanes: [{}], moreKeys: 1 })
  const forever = queue('forever', 'event')
  expect(
    plotOf(forever, 400, 8)
      .lanes.flatMap(({ marks }) => marks)
      .every(({ never, x }) => never && x > 390),
  ).toBe(true)
  expect(forever.show(forever.order[0]!).timer.time).toBe(LONG_MAX)
  const first = event.show(event.order[0]!).timer
  expect(isSame(selectionOf(first), first)).toBe(true)
})
