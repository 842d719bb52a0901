public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
KeyedStream<String,String> x = env.fromData("a", "b").keyBy(s -> s);
x.intervalJoin(x).between(Time.seconds(1), Time.seconds(-1)).process(new ProcessJoinFunction<String,String,String>() { public void processElement(String l, String r, Context c, Collector<String> o) { o.collect(l + r); } }).print();
    env.execute("fail-bad-bounds");
  }
}
