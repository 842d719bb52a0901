public class Twin {
static MapStateDescriptor<String, Integer> rules = new MapStateDescriptor<>("rules", Types.STRING, Types.INT);
static class Evaluate extends KeyedBroadcastProcessFunction<String, Tuple2<String,Integer>, Tuple2<String,Integer>, String> {
  ListStateDescriptor<Integer> seen = new ListStateDescriptor<>("seen", Types.INT);
  public void processElement(Tuple2<String,Integer> e, ReadOnlyContext ctx, Collector<String> out) throws Exception { getRuntimeContext().getListState(seen).add(e.f1); ctx.timerService().registerEventTimeTimer(5); }
  public void processBroadcastElement(Tuple2<String,Integer> r, Context ctx, Collector<String> out) throws Exception { ctx.getBroadcastState(rules).put(r.f0, r.f1); }
  public void onTimer(long t, OnTimerContext ctx, Collector<String> out) throws Exception {
    List<Integer> vs = new ArrayList<>(); for (int v : getRuntimeContext().getListState(seen).get()) vs.add(v); Collections.sort(vs);
    for (Map.Entry<String,Integer> r : ctx.getBroadcastState(rules).immutableEntries()) { StringJoiner j = new StringJoiner(" "); for (int v : vs) if (v >= r.getValue()) j.add("" + v); out.collect(ctx.getCurrentKey() + " " + r.getKey() + " " + j); } }
}
static class Count extends BroadcastProcessFunction<Integer, String, String> {
  public void processElement(Integer n, ReadOnlyContext ctx, Collector<String> out) { out.collect("n " + n); }
  public void processBroadcastElement(String s, Context ctx, Collector<String> out) throws Exception { BroadcastState<String,Integer> st = ctx.getBroadcastState(rules); st.put(s, (st.get(s) == null ? 0 : st.get(s)) + 1); out.collect(s + " " + st.get(s) + " " + st.contains("none")); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple2.of("a", 1), Tuple2.of("b", 5), Tuple2.of("a", 7), Tuple2.of("c", 9)).keyBy(e -> e.f0).connect(env.fromData(Tuple2.of("small", 1), Tuple2.of("big", 6)).broadcast(rules)).process(new Evaluate()).print();
env.fromData(1, 2, 3).connect(env.fromData("u", "v", "u").broadcast(rules)).process(new Count()).print();
    env.execute("broadcast-state");
  }
}
