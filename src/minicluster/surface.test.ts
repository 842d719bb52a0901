import { describe, expect, it } from 'vitest'
import { TraceKind } from '../trace/kinds'
import { problemsOf, sinkLines, testRun, type TestRun } from './testRun'

const HEAD = `import * as flink from 'flink'
const { AsyncDataStream, Order, StreamExecutionEnvironment, TimeUnit, Tuple2, Types, Watermark } = flink
const env = StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1)
const times = { processElement(v, ctx, out) { const w = ctx.timerService().currentWatermark(); out.collect(v + '@' + ctx.timestamp() + (w < 0 ? '' : '/' + w)) } }
`
const decoder = new TextDecoder()
const printed = (run: TestRun): string[] =>
  run.events.filter(({ kind }) => kind === TraceKind.UserOutput).map(({ payload }) => decoder.decode(payload))
const run = (text: string): Promise<TestRun> => testRun(`${HEAD}${text}\nenv.execute()`)

async function refused(text: string) {
  const { end } = await run(text)
  return end.state === 'broken' ? end.problem : end
}

describe('source functions', () => {
  it('emit timestamps, watermarks and idleness themselves, and are opened and closed', async () => {
    const done = await run(`
class Source extends flink.RichSourceFunction {
  open() { console.log('open ' + this.getRuntimeContext().getTaskInfo().getTaskName()) }
  run(ctx) { ctx.collect('a'); ctx.collectWithTimestamp('b', 5); ctx.emitWatermark(new Watermark(7)); ctx.markAsTemporarilyIdle(); ctx.collectWithTimestamp('c', 6) }
  cancel() { console.log('canceled') }
  close() { console.log('close') }
}
env.addSource(new Source(), 'mine').process(times).print()`)
    expect(sinkLines(done)).toEqual(['a@null', 'b@5', 'c@6/7'])
    expect(printed(done)).toEqual(['open Source: mine -> Process -> Sink: Print to Std. Out', 'close'])
    const statuses = done.events.filter(({ kind }) => kind === TraceKind.StatusEmitted).map(({ b }) => b)
    expect(statuses).toEqual([1, 0])
  })

  it('as generators take their time, so that they need no end', async () => {
    const done = await run(`
class Ticks { *run(ctx) { for (let i = 0; i < 3; i++) { ctx.collect(i + ' ' + (Date.now() % 1000)); yield 250 } } cancel() {} }
env.addSource(new Ticks()).print()`)
    const at = sinkLines(done).map((line) => line.split(' ').map(Number))
    expect(at.map(([i]) => i)).toEqual([0, 1, 2])
    expect(at[1]![1]! - at[0]![1]!).toBe(250)
  })

  it('that never come back are told apart from those that do', async () => {
    const done = await run(`
class Endless { constructor() { this.running = true }
  run(ctx) {
    while (this.running) ctx.collect(1)
  } cancel() { this.running = false } }
env.addSource(new Endless()).print()`)
    expect(done.status).toBe('FAILED')
    expect(problemsOf(done)).toMatchObject([{ code: 'source-function-endless', place: { in: 'program', line: 8 } }])
  })

  it('count the time that the whole job counts', async () => {
    const lines = async (characteristic: string) =>
      sinkLines(
        await run(`env.setStreamTimeCharacteristic(flink.TimeCharacteristic.${characteristic})
env.addSource({ run(ctx) { ctx.collectWithTimestamp('a', 5); ctx.emitWatermark(new Watermark(7)); ctx.collectWithTimestamp('b', 8) }, cancel() {} }).process(times).print()`),
      )
    expect(await lines('EventTime')).toEqual(['a@5', 'b@8/7'])
    expect(await lines('ProcessingTime')).toEqual(['a@null', 'b@null'])
    expect((await lines('IngestionTime'))[0]).toMatch(/^a@9783072\d+$/)
  })
})

