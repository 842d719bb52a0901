public class Twin {
static class Every implements WatermarkGenerator<Tuple3<String,Integer,Integer>> {
  public void onEvent(Tuple3<String,Integer,Integer> e, long t, WatermarkOutput o) { o.emitWatermark(new org.apache.flink.api.common.eventtime.Watermark(t - 1)); }
  public void onPeriodicEmit(WatermarkOutput o) {}
}
static class Show<W extends Window> implements WindowFunction<Tuple3<String,Integer,Integer>, String, String, W> { String label; Show(String l) { label = l; }
  public void apply(String k, W w, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> out) { StringJoiner j = new StringJoiner(" "); for (Tuple3<String,Integer,Integer> e : es) j.add("" + e.f2); out.collect(label + " " + k + " " + (w.maxTimestamp() > 1e15 ? "global" : "" + w.maxTimestamp()) + " " + j); } }
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple3<String,Integer,Integer>> events = env.fromData(Tuple3.of("k", 1, 1), Tuple3.of("k", 4, 2), Tuple3.of("l", 6, 3), Tuple3.of("k", 12, 4), Tuple3.of("l", 18, 5), Tuple3.of("k", 24, 6), Tuple3.of("k", 31, 7), Tuple3.of("k", 28, 8), Tuple3.of("l", 47, 9), Tuple3.of("k", 55, 10), Tuple3.of("l", 22, 11))
  .assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forGenerator(c -> new Every()).withTimestampAssigner((e, t) -> e.f1));
KeyedStream<Tuple3<String,Integer,Integer>, String> keyed = events.keyBy(e -> e.f0);
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).trigger(ContinuousEventTimeTrigger.of(Time.milliseconds(5))).apply(new Show<>("continuous"), Types.STRING).print();
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).trigger(PurgingTrigger.of(ContinuousEventTimeTrigger.of(Time.milliseconds(7)))).apply(new Show<>("purging"), Types.STRING).print();
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).trigger(CountTrigger.of(2)).apply(new Show<>("count"), Types.STRING).print();
keyed.window(GlobalWindows.create()).trigger(DeltaTrigger.of(10, (x, y) -> y.f1 - x.f1, events.getType().createSerializer(env.getConfig().getSerializerConfig()))).apply(new Show<>("delta"), Types.STRING).print();
keyed.window(GlobalWindows.createWithEndOfStreamTrigger()).apply(new Show<>("end"), Types.STRING).print();
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).allowedLateness(Duration.ofMillis(15)).apply(new Show<>("late"), Types.STRING).print();
keyed.window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(3))).trigger(PurgingTrigger.of(EventTimeTrigger.create())).apply(new Show<>("sliding"), Types.STRING).print();
keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(8))).trigger(CountTrigger.of(3)).apply(new Show<>("session"), Types.STRING).print();
keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(8))).trigger(PurgingTrigger.of(EventTimeTrigger.create())).allowedLateness(Duration.ofMillis(20)).apply(new Show<>("sessionlate"), Types.STRING).print();
    env.execute("triggers");
  }
}
