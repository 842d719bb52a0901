import {
  Collector,
  CountEvictor,
  CountTrigger,
  Duration,
  EventTimeSessionWindows,
  GlobalWindows,
  SlidingEventTimeWindows,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  Tuple2,
  Tuple3,
  WatermarkStrategy,
} from 'flink'

type E = Tuple3<string, number, string>
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const strategy = WatermarkStrategy.forBoundedOutOfOrderness<E>(Duration.ofDays(1)).withTimestampAssigner((e) => e.f1)
const left = env
  .fromData(Tuple3.of('k', 0, 'L0'), Tuple3.of('k', 5, 'L5'), Tuple3.of('j', 10, 'L10'), Tuple3.of('k', 20, 'L20'))
  .assignTimestampsAndWatermarks(strategy)
const right = env
  .fromData(
    Tuple3.of('k', 2, 'R2'),
    Tuple3.of('k', 10, 'R10'),
    Tuple3.of('j', 18, 'R18'),
    Tuple3.of('k', 25, 'R25'),
    Tuple3.of('i', 15, 'R15'),
  )
  .assignTimestampsAndWatermarks(strategy)
left
  .join(right)
  .where((e) => e.f0)
  .equalTo((e) => e.f0)
  .window(TumblingEventTimeWindows.of(Duration.ofMillis(10)))
  .apply((a, b) => `tumbling ${a.f2} ${b.f2}`)
  .print()
left
  .join(right)
  .where((e) => e.f0)
  .equalTo((e) => e.f0)
  .window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10)))
  .apply((a, b) => Tuple2.of(`sliding ${a.f2}`, b.f2))
  .print()
left
  .join(right)
  .where((e) => e.f0)
  .equalTo((e) => e.f0)
  .window(EventTimeSessionWindows.withGap(Duration.ofMillis(6)))
  .apply({
    join(a: E, b: E, out: Collector<string>): void {
      if (a.f2 !== 'L5') out.collect(`session ${a.f2} ${b.f2}`)
    },
  })
  .print()
left
  .coGroup(right)
  .where((e) => e.f0)
  .equalTo((e) => e.f0)
  .window(GlobalWindows.create())
  .trigger(CountTrigger.of(3))
  .evictor(CountEvictor.of(2))
  .apply((as, bs, out: Collector<string>) => {
    out.collect(`${[...as].length + [...bs].length} in a global window`)
  })
  .print()

env.execute('window-joins')
