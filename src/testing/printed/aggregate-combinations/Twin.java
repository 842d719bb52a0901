public class Twin {
static class Range implements AggregateFunction<Tuple3<String,Integer,Integer>, Tuple2<Integer,Integer>, Tuple2<Integer,Integer>> {
  public Tuple2<Integer,Integer> createAccumulator() { return Tuple2.of(1000, -1000); }
  public Tuple2<Integer,Integer> add(Tuple3<String,Integer,Integer> e, Tuple2<Integer,Integer> c) { return Tuple2.of(Math.min(c.f0, e.f2), Math.max(c.f1, e.f2)); }
  public Tuple2<Integer,Integer> getResult(Tuple2<Integer,Integer> c) { return c; }
  public Tuple2<Integer,Integer> merge(Tuple2<Integer,Integer> x, Tuple2<Integer,Integer> y) { return Tuple2.of(Math.min(x.f0, y.f0), Math.max(x.f1, y.f1)); }
}
static class Rich extends RichWindowFunction<Tuple3<String,Integer,Integer>, String, String, TimeWindow> { int n; public void open(OpenContext c) { n = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(); } public void apply(String k, TimeWindow w, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> o) { int c = 0; for (Object e : es) c++; o.collect("rich " + n + " " + k + " " + c); } }
static OutputTag<String> tag = new OutputTag<String>("t") {};
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
KeyedStream<Tuple3<String,Integer,Integer>, String> keyed = env.fromData(Tuple3.of("k", 1, 5), Tuple3.of("k", 30, 2), Tuple3.of("l", 6, 3), Tuple3.of("k", 12, 4), Tuple3.of("l", 18, 5), Tuple3.of("k", 21, 9))
  .assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forBoundedOutOfOrderness(Duration.ofMinutes(1)).withTimestampAssigner((e, t) -> e.f1)).keyBy(e -> e.f0);
keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(10))).aggregate(new Range()).print();
keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(10))).aggregate(new Range(), new WindowFunction<Tuple2<Integer,Integer>, String, String, TimeWindow>() { public void apply(String k, TimeWindow w, Iterable<Tuple2<Integer,Integer>> rs, Collector<String> o) { for (Object r : rs) o.collect("apply " + k + " " + w.getStart() + " " + r); } }).print();
keyed.window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10))).reduce((x, y) -> Tuple3.of(x.f0, y.f1, x.f2 * y.f2), new ProcessWindowFunction<Tuple3<String,Integer,Integer>, String, String, TimeWindow>() { public void process(String k, Context c, Iterable<Tuple3<String,Integer,Integer>> rs, Collector<String> o) { for (Object r : rs) o.collect("reduce " + k + " " + c.window().getEnd() + " " + r); } }).print();
keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(5), WindowStagger.ALIGNED)).apply(new Rich()).print();
SingleOutputStreamOperator<String> count = keyed.countWindow(2).process(new ProcessWindowFunction<Tuple3<String,Integer,Integer>, String, String, GlobalWindow>() { public void process(String k, Context c, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> o) { c.output(tag, "side " + k); for (Object e : es) o.collect("count " + e); } });
count.print(); count.getSideOutput(tag).print();
    env.execute("aggregate-combinations");
  }
}
