import {
  Collector,
  Duration,
  EventTimeSessionWindows,
  OutputTag,
  StreamExecutionEnvironment,
  Tuple3,
  Watermark,
  WatermarkGenerator,
  WatermarkOutput,
  WatermarkStrategy,
} from 'flink'

type Click = Tuple3<string, number, number>
class Generator implements WatermarkGenerator<Click> {
  onEvent(event: Click, eventTimestamp: number, output: WatermarkOutput): void {
    output.emitWatermark(new Watermark(eventTimestamp - 5_000))
  }
  onPeriodicEmit(output: WatermarkOutput): void {}
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const clicks = env
  .fromData(
    Tuple3.of('ann', 1_000, 1),
    Tuple3.of('bob', 2_000, 10),
    Tuple3.of('ann', 6_000, 2),
    Tuple3.of('ann', 3_500, 4),
    Tuple3.of('bob', 9_000, 20),
    Tuple3.of('ann', 20_000, 8),
    Tuple3.of('bob', 12_000, 40),
    Tuple3.of('ann', 17_500, 16),
    Tuple3.of('bob', 30_000, 80),
    Tuple3.of('ann', 2_000, 32),
    Tuple3.of('ann', 26_500, 64),
  )
  .assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator<Click>(() => new Generator()).withTimestampAssigner((c) => c.f1))
const late = new OutputTag<Click>('late')
const sessions = clicks
  .keyBy((c) => c.f0)
  .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(3)))
  .sideOutputLateData(late)
  .reduce(
    (a, b) => Tuple3.of(a.f0, Math.min(a.f1, b.f1), a.f2 + b.f2),
    (key, window, elements, out: Collector<string>) => {
      for (const e of elements) out.collect(`${key} ${window.getStart()}..${window.getEnd()} ${e}`)
    },
  )
sessions.print()
sessions.getSideOutput(late).print('late')
clicks
  .keyBy((c) => c.f0)
  .window(EventTimeSessionWindows.withDynamicGap<Click>({ extract: (c: Click) => (c.f2 >= 16 ? 7_000 : 1_500) }))
  .allowedLateness(Duration.ofSeconds(4))
  .sum(2)
  .map((t) => `dynamic ${t}`)
  .print()

env.execute('session-windows')
