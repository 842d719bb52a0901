public class Twin {
static class Pairs extends ProcessJoinFunction<Tuple3<String,Integer,String>, Tuple3<String,Integer,String>, String> {
  String label; Pairs(String l) { label = l; }
  public void processElement(Tuple3<String,Integer,String> l, Tuple3<String,Integer,String> r, Context ctx, Collector<String> out) {
    out.collect(label + " " + l.f2 + " " + r.f2 + " " + ctx.getLeftTimestamp() + " " + ctx.getRightTimestamp() + " " + ctx.getTimestamp()); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
WatermarkStrategy<Tuple3<String,Integer,String>> s = WatermarkStrategy.<Tuple3<String,Integer,String>>forBoundedOutOfOrderness(Duration.ofMinutes(5)).withTimestampAssigner((e, t) -> e.f1);
DataStream<Tuple3<String,Integer,String>> left = env.fromData(Tuple3.of("k", 0, "L0"), Tuple3.of("k", 5, "L5"), Tuple3.of("j", 10, "L10"), Tuple3.of("k", 20, "L20")).assignTimestampsAndWatermarks(s);
DataStream<Tuple3<String,Integer,String>> right = env.fromData(Tuple3.of("k", 2, "R2"), Tuple3.of("k", 10, "R10"), Tuple3.of("j", 8, "R8"), Tuple3.of("k", 25, "R25"), Tuple3.of("k", 15, "R15")).assignTimestampsAndWatermarks(s);
KeyedStream<Tuple3<String,Integer,String>, String> l = left.keyBy(e -> e.f0), r = right.keyBy(e -> e.f0);
l.intervalJoin(r).between(Time.milliseconds(-5), Time.milliseconds(5)).process(new Pairs("both")).print();
l.intervalJoin(r).between(Time.milliseconds(-5), Time.milliseconds(5)).lowerBoundExclusive().process(new Pairs("lower")).print();
l.intervalJoin(r).between(Time.milliseconds(-5), Time.milliseconds(5)).upperBoundExclusive().process(new Pairs("upper")).print();
l.intervalJoin(r).inEventTime().between(Time.milliseconds(-5), Time.milliseconds(5)).lowerBoundExclusive().upperBoundExclusive().process(new Pairs("none")).print();
    env.execute("interval-join");
  }
}
