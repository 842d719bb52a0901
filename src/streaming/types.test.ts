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

test('connected, broadcast and joined streams', () => {
  expect(
    complaints(`import { AsyncDataStream, AsyncFunction, BroadcastProcessFunction, CoMapFunction, Collector, Duration, FlatJoinFunction, JoinFunction, KeyedBroadcastProcessFunction, KeyedCoProcessFunction, MapStateDescriptor, OutputTag, ProcessJoinFunction, ResultFuture, StreamExecutionEnvironment, TimeUnit, TumblingEventTimeWindows, Tuple2, Types } from 'flink'
interface Order { user: string; amount: number }
interface User { id: string; name: string }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const orders = env.fromData<Order>({ user: 'a', amount: 1 })
const users = env.fromData<User>({ id: 'a', name: 'Ann' })
class Both implements CoMapFunction<Order, User, string> { map1(o: Order) { return o.user } map2(u: User) { return u.id } }
orders.connect(users).map(new Both()).map(s => s.length).print()
orders.connect(users).map({ map1: o => o.amount, map2: u => u.name.length }).map(n => n * 2).print()
orders.connect(users).keyBy(o => o.user, u => u.id).process({
  processElement1(order, ctx, out: Collector<string>) { out.collect(order.user + ctx.getCurrentKey() + ctx.timestamp()) },
  processElement2(user, ctx, out) { out.collect(user.name) },
}).map(s => s.length).print()
class Enrich extends KeyedCoProcessFunction<string, Order, User, number> {
  processElement1(o: Order, ctx: KeyedCoProcessFunction.Context<string>, out: Collector<number>) { ctx.timerService().registerEventTimeTimer(1) }
  processElement2(u: User, ctx: KeyedCoProcessFunction.Context<string>, out: Collector<number>) { out.collect(ctx.getCurrentKey().length) }
  onTimer(t: number, ctx: KeyedCoProcessFunction.OnTimerContext<string>, out: Collector<number>) { out.collect(t) }
}
orders.keyBy(o => o.user).connect(users.keyBy(u => u.id)).process(new Enrich()).map(n => n + 1).print()
const rules = new MapStateDescriptor('rules', Types.STRING, Types.GENERIC<User>())
class Evaluate extends KeyedBroadcastProcessFunction<string, Order, User, string> {
  processElement(o: Order, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<string>, out: Collector<string>) { out.collect(ctx.getBroadcastState(rules).get(o.user)!.name) }
  processBroadcastElement(u: User, ctx: KeyedBroadcastProcessFunction.Context<string>, out: Collector<string>) { ctx.getBroadcastState(rules).put(u.id, u) }
}
orders.keyBy(o => o.user).connect(users.broadcast(rules)).process(new Evaluate()).map(s => s.length).print()
class Plain extends BroadcastProcessFunction<Order, User, string> {
  processElement(o: Order, ctx: BroadcastProcessFunction.ReadOnlyContext, out: Collector<string>) { for (const [id, user] of ctx.getBroadcastState(rules).immutableEntries()) out.collect(id + user.name) }
  processBroadcastElement(u: User, ctx: BroadcastProcessFunction.Context, out: Collector<string>) { ctx.getBroadcastState(rules).clear() }
}
orders.connect(users.broadcast(rules)).process(new Plain()).print()
const windows = TumblingEventTimeWindows.of(Duration.ofHours(1))
orders.join(users).where(o => o.user).equalTo(u => u.id).window(windows).apply((o, u) => ({ ...o, ...u })).map(r => r.amount + r.name.length).print()
orders.join(users).where(o => o.user).equalTo(u => u.id).window(windows).apply((o, u, out: Collector<number>) => out.collect(o.amount)).map(n => n + 1).print()
class Pair implements JoinFunction<Order, User, Tuple2<string, number>> { join(o: Order, u: User) { return Tuple2.of(u.name, o.amount) } }
class Pairs implements FlatJoinFunction<Order, User, string> { join(o: Order, u: User, out: Collector<string>) { out.collect(u.name) } }
orders.join(users).where(o => o.user).equalTo(u => u.id).window(windows).apply(new Pair()).map(t => t.f1 + 1).uid('pair').setParallelism(2)
orders.join(users).where(o => o.user).equalTo(u => u.id).window(windows).allowedLateness(Duration.ofSeconds(1)).apply(new Pairs()).map(s => s.length)
orders.coGroup(users).where(o => o.user).equalTo(u => u.id).window(windows).apply((os, us, out: Collector<number>) => out.collect([...os].length + [...us][0].name.length)).map(n => n + 1)
const late = new OutputTag<Order>('late')
orders.keyBy(o => o.user).intervalJoin(users.keyBy(u => u.id)).between(Duration.ofMinutes(-5), Duration.ofMinutes(5)).upperBoundExclusive().sideOutputLeftLateData(late)
  .process((o, u, ctx, out) => out.collect({ o, u, at: ctx.getTimestamp() })).map(r => r.at).print()
class Near extends ProcessJoinFunction<Order, User, string> {
  processElement(o: Order, u: User, ctx: ProcessJoinFunction.Context, out: Collector<string>) { out.collect(o.user + u.name + ctx.getLeftTimestamp()) }
}
orders.keyBy(o => o.user).intervalJoin(users.keyBy(u => u.id)).between(Duration.ZERO, Duration.ofMinutes(5)).process(new Near()).map(s => s.length)
class LookUp implements AsyncFunction<Order, string> { asyncInvoke(o: Order, future: ResultFuture<string>) { future.complete([o.user]) } }
AsyncDataStream.orderedWait(orders, new LookUp(), 5, TimeUnit.SECONDS, 100).map(s => s.length).print()
AsyncDataStream.unorderedWait(orders, { asyncInvoke(o: Order, future: ResultFuture<number>) { future.complete([o.amount]) } }, 5, TimeUnit.SECONDS).map(n => n + 1).print()
orders.connect(users).map({ map1: o => o.amount })
env.execute()`),
  ).toEqual([
    "49: Argument of type '{ map1: (o: Order) => number; }' is not assignable to parameter of type 'CoMapFunction<Order, User, unknown>'.\n  Property 'map2' is missing in type '{ map1: (o: Order) => number; }' but required in type 'CoMapFunction<Order, User, unknown>'.",
  ])
})

