public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple2<String,Integer>> s = env.fromData(Tuple2.of("a", 1)).assignTimestampsAndWatermarks(WatermarkStrategy.<Tuple2<String,Integer>>forMonotonousTimestamps().withTimestampAssigner((x, t) -> x.f1));
s.keyBy(t -> t.f0).window(EventTimeSessionWindows.withGap(Duration.ofMillis(5))).trigger(DeltaTrigger.of(5, (x, y) -> 1, s.getType().createSerializer(env.getConfig().getSerializerConfig()))).sum(1).print();
    env.execute("fail-late-merge-trigger");
  }
}
