public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple2.of("a", "x")).keyBy(t -> t.f0).sum(1).print();
    env.execute("fail-sum-of-strings");
  }
}
