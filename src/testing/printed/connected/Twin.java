public class Twin {
static class Match extends KeyedCoProcessFunction<Integer, Integer, String, String> {
  ValueState<Integer> n; ListState<String> words;
  public void open(OpenContext c) { n = getRuntimeContext().getState(new ValueStateDescriptor<>("n", Types.INT)); words = getRuntimeContext().getListState(new ListStateDescriptor<>("words", Types.STRING)); }
  public void processElement1(Integer v, Context ctx, Collector<String> out) throws Exception { n.update(v); ctx.timerService().registerEventTimeTimer(100L * v); ctx.timerService().registerEventTimeTimer(1000); }
  public void processElement2(String s, Context ctx, Collector<String> out) throws Exception { words.add(s); ctx.timerService().registerEventTimeTimer(1000); }
  public void onTimer(long t, OnTimerContext ctx, Collector<String> out) throws Exception { out.collect(ctx.getCurrentKey() + " at " + t + " " + ctx.timeDomain() + " n=" + n.value() + " words=" + new ArrayList<String>((Collection<String>) words.get()) + " ts=" + ctx.timestamp()); }
}
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Integer> ints = env.fromData(1, 2, 3, 4);
DataStream<String> words = env.fromData("x", "yy", "zzz");
ints.connect(words).map(new CoMapFunction<Integer, String, String>() { public String map1(Integer n) { return "int " + n; } public String map2(String s) { return "word " + s; } }).setParallelism(1).print().setParallelism(1);
ints.connect(words).flatMap(new CoFlatMapFunction<Integer, String, String>() {
  public void flatMap1(Integer n, Collector<String> out) { for (int i = 0; i < n; i++) out.collect(n + "/" + i); }
  public void flatMap2(String s, Collector<String> out) { for (char c : s.toCharArray()) out.collect("" + c); } }).setParallelism(1).print().setParallelism(1);
ints.connect(words).keyBy(n -> n, s -> s.length()).process(new Match()).print();
    env.execute("connected");
  }
}
