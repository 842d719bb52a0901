import { Collector, Duration, ProcessJoinFunction, StreamExecutionEnvironment, Time, Tuple3, WatermarkStrategy } from 'flink'

type E = Tuple3<string, number, string>
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const strategy = WatermarkStrategy.forBoundedOutOfOrderness<E>(Duration.ofMinutes(5)).withTimestampAssigner((e) => e.f1)
const left = env
  .fromData(Tuple3.of('k', 0, 'L0'), Tuple3.of('k', 5, 'L5'), Tuple3.of('j', 10, 'L10'), Tuple3.of('k', 20, 'L20'))
  .assignTimestampsAndWatermarks(strategy)
const right = env
  .fromData(
    Tuple3.of('k', 2, 'R2'),
    Tuple3.of('k', 10, 'R10'),
    Tuple3.of('j', 8, 'R8'),
    Tuple3.of('k', 25, 'R25'),
    Tuple3.of('k', 15, 'R15'),
  )
  .assignTimestampsAndWatermarks(strategy)
class Pairs extends ProcessJoinFunction<E, E, string> {
  constructor(private readonly label: string) {
    super()
  }
  processElement(l: E, r: E, ctx: ProcessJoinFunction.Context, out: Collector<string>): void {
    out.collect(`${this.label} ${l.f2} ${r.f2} ${ctx.getLeftTimestamp()} ${ctx.getRightTimestamp()} ${ctx.getTimestamp()}`)
  }
}
const l = left.keyBy((e) => e.f0),
  r = right.keyBy((e) => e.f0)
l.intervalJoin(r).between(Duration.ofMillis(-5), Duration.ofMillis(5)).process(new Pairs('both')).print()
l.intervalJoin(r).between(Duration.ofMillis(-5), Duration.ofMillis(5)).lowerBoundExclusive().process(new Pairs('lower')).print()
l.intervalJoin(r).between(Time.milliseconds(-5), Time.milliseconds(5)).upperBoundExclusive().process(new Pairs('upper')).print()
l.intervalJoin(r)
  .inEventTime()
  .between(Duration.ofMillis(-5), Duration.ofMillis(5))
  .lowerBoundExclusive()
  .upperBoundExclusive()
  .process(new Pairs('none'))
  .print()

env.execute('interval-join')
