import { expect, test } from 'vitest'
import { runJob } from '../../testing/runJob'
import { FoldRunner } from '../../trace/fold'
import { TraceKind } from '../../trace/kinds'
import { narrate } from '../../trace/narration'
import { keyFacts, openWindows, pendingTimers, recordFacts, subtaskFacts, taskFacts, windowFacts } from './facts'
import { inspectorFold } from './fold'

const PROGRAM = `
import { Duration, KeyedProcessFunction, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, ValueStateDescriptor, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
class Count extends KeyedProcessFunction<string, any, string> {
  open() { this.count = this.getRuntimeContext().getState(new ValueStateDescriptor('count')) }
  processElement(row, ctx, out) {
    this.count.update((this.count.value() ?? 0) + 1)
    ctx.timerService().registerEventTimeTimer(100)
    ctx.timerService().registerEventTimeTimer(row.time + 50)
    if (row.time % 7 === 0) ctx.timerService().deleteEventTimeTimer(100)
    out.collect(row)
  }
  onTimer(time, ctx, out) { out.collect({ key: ctx.getCurrentKey(), time }); this.count.clear() }
}
const marks = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(5)).withTimestampAssigner(r => r.time)
env.fromSource(LogSource.topic('input').setBounded(), marks, 'in').keyBy(r => r.key).process(new Count()).name('Count')
  .keyBy(r => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(40))).reduce((a, b) => b).name('Last').sinkTo(new PrintSink())
env.execute('job')
`

const SESSIONS = `
import { Duration, EventTimeSessionWindows, LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
const marks = WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(30)).withTimestampAssigner(r => r.time)
env.fromSource(LogSource.topic('input').setBounded(), marks, 'in').keyBy(r => r.key)
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(10))).reduce((a, b) => b).name('Last').sinkTo(new PrintSink())
env.execute('job')
`

test('a session that grows has its new bounds from then on, in the inspector and in what is told', async () => {
  const { header, log } = await runJob(SESSIONS, { input: 'a@100 a@104 a@97 b@100 a@120 a@110', every: 1 })
  const runner = new FoldRunner(inspectorFold, header, log)
  const seen: string[] = []
  const told: string[] = []
  for (let event = 0; event < log.length; event++) {
    const sources = { state: runner.seek(event), log, header, time: log.timeAt(event) }
    for (const { index } of header.executionGraph.vertices) {
      const { timers, windows } = sources.state.cluster
      const open = openWindows(sources, index)
      expect([event, pendingTimers(sources, index).length, open.length]).toEqual([event, timers[index], windows[index]])
      const text = open.map(({ key, start, end }) => `${key.text}[${start},${end})`).join(' ')
      if (text !== '' && text !== seen.at(-1)) seen.push(text)
      for (const { process, window, start, end, elements } of open) {
        const facts = windowFacts(sources, process, window)!
        expect([facts.start, facts.end, facts.elements.length]).toEqual([start, end, elements])
        // While it grows it has the old timer, too.
        expect(facts.timers.length).toBeLessThanOrEqual(3)
      }
    }
    const at = log.at(event)
    if (at.kind === TraceKind.WindowMerged || at.kind === TraceKind.WindowFired)
      for (const language of ['en', 'zh'] as const) told.push(narrate(at, { header, log, language, times: 'raw' }).text)
  }
  expect(seen).toEqual([
    'a[100,110)',
    'a[100,114)',
    'a[97,114)',
    'a[97,114) b[100,110)',
    'a[97,114) b[100,110) a[120,130)',
    'a[97,130) b[100,110)',
    'a[97,130)',
  ])
  expect(told).toEqual([
    'Window [100, 110) of a grows to [100, 114).',
    'a 的窗口 [100, 110) 扩大为 [100, 114)。',
    'Window [100, 114) of a grows to [97, 114).',
    'a 的窗口 [100, 114) 扩大为 [97, 114)。',
    'Window [120, 130) of a is merged into window [97, 114) of a, now [97, 130).',
    'a 的窗口 [120, 130) 并入 a 的窗口 [97, 114)，现为 [97, 130)。',
    'Window [100, 110) of b fires with its aggregate.',
    'b 的窗口 [100, 110) 触发，输出聚合结果。',
    'Window [97, 130) of a fires with its aggregate.',
    'a 的窗口 [97, 130) 触发，输出聚合结果。',
  ])
})

test('what subtasks hold, event by event, agrees with what was announced', async () => {
  const input = Array.from({ length: 80 }, (_, i) => `${'abcd'[(i * 7) % 4]}@${(i * 5) % 230}`).join(' ')
  const { header, log, outcome } = await runJob(PROGRAM, { input, every: 3 })
  expect(outcome.status).toBe('FINISHED')
  const runner = new FoldRunner(inspectorFold, header, log)
  for (let event = 0; event < log.length; event += 3) {
    const sources = { state: runner.seek(event), log, header, time: log.timeAt(event) }
    for (const { index } of header.executionGraph.vertices) {
      const { timers, windows } = sources.state.cluster
      expect([event, index, pendingTimers(sources, index, Infinity).length, openWindows(sources, index, Infinity).length]).toEqual([
        event,
        index,
        timers[index],
        windows[index],
      ])
    }
  }
  for (let event = 0; event < log.length; event += 37) {
    const sources = { state: runner.seek(event), log, header, time: log.timeAt(event) }
    for (const { index } of header.executionGraph.job.vertices) taskFacts(sources, index)
    for (const { index } of header.executionGraph.vertices) {
      const facts = subtaskFacts(sources, index)!
      expect(openWindows(sources, index).length).toBe(facts.windows)
      expect(pendingTimers(sources, index, Infinity).length).toBe(facts.timers)
      for (const { process, window, elements } of openWindows(sources, index))
        expect(windowFacts(sources, process, window)!.elements.length).toBe(elements)
    }
    // A state of the key's own, and what each of its open windows holds.
    const open = header.executionGraph.vertices.flatMap(({ index }) => openWindows(sources, index)).filter(({ key }) => key.text === 'a')
    const values = keyFacts(sources, 'a').flatMap((key) => key.values)
    expect(values.filter(({ window }) => window < 0).length).toBeLessThanOrEqual(1)
    expect(values.filter(({ window }) => window >= 0).length).toBeLessThanOrEqual(open.length)
    const { kind, process, b } = log.at(event)
    if (kind === TraceKind.SourceRecord) expect(recordFacts(sources, process, b).steps.length).toBe(1)
  }
}, 60_000)
