public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(Tuple2.of("u", 1)).keyBy(4).map(o -> "x").print();
    env.execute("fail-key-position");
  }
}