describe('operators and sinks of the program’s own', () => {
  it('see records with their timestamps, keys, watermarks and the end', async () => {
    const done = await run(`
class Numbered extends flink.AbstractStreamOperator {
  open() { this.count = this.getRuntimeContext().getState(new flink.ValueStateDescriptor('count', null, 0)) }
  processElement(record) { this.count.update(this.count.value() + 1); this.output.collect(record.replace(this.getCurrentKey() + this.count.value() + '@' + record.getTimestamp())) }
  finish() { this.output.collect(new flink.StreamRecord('end')) }
}
class Lines { createWriter(context) { return { write: (s, ctx) => console.log(context.getSubtaskId() + s), flush: end => console.log('flushed ' + end), close() { console.log('closed') } } }
  addPreWriteTopology(input) { return input.map(s => '!' + s) } }
env.addSource({ run(ctx) { ctx.collectWithTimestamp('a', 1); ctx.collectWithTimestamp('b', 2); ctx.collectWithTimestamp('a', 3) }, cancel() {} })
  .keyBy(s => s).transform('Numbered', Types.STRING, new Numbered()).sinkTo(new Lines())`)
    expect(printed(done)).toEqual(['0!a1@1', '0!b1@2', '0!a2@3', '0!end', 'flushed true', 'closed'])
  })

  it('whole partitions are handed on at the end, to tasks that start only then', async () => {
    const done = await run(`const s = env.fromData(Tuple2.of('b', 2), Tuple2.of('a', 3), Tuple2.of('b', 1))
s.fullWindowPartition().mapPartition((all, out) => out.collect('all ' + [...all].length)).print()
s.keyBy(t => t.f0).fullWindowPartition().mapPartition((all, out) => out.collect('each ' + [...all].length)).print()
s.fullWindowPartition().reduce((a, b) => Tuple2.of(a.f0 + b.f0, a.f1 + b.f1)).print()
s.fullWindowPartition().sortPartition(t => t.f1, Order.DESCENDING).map(t => 'sorted ' + t.f1).print()`)
    expect(done.status).toBe('FINISHED')
    expect(sinkLines(done).sort()).toEqual(['(bab,6)', 'all 3', 'each 1', 'each 2', 'sorted 1', 'sorted 2', 'sorted 3'])
  })

  it('a task does not finish while answers are under way', async () => {
    const done =
      await run(`const ask = { asyncInvoke(n, future) { if (n % 2 === 0) future.complete([n]) }, timeout(n, future) { future.complete([-n]) } }
AsyncDataStream.unorderedWait(env.fromSequence(1, 4), ask, 1, TimeUnit.SECONDS).map(n => n).print()
AsyncDataStream.orderedWait(env.fromSequence(1, 4), ask, 1, TimeUnit.SECONDS, 1).map(n => 10 * n).print()`)
    expect(done.status).toBe('FINISHED')
    const lines = sinkLines(done).map(Number)
    expect(lines.filter((n) => Math.abs(n) < 10)).toEqual([2, 4, -1, -3])
    expect(lines.filter((n) => Math.abs(n) >= 10)).toEqual([-10, 20, -30, 40])
  })
})

describe('what Flink refuses', () => {
  it('keys and channels, on the line of the call that chose them', async () => {
    const failing = async (text: string) =>
      problemsOf(await run(`env.setParallelism(2)\nenv.fromSequence(1, 3)\n  .map(n => n)\n  ${text}\n  .map(n => n).print()`))[0]
    const at = (line: number, javaClass: string) => ({ place: { in: 'program', line }, args: { class: javaClass } })
    const NO_KEY = 'org.apache.flink.api.common.InvalidProgramException'
    expect(await failing('.keyBy(n => [n])')).toMatchObject(at(8, NO_KEY))
    expect(await failing('.keyBy(n => Tuple2.of(n, [n]))')).toMatchObject(at(8, NO_KEY))
    expect(await failing('.keyBy(n => undefined)')).toMatchObject(at(8, 'java.lang.NullPointerException'))
    expect(await failing('.partitionCustom((key, n) => n, n => n)')).toMatchObject(at(8, 'java.lang.ArrayIndexOutOfBoundsException'))
  })

  it('what is not simulated says so before anything runs', async () => {
    expect(await refused(`env.fromSequence(1, 3)\nenv.socketTextStream('localhost', 9999)\n  .print()`)).toMatchObject({
      code: 'not-simulated',
      args: { operator: 'Source: Socket Stream' },
      place: { in: 'program', line: 6 },
    })
    expect(await refused('const loop = env.fromSequence(1, 3).iterate()\nloop.closeWith(loop.filter(n => n > 1)).print()')).toMatchObject({
      code: 'not-simulated',
    })
    expect(await refused("env.fromSequence(1, 3)\n  .writeAsText('/tmp/out')")).toMatchObject({ code: 'not-simulated', place: { line: 6 } })
  })
})
