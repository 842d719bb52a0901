public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData("u").keyBy(0).map(o -> "x").print();
    env.execute("fail-key-of-atomic");
  }
}
