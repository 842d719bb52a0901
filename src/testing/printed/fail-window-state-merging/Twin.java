public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple2.of("a", 1)).assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple2<String,Integer>>forMonotonousTimestamps().withTimestampAssigner((x, t) -> x.f1))
  .keyBy(t -> t.f0).window(EventTimeSessionWindows.withGap(Duration.ofMillis(5))).process(new ProcessWindowFunction<Tuple2<String,Integer>, String, String, TimeWindow>() { public void process(String k, Context c, Iterable<Tuple2<String,Integer>> es, Collector<String> out) throws Exception { c.windowState().getState(new ValueStateDescriptor<>("w", Types.INT)).update(1); } }).print();
    env.execute("window-state-merging-fail");
  }
}
