public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
WatermarkStrategy<Tuple3<String,Integer,String>> s = WatermarkStrategy.<Tuple3<String,Integer,String>>forBoundedOutOfOrderness(Duration.ofDays(1)).withTimestampAssigner((e, t) -> e.f1);
DataStream<Tuple3<String,Integer,String>> left = env.fromData(Tuple3.of("k", 0, "L0"), Tuple3.of("k", 5, "L5"), Tuple3.of("j", 10, "L10"), Tuple3.of("k", 20, "L20")).assignTimestampsAndWatermarks(s);
DataStream<Tuple3<String,Integer,String>> right = env.fromData(Tuple3.of("k", 2, "R2"), Tuple3.of("k", 10, "R10"), Tuple3.of("j", 18, "R18"), Tuple3.of("k", 25, "R25"), Tuple3.of("i", 15, "R15")).assignTimestampsAndWatermarks(s);
left.join(right).where(e -> e.f0).equalTo(e -> e.f0).window(TumblingEventTimeWindows.of(Duration.ofMillis(10))).apply((x, y) -> "tumbling " + x.f2 + " " + y.f2, Types.STRING).print();
left.join(right).where(e -> e.f0).equalTo(e -> e.f0).window(SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(10))).apply((x, y) -> Tuple2.of("sliding " + x.f2, y.f2), Types.TUPLE(Types.STRING, Types.STRING)).print();
left.join(right).where(e -> e.f0).equalTo(e -> e.f0).window(EventTimeSessionWindows.withGap(Duration.ofMillis(6))).apply((Tuple3<String,Integer,String> x, Tuple3<String,Integer,String> y, Collector<String> out) -> { if (!x.f2.equals("L5")) out.collect("session " + x.f2 + " " + y.f2); }, Types.STRING).print();
left.coGroup(right).where(e -> e.f0).equalTo(e -> e.f0).window(GlobalWindows.create()).trigger(CountTrigger.of(3)).evictor(CountEvictor.of(2)).apply((Iterable<Tuple3<String,Integer,String>> as, Iterable<Tuple3<String,Integer,String>> bs, Collector<String> out) -> {
  int c = 0; for (Object o : as) c++; for (Object o : bs) c++; out.collect(c + " in a global window"); }, Types.STRING).print();
    env.execute("window-joins");
  }
}
