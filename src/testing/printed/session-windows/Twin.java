public class Twin {
static class G implements WatermarkGenerator<Tuple3<String,Integer,Integer>> {
  public void onEvent(Tuple3<String,Integer,Integer> e, long t, WatermarkOutput o) { o.emitWatermark(new org.apache.flink.api.common.eventtime.Watermark(t - 5000)); }
  public void onPeriodicEmit(WatermarkOutput o) {}
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple3<String,Integer,Integer>> clicks = env.fromData(
  Tuple3.of("ann", 1_000, 1), Tuple3.of("bob", 2_000, 10), Tuple3.of("ann", 6_000, 2), Tuple3.of("ann", 3_500, 4), Tuple3.of("bob", 9_000, 20),
  Tuple3.of("ann", 20_000, 8), Tuple3.of("bob", 12_000, 40), Tuple3.of("ann", 17_500, 16), Tuple3.of("bob", 30_000, 80), Tuple3.of("ann", 2_000, 32), Tuple3.of("ann", 26_500, 64)
).assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forGenerator(c -> new G()).withTimestampAssigner((c, t) -> c.f1));
OutputTag<Tuple3<String,Integer,Integer>> late = new OutputTag<Tuple3<String,Integer,Integer>>("late") {};
SingleOutputStreamOperator<String> s = clicks.keyBy(c -> c.f0).window(EventTimeSessionWindows.withGap(Duration.ofSeconds(3))).sideOutputLateData(late)
  .reduce((x, y) -> Tuple3.of(x.f0, Math.min(x.f1, y.f1), x.f2 + y.f2), new WindowFunction<Tuple3<String,Integer,Integer>, String, String, TimeWindow>() {
    public void apply(String k, TimeWindow w, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> out) { for (Tuple3<String,Integer,Integer> e : es) out.collect(k + " " + w.getStart() + ".." + w.getEnd() + " " + e); }
  });
s.print();
s.getSideOutput(late).print("late");
clicks.keyBy(c -> c.f0).window(EventTimeSessionWindows.withDynamicGap((SessionWindowTimeGapExtractor<Tuple3<String,Integer,Integer>>) c -> c.f2 >= 16 ? 7000 : 1500))
  .allowedLateness(Duration.ofSeconds(4)).sum(2).map(t -> "dynamic " + t).print();
    env.execute("session-windows");
  }
}