test('sources, operators and sinks of one’s own; settings; what is of old', () => {
  expect(
    complaints(`import { AbstractStreamOperator, CheckpointingMode, ChainingStrategy, Collector, DataStreamUtils, EmbeddedRocksDBStateBackend, MemoryStateBackend, OneInputStreamOperator, RestartStrategies, RichParallelSourceFunction, RuntimeExecutionMode, Sink, SinkWriter, SlotSharingGroup, SourceFunction, StreamExecutionEnvironment, StreamRecord, Time, TimeCharacteristic, Tuple2, Tuple3, Types, Watermark, WriterInitContext } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.enableCheckpointing(10_000, CheckpointingMode.EXACTLY_ONCE)
env.getCheckpointConfig().setMinPauseBetweenCheckpoints(2_000)
env.getCheckpointConfig().enableUnalignedCheckpoints()
env.getCheckpointConfig().setCheckpointStorage('file:///checkpoints')
env.setStateBackend(new EmbeddedRocksDBStateBackend(true))
env.setStateBackend(new MemoryStateBackend())
env.setRestartStrategy(RestartStrategies.fixedDelayRestart(3, Time.seconds(10)))
env.setRuntimeMode(RuntimeExecutionMode.STREAMING).registerSlotSharingGroup(SlotSharingGroup.newBuilder('a').build())
env.setStreamTimeCharacteristic(TimeCharacteristic.EventTime)
class Ticks extends RichParallelSourceFunction<number> {
  private running = true
  run(ctx: SourceFunction.SourceContext<number>) {
    for (let i = 0; this.running && i < 3; i++) ctx.collectWithTimestamp(i, i)
    ctx.emitWatermark(new Watermark(3))
  }
  cancel() { this.running = false }
}
class Slow implements SourceFunction<string> {
  *run(ctx: SourceFunction.SourceContext<string>) { for (;;) { ctx.collect('a'); yield 100 } }
  cancel() {}
}
env.addSource(new Ticks(), 'ticks').map(n => n + 1).setParallelism(3).print()
env.addSource(new Slow()).map(s => s.length).print()
class Twice extends AbstractStreamOperator<number> implements OneInputStreamOperator<number, number> {
  constructor() { super(); this.chainingStrategy = ChainingStrategy.ALWAYS }
  processElement(element: StreamRecord<number>) { this.output.collect(element.replace(element.getValue() * 2)) }
}
const twice = env.fromSequence(1, 3).transform('Twice', Types.LONG, new Twice()).map(n => n + 1)
twice.getTransformation().setCoLocationGroupKey('together')
class Lines implements Sink<number> {
  createWriter(context: WriterInitContext): SinkWriter<number> {
    return { write: (n, context) => console.log(n, context.timestamp()), flush: end => console.log(end), close() {} }
  }
}
twice.sinkTo(new Lines()).setUidHash
env.fromData(Tuple3.of('a', 1, true)).project<Tuple2<boolean, string>>(2, 0).map(t => t.f1.length).print()
DataStreamUtils.reinterpretAsKeyedStream(twice, n => n).sum(0).print()
twice.fullWindowPartition().mapPartition((values, out: Collector<number>) => out.collect([...values].length)).map(n => n + 1).print()
twice.keyBy(n => n).timeWindow(Time.seconds(1)).reduce((a, b) => a + b).map(n => n + 1)
const loop = twice.iterate()
loop.closeWith(loop.map(n => n - 1).filter(n => n > 0))
console.log(env.getExecutionPlan().length, env.executeAsync('x').getJobID().toHexString())`),
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

test('async functions that ask an external service', () => {
  expect(
    complaints(`import { AsyncDataStream, ExternalService, RichAsyncFunction, StreamExecutionEnvironment, TimeUnit } from 'flink'
import type { OpenContext, ResultFuture } from 'flink'
interface Profile { user: string; city: string }
class LookUp extends RichAsyncFunction<string, string> {
  private profiles!: ExternalService<Profile>
  override open(_context: OpenContext) { this.profiles = ExternalService.named<Profile>('profiles') }
  asyncInvoke(user: string, future: ResultFuture<string>) {
    this.profiles.request(user, (profile, error) => {
      if (error !== undefined) future.completeExceptionally(error)
      else future.complete(profile === null ? [] : [profile.city.trim()])
    })
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
AsyncDataStream.unorderedWait(env.fromData('ann', 'ben'), new LookUp(), 5, TimeUnit.SECONDS, 20).map(city => city.length).print()
AsyncDataStream.orderedWait(env.fromData(1), { asyncInvoke: (n, future: ResultFuture<number>) => ExternalService.named('other').request(n, a => future.complete([a])) }, 5, TimeUnit.SECONDS).print()
env.execute()`),
  ).toEqual([])
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
