public class Twin {
static class Timers extends KeyedProcessFunction<String, Tuple3<String,Integer,String>, String> {
  ListState<String> log;
  public void open(OpenContext c) { log = getRuntimeContext().getListState(new ListStateDescriptor<>("log", Types.STRING)); }
  public void processElement(Tuple3<String,Integer,String> e, Context ctx, Collector<String> out) throws Exception {
    TimerService t = ctx.timerService();
    if (e.f2.equals("set")) { t.registerEventTimeTimer(e.f1 + 10); t.registerEventTimeTimer(e.f1 + 10); t.registerEventTimeTimer(e.f1 + 5); }
    if (e.f2.equals("delete")) t.deleteEventTimeTimer(e.f1);
    if (e.f2.equals("far")) t.registerEventTimeTimer(Long.MAX_VALUE);
    log.add(e.f2 + "@" + (t.currentWatermark() < -3599999 ? "min" : t.currentWatermark())); }
  public void onTimer(long ts, OnTimerContext ctx, Collector<String> out) throws Exception {
    log.add("" + ts);
    if (ts == 15) ctx.timerService().registerEventTimeTimer(12);
    if (ts > 1000000) for (String l : log.get()) out.collect(ctx.getCurrentKey() + " " + l); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple3.of("a", 10, "set"), Tuple3.of("b", 0, "far"), Tuple3.of("a", 0, "far"), Tuple3.of("b", 3, "set"), Tuple3.of("a", 20, "delete"), Tuple3.of("b", 8, "delete"), Tuple3.of("b", 99, "delete"), Tuple3.of("a", 15, "set"))
  .assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple3<String,Integer,String>>forBoundedOutOfOrderness(Duration.ofHours(1)).withTimestampAssigner((e, t) -> e.f1))
  .keyBy(e -> e.f0).process(new Timers()).print();
    env.execute("keyed-timers");
  }
}
