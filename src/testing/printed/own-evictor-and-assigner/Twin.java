public class Twin {
static class Show<W extends TimeWindow> implements WindowFunction<Tuple3<String,Integer,Integer>, String, String, W> { String label; Show(String l) { label = l; }
  public void apply(String k, W w, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> out) { StringJoiner j = new StringJoiner(" "); for (Tuple3<String,Integer,Integer> e : es) j.add("" + e.f2); out.collect(label + " " + k + " " + w.getStart() + " " + j); } }
static class Halves extends WindowAssigner<Tuple3<String,Integer,Integer>, TimeWindow> {
  public Collection<TimeWindow> assignWindows(Tuple3<String,Integer,Integer> e, long t, WindowAssignerContext c) { return e.f2 % 2 == 0 ? Arrays.asList(new TimeWindow(0, 50)) : Arrays.asList(new TimeWindow(0, 50), new TimeWindow(t, t + 5)); }
  public Trigger<Tuple3<String,Integer,Integer>, TimeWindow> getDefaultTrigger() { return (Trigger) EventTimeTrigger.create(); }
  public Trigger<Tuple3<String,Integer,Integer>, TimeWindow> getDefaultTrigger(StreamExecutionEnvironment e) { return (Trigger) EventTimeTrigger.create(); }
  public org.apache.flink.api.common.typeutils.TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig c) { return new TimeWindow.Serializer(); }
  public boolean isEventTime() { return true; }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple3<String,Integer,Integer>> events = env.fromData(Tuple3.of("k", 1, 1), Tuple3.of("k", 4, 2), Tuple3.of("l", 6, 3), Tuple3.of("k", 12, 4), Tuple3.of("l", 18, 5), Tuple3.of("k", 24, 6), Tuple3.of("k", 31, 7))
  .assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forBoundedOutOfOrderness(Duration.ofDays(1)).withTimestampAssigner((e, t) -> e.f1));
events.keyBy(e -> e.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).trigger(CountTrigger.of(2)).evictor(CountEvictor.of(1, true)).apply(new Show<>("after"), Types.STRING).print();
events.keyBy(e -> e.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).evictor(TimeEvictor.of(Time.milliseconds(3), true)).trigger(CountTrigger.of(1)).apply(new Show<>("timeafter"), Types.STRING).print();
events.keyBy(e -> e.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).evictor(CountEvictor.of(2)).reduce((x, y) -> Tuple3.of(x.f0, x.f1 + y.f1, x.f2 * 10 + y.f2)).map(t -> "reduce " + t).print();
events.keyBy(e -> e.f0).window(SlidingEventTimeWindows.of(Duration.ofMillis(30), Duration.ofMillis(10))).evictor(CountEvictor.of(2)).aggregate(new AggregateFunction<Tuple3<String,Integer,Integer>, Integer, Integer>() {
  public Integer createAccumulator() { return 0; } public Integer add(Tuple3<String,Integer,Integer> e, Integer c) { return c + e.f2; } public Integer getResult(Integer c) { return c; } public Integer merge(Integer x, Integer y) { return x + y; }
}, new WindowFunction<Integer, String, String, TimeWindow>() { public void apply(String k, TimeWindow w, Iterable<Integer> rs, Collector<String> out) { StringJoiner j = new StringJoiner(","); for (int r : rs) j.add("" + r); out.collect("aggregate " + k + " " + w.getStart() + " " + j); } }).print();
events.keyBy(e -> e.f0).window(new Halves()).apply(new Show<>("own"), Types.STRING).print();
    env.execute("own-evictor-and-assigner");
  }
}
