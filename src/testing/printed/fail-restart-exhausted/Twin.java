public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(1);
env.setParallelism(1);
env.setRestartStrategy(org.apache.flink.api.common.restartstrategy.RestartStrategies.fixedDelayRestart(2, 1));
env.fromData("a", "b").map(s -> { if (true) throw new IllegalStateException("always " + s); return s; }).print();
    env.execute("fail-restart-exhausted");
  }
}
