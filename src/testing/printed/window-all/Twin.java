public class Twin {
static class All extends ProcessAllWindowFunction<Integer, Tuple2<Long, Integer>, TimeWindow> {
  public void process(Context c, Iterable<Integer> es, Collector<Tuple2<Long,Integer>> out) { int s = 0; for (int e : es) s += e; out.collect(Tuple2.of(c.window().maxTimestamp(), s)); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Integer> n = env.fromData(5, 1, 9, 3, 12, 8, 21, 33, 27).assignTimestampsAndWatermarks(WatermarkStrategy.<Integer>forMonotonousTimestamps().withTimestampAssigner((x, t) -> x * 1000L));
n.windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10))).apply(new AllWindowFunction<Integer, String, TimeWindow>() {
  public void apply(TimeWindow w, Iterable<Integer> vs, Collector<String> out) { StringJoiner j = new StringJoiner("+"); for (int v : vs) j.add("" + v); out.collect("apply " + w.getStart() + " " + j); }
}).setParallelism(1).print().setParallelism(1);
n.windowAll(SlidingEventTimeWindows.of(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(-3))).process(new All()).print("process").setParallelism(1);
n.windowAll(EventTimeSessionWindows.withGap(Duration.ofSeconds(5))).reduce((x, y) -> x + y, new AllWindowFunction<Integer, String, TimeWindow>() {
  public void apply(TimeWindow w, Iterable<Integer> vs, Collector<String> out) { for (int v : vs) out.collect("session " + w + " " + v); }
}).print().setParallelism(1);
n.windowAll(TumblingEventTimeWindows.of(Duration.ofMinutes(1))).aggregate(new AggregateFunction<Integer, Tuple2<Integer,Integer>, Double>() {
  public Tuple2<Integer,Integer> createAccumulator() { return Tuple2.of(0, 0); }
  public Tuple2<Integer,Integer> add(Integer v, Tuple2<Integer,Integer> c) { return Tuple2.of(c.f0 + v, c.f1 + 1); }
  public Double getResult(Tuple2<Integer,Integer> c) { return c.f0 / (double) c.f1; }
  public Tuple2<Integer,Integer> merge(Tuple2<Integer,Integer> x, Tuple2<Integer,Integer> y) { return Tuple2.of(x.f0 + y.f0, x.f1 + y.f1); }
}).map(d -> d == Math.rint(d) ? "" + Math.round(d) : "" + d).print("mean").setParallelism(1);
n.countWindowAll(4).max(0).print("max4").setParallelism(1);
n.countWindowAll(3, 2).reduce((x, y) -> x * 100 + y).print("slide").setParallelism(1);
n.timeWindowAll(Time.seconds(10)).sum(0).print("legacy").setParallelism(1);
    env.execute("window-all");
  }
}
