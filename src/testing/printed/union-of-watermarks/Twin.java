public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple3<String,Integer,Integer>> x = env.fromData(Tuple3.of("a", 100, 1), Tuple3.of("b", 900, 2)).assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forMonotonousTimestamps().withTimestampAssigner((e, t) -> e.f1));
DataStream<Tuple3<String,Integer,Integer>> y = env.fromData(Tuple3.of("a", 500, 4), Tuple3.of("b", 1_500, 8), Tuple3.of("a", 200, 16)).assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,Integer>>forBoundedOutOfOrderness(Duration.ofSeconds(5)).withTimestampAssigner((e, t) -> e.f1).withIdleness(Duration.ofMinutes(1)));
x.union(y).keyBy(e -> e.f0).window(TumblingEventTimeWindows.of(Duration.ofSeconds(1), Duration.ofMillis(250))).process(new ProcessWindowFunction<Tuple3<String,Integer,Integer>, String, String, TimeWindow>() {
  public void process(String k, Context c, Iterable<Tuple3<String,Integer,Integer>> es, Collector<String> out) { List<Integer> l = new ArrayList<>(); for (Tuple3<String,Integer,Integer> e : es) l.add(e.f2); Collections.sort(l); StringJoiner j = new StringJoiner("+"); for (int i : l) j.add("" + i); out.collect(k + " " + c.window() + " " + j + " " + (c.currentWatermark() > 1e15)); } }).print();
x.union(y, x).windowAll(TumblingEventTimeWindows.of(Duration.ofDays(1))).sum(2).map(e -> e.f2).print("sum").setParallelism(1);
    env.execute("union-of-watermarks");
  }
}
