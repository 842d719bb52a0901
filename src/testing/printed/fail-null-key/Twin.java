public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData("a", "b").keyBy(s -> s.equals("b") ? null : s, Types.STRING).reduce((x, y) -> x + y).print();
    env.execute("fail-null-key");
  }
}
