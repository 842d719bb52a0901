import {
  AggregateFunction,
  Collector,
  Duration,
  EventTimeSessionWindows,
  GlobalWindow,
  OutputTag,
  ProcessWindowFunction,
  RichWindowFunction,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  TimeWindow,
  TumblingEventTimeWindows,
  Tuple2,
  Tuple3,
  WatermarkStrategy,
  WindowStagger,
} from 'flink'

type E = Tuple3<string, number, number>
class Range implements AggregateFunction<E, Tuple2<number, number>, Tuple2<number, number>> {
  createAccumulator(): Tuple2<number, number> {
    return Tuple2.of(1_000, -1_000)
  }
  add(e: E, acc: Tuple2<number, number>): Tuple2<number, number> {
    return Tuple2.of(Math.min(acc.f0, e.f2), Math.max(acc.f1, e.f2))
  }
  getResult(acc: Tuple2<number, number>): Tuple2<number, number> {
    return acc
  }
  merge(a: Tuple2<number, number>, b: Tuple2<number, number>): Tuple2<number, number> {
    return Tuple2.of(Math.min(a.f0, b.f0), Math.max(a.f1, b.f1))
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const keyed = env
  .fromData(
    Tuple3.of('k', 1, 5),
    Tuple3.of('k', 30, 2),
    Tuple3.of('l', 6, 3),
    Tuple3.of('k', 12, 4),
    Tuple3.of('l', 18, 5),
    Tuple3.of('k', 21, 9),
  )
  .assignTimestampsAndWatermarks(
    WatermarkStrategy.forBoundedOutOfOrderness<E>(Duration.ofMinutes(1)).withTimestampAssigner((e, previous) => e.f1),
  )
  .keyBy((e) => e.f0)
keyed
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(10)))
  .aggregate(new Range())
  .print()
keyed
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(10)))
  .aggregate(new Range(), {
    apply(k: string, w: TimeWindow, rs: Iterable<Tuple2<number, number>>, out: Collector<string>): void {
      for (const r of rs) out.collect(`apply ${k} ${w.getStart()} ${r}`)
    },
  })
  .print()
keyed
  .window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10)))
  .reduce((a, b) => Tuple3.of(a.f0, b.f1, a.f2 * b.f2), {
    process(k: string, ctx: ProcessWindowFunction.Context<TimeWindow>, rs: Iterable<E>, out: Collector<string>): void {
      for (const r of rs) out.collect(`reduce ${k} ${ctx.window().getEnd()} ${r}`)
    },
  })
  .print()
class Rich extends RichWindowFunction<E, string, string, TimeWindow> {
  private n = 0
  open(): void {
    this.n = this.getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()
  }
  apply(k: string, w: TimeWindow, es: Iterable<E>, out: Collector<string>): void {
    out.collect(`rich ${this.n} ${k} ${[...es].length}`)
  }
}
keyed
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(5), WindowStagger.ALIGNED))
  .apply(new Rich())
  .print()
const count = keyed.countWindow(2).process({
  process(k: string, ctx: ProcessWindowFunction.Context<GlobalWindow>, es: Iterable<E>, out: Collector<string>): void {
    ctx.output(tag, `side ${k}`)
    for (const e of es) out.collect(`count ${e}`)
  },
})
const tag = new OutputTag<string>('t')
count.print()
count.getSideOutput(tag).print()

env.execute('aggregate-combinations')
