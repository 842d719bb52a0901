import { expect, test } from 'vitest'
import { runJob } from '../../testing/runJob'
import { FoldRunner } from '../../trace/fold'
import { TraceKind } from '../../trace/kinds'
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
    for (const key of keyFacts(sources, 'a')) expect(key.values.length).toBeLessThanOrEqual(1)
    const { kind, process, b } = log.at(event)
    if (kind === TraceKind.SourceRecord) expect(recordFacts(sources, process, b).steps.length).toBe(1)
  }
}, 60_000)
