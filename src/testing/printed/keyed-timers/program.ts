import {
  Collector,
  Duration,
  KeyedProcessFunction,
  ListState,
  ListStateDescriptor,
  Long,
  OpenContext,
  StreamExecutionEnvironment,
  Tuple3,
  WatermarkStrategy,
} from 'flink'

class Timers extends KeyedProcessFunction<string, Tuple3<string, number, string>, string> {
  private log!: ListState<string>
  open(context: OpenContext): void {
    this.log = this.getRuntimeContext().getListState(new ListStateDescriptor<string>('log'))
  }
  processElement(e: Tuple3<string, number, string>, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>): void {
    const timers = ctx.timerService()
    if (e.f2 === 'set') {
      timers.registerEventTimeTimer(e.f1 + 10)
      timers.registerEventTimeTimer(e.f1 + 10)
      timers.registerEventTimeTimer(e.f1 + 5)
    }
    if (e.f2 === 'delete') timers.deleteEventTimeTimer(e.f1)
    if (e.f2 === 'far') timers.registerEventTimeTimer(Long.MAX_VALUE)
    this.log.add(`${e.f2}@${timers.currentWatermark() === Long.MIN_VALUE ? 'min' : timers.currentWatermark()}`)
  }
  onTimer(timestamp: number, ctx: KeyedProcessFunction.OnTimerContext<string>, out: Collector<string>): void {
    this.log.add(`${timestamp}`)
    if (timestamp === 15) ctx.timerService().registerEventTimeTimer(12)
    if (timestamp > 1_000_000) for (const line of this.log.get()) out.collect(`${ctx.getCurrentKey()} ${line}`)
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(
    Tuple3.of('a', 10, 'set'),
    Tuple3.of('b', 0, 'far'),
    Tuple3.of('a', 0, 'far'),
    Tuple3.of('b', 3, 'set'),
    Tuple3.of('a', 20, 'delete'),
    Tuple3.of('b', 8, 'delete'),
    Tuple3.of('b', 99, 'delete'),
    Tuple3.of('a', 15, 'set'),
  )
  .assignTimestampsAndWatermarks(
    WatermarkStrategy.forBoundedOutOfOrderness<Tuple3<string, number, string>>(Duration.ofHours(1)).withTimestampAssigner((e) => e.f1),
  )
  .keyBy((e) => e.f0)
  .process(new Timers())
  .print()

env.execute('keyed-timers')
