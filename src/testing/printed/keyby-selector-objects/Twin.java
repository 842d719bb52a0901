public class Twin {
public static class R { public String code; public int n; public R() {} }
public static class P { public String user; public R region; public P() {} P(String u, String c, int n) { user = u; region = new R(); region.code = c; region.n = n; } }
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<P> ps = env.fromData(new P("u", "x", 1), new P("v", "y", 2), new P("u", "x", 3));
ps.keyBy("user").sum("region.n").map(p -> p.user + " " + p.region.n).print();
ps.keyBy(p -> p.region.code).process(new KeyedProcessFunction<String, P, String>() { public void processElement(P p, Context c, Collector<String> o) { o.collect(c.getCurrentKey() + " " + p.user); } }).print();
ps.keyBy("region.code").max("region.n").map(p -> "max " + p.region.code + " " + p.region.n).print();
ps.map(p -> Tuple3.of(p.user, Tuple2.of(p.region.code, p.region.n), 1)).returns(new TypeHint<Tuple3<String,Tuple2<String,Integer>,Integer>>() {}).setParallelism(1).keyBy("f1.f0").sum("f1.f1").map(t -> "" + t).print();
    env.execute("keyby-selector-objects");
  }
}
