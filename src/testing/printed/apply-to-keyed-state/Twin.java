public class Twin {
static MapStateDescriptor<String, String> rules = new MapStateDescriptor<>("rules", Types.STRING, Types.STRING);
static ValueStateDescriptor<Integer> count = new ValueStateDescriptor<>("count", Types.INT);
static OutputTag<String> side = new OutputTag<String>("side") {};
static class F extends KeyedBroadcastProcessFunction<String, String, String, String> {
  public void processElement(String e, ReadOnlyContext ctx, Collector<String> out) throws Exception { ValueState<Integer> s = getRuntimeContext().getState(count); s.update((s.value() == null ? 0 : s.value()) + 1); ctx.timerService().registerEventTimeTimer(1000); }
  public void processBroadcastElement(String r, Context ctx, Collector<String> out) throws Exception { ctx.getBroadcastState(rules).put(r, r.toUpperCase()); ctx.applyToKeyedState(count, (k, s) -> out.collect(k + " has a count")); ctx.output(side, r + " " + (ctx.currentWatermark() < 0)); }
  public void onTimer(long t, OnTimerContext ctx, Collector<String> out) throws Exception { List<String> l = new ArrayList<>(); for (Map.Entry<String,String> e : ctx.getBroadcastState(rules).immutableEntries()) l.add(e.getKey() + e.getValue()); Collections.sort(l); out.collect(ctx.getCurrentKey() + " " + t + " " + String.join(",", l) + " " + getRuntimeContext().getState(count).value()); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(1);
env.setParallelism(1);
SingleOutputStreamOperator<String> r = env.fromData("a", "b", "a").keyBy(s -> s).connect(env.fromData("x", "y").broadcast(rules)).process(new F());
r.filter(s -> !s.contains("has")).print(); r.getSideOutput(side).print();
    env.execute("apply-to-keyed-state");
  }
}
