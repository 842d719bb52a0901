import { expect, test } from 'vitest'
import { flinkTypes, programChecker } from '../../scripts/flink-types'

const check = programChecker(flinkTypes())
const complaints = (text: string): string[] => check(text).map(({ line, message }) => `${line}: ${message}`)

test('flights: sources, windows, sinks', () => {
  expect(
    complaints(`import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
interface Flight { date: number; delay: number; distance: number; origin: string; destination: string }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const flights = env.fromSource(
  LogSource.topic<Flight>('flights').setBounded(),
  WatermarkStrategy.forBoundedOutOfOrderness<Flight>(Duration.ofMinutes(30)).withTimestampAssigner(f => f.date),
  'flights',
)
flights
  .filter(f => f.delay > 0)
  .keyBy(f => f.origin)
  .window(TumblingEventTimeWindows.of(Duration.ofDays(1)))
  .reduce((a, b) => ({ ...a, delay: a.delay + b.delay }))
  .map(f => \`\${f.origin} \${f.delay}\`)
  .sinkTo(new PrintSink())
env.execute('delay by airport and day')`),
  ).toEqual([])
})

test('process functions with state, timers and nested types', () => {
  expect(
    complaints(`import { Collector, KeyedProcessFunction, OpenContext, OutputTag, ProcessFunction, StreamExecutionEnvironment, Tuple2, ValueState, ValueStateDescriptor } from 'flink'
interface Click { user: string }
const rare = new OutputTag<Tuple2<string, number>>('rare')
class CountAfterSilence extends KeyedProcessFunction<string, Click, string> {
  private count!: ValueState<number>
  private last!: ValueState<number>
  open(context: OpenContext) {
    this.count = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('count'))
    this.last = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('last'))
  }
  processElement(click: Click, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    this.count.update((this.count.value() ?? 0) + 1)
    this.last.update(ctx.timestamp()!)
    ctx.timerService().registerEventTimeTimer(ctx.timestamp()! + 60_000)
    ctx.output(rare, Tuple2.of(click.user, 1))
  }
  onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>) {
    if (this.last.value() === timestamp - 60_000) {
      out.collect(\`\${ctx.getCurrentKey()} \${this.count.value()} \${this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()}\`)
      this.count.clear()
    }
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const counts = env.fromData<Click>({ user: 'ann' }).keyBy(c => c.user).process(new CountAfterSilence())
counts.getSideOutput(rare).map(t => t.f1 + 1).print()
counts.process({ processElement(text: string, ctx: ProcessFunction.Context, out: Collector<number>) { out.collect(text.length + (ctx.timestamp() ?? 0)) } }).map(n => n * 2).print()
env.execute()`),
  ).toEqual([])
})

test('windows with triggers, lateness, side outputs and lambdas', () => {
  expect(
    complaints(`import { AggregateFunction, ContinuousEventTimeTrigger, Duration, OutputTag, SlidingEventTimeWindows, StreamExecutionEnvironment, Tuple2 } from 'flink'
interface Reading { sensor: string; value: number }
class Mean implements AggregateFunction<Reading, Tuple2<number, number>, number> {
  createAccumulator() { return Tuple2.of(0, 0) }
  add(r: Reading, a: Tuple2<number, number>) { return Tuple2.of(a.f0 + r.value, a.f1 + 1) }
  getResult(a: Tuple2<number, number>) { return a.f0 / a.f1 }
  merge(a: Tuple2<number, number>, b: Tuple2<number, number>) { return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1) }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const readings = env.fromData<Reading>({ sensor: 's', value: 1 })
const late = new OutputTag<Reading>('late')
const means = readings
  .keyBy(r => r.sensor)
  .window(SlidingEventTimeWindows.of(Duration.ofMinutes(10), Duration.ofMinutes(1)))
  .allowedLateness(Duration.ofSeconds(30))
  .sideOutputLateData(late)
  .trigger(ContinuousEventTimeTrigger.of(Duration.ofSeconds(20)))
  .aggregate(new Mean(), (key, window, means, out) => out.collect({ key, mean: [...means][0], end: window.getEnd() }))
  .uid('means').name('Means').setParallelism(4).slotSharingGroup('heavy')
means.map(m => m.key.length + m.mean).print()
means.getSideOutput(late).map(r => r.value).print()
env.execute()`),
  ).toEqual([])
})

test('what is wrong is told on its line', () => {
  expect(
    complaints(`import { StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData('a', 'b').map(s => s.lenght).print()
env.fromSequence(1, 9).keyBy(n => n).countWindow(2).sum(0).map(n => n.toUpperCase())
setTimeout(() => {}, 1)
env.transformations`),
  ).toEqual([
    "3: Property 'lenght' does not exist on type 'string'. Did you mean 'length'?",
    "4: Property 'toUpperCase' does not exist on type 'number'.",
    "5: Cannot find name 'setTimeout'.",
    "6: Property 'transformations' does not exist on type 'StreamExecutionEnvironment'.",
  ])
})

test('every public member of what we wrote has a sentence for the hover', () => {
  const types = flinkTypes()
  const bare = Object.entries(types)
    .filter(([path]) => /^(streaming\/(datastream|environment|connectors|functions|types))\//.test(path))
    .flatMap(([path, text]) => {
      const lines = text.split('\n')
      return lines.flatMap((line, i) => {
        const member = /^ {4}(?!private|protected|constructor)(?:static |readonly |abstract )*[\w]+[?]?[(<:]/.test(line)
        const documented = /\*\/\s*$/.test(lines[i - 1] ?? '')
        return member && !documented ? [`${path}: ${line.trim()}`] : []
      })
    })
  expect(bare).toEqual([])
})
