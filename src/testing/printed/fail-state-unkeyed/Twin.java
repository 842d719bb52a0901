public class Twin {
static class S extends RichMapFunction<Integer, Integer> { public void open(OpenContext c) { getRuntimeContext().getState(new ValueStateDescriptor<>("s", Types.INT)); } public Integer map(Integer n) { return n; } }
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
env.fromData(1, 2).map(new S()).print();
    env.execute("fail-state-unkeyed");
  }
}
