public class Twin {
static class F extends KeyedProcessFunction<String, Tuple2<String,Integer>, String> {
  ValueState<Integer> v; MapState<String,Integer> m; ListState<Integer> l; AggregatingState<Integer,Integer> a;
  public void open(OpenContext c) {
    ValueStateDescriptor<Integer> d = new ValueStateDescriptor<>("v", Types.INT);
    d.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).setUpdateType(StateTtlConfig.UpdateType.OnReadAndWrite).setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired).build());
    v = getRuntimeContext().getState(d); m = getRuntimeContext().getMapState(new MapStateDescriptor<>("m", Types.STRING, Types.INT)); l = getRuntimeContext().getListState(new ListStateDescriptor<>("l", Types.INT));
    a = getRuntimeContext().getAggregatingState(new AggregatingStateDescriptor<Integer,Integer,Integer>("a", new AggregateFunction<Integer,Integer,Integer>() { public Integer createAccumulator() { return 100; } public Integer add(Integer x, Integer c2) { return c2 - x; } public Integer getResult(Integer c2) { return c2; } public Integer merge(Integer x, Integer y) { return x + y; } }, Types.INT)); }
  public void processElement(Tuple2<String,Integer> e, Context ctx, Collector<String> out) throws Exception {
    if (e.f1 < 0) { v.clear(); l.clear(); a.clear(); m.remove("x"); } else { v.update((v.value() == null ? 0 : v.value()) + e.f1); l.addAll(Arrays.asList(e.f1, e.f1 * 2)); a.add(e.f1); Map<String,Integer> p = new HashMap<>(); p.put("x", e.f1); p.put("y", -e.f1); m.putAll(p); }
    List<Integer> vs = new ArrayList<>(); for (int n : m.values()) vs.add(n); Collections.sort(vs); StringJoiner vj = new StringJoiner(","); for (int n : vs) vj.add("" + n);
    String list = ""; for (int n : l.get()) list += n + ";";
    List<String> es = new ArrayList<>(); for (Map.Entry<String,Integer> x : m.entries()) es.add(x.getKey() + ":" + x.getValue()); Collections.sort(es);
    out.collect(ctx.getCurrentKey() + " " + v.value() + " " + list + " " + a.get() + " " + vj + " " + String.join(",", es) + " " + m.contains("x") + " " + m.get("z")); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple2.of("a", 1), Tuple2.of("b", 2), Tuple2.of("a", 3), Tuple2.of("a", -1), Tuple2.of("a", 5), Tuple2.of("b", -1)).keyBy(t -> t.f0).process(new F()).print();
    env.execute("ttl-and-clear");
  }
}
