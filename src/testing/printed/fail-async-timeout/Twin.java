public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(1);
env.setParallelism(1);
AsyncDataStream.orderedWait(env.fromData("a", "b"), new AsyncFunction<String,String>() { public void asyncInvoke(String s, ResultFuture<String> f) { if (s.equals("a")) f.complete(Arrays.asList("A")); } }, 100, TimeUnit.MILLISECONDS).print();
    env.execute("fail-async-timeout");
  }
}
