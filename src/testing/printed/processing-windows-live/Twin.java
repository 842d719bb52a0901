public class Twin {
static class Slow implements SourceFunction<Tuple2<String,Integer>> { public void run(SourceContext<Tuple2<String,Integer>> c) throws Exception { c.collect(Tuple2.of("a", 1)); Thread.sleep(1000); c.collect(Tuple2.of("a", 2)); c.collect(Tuple2.of("b", 3)); Thread.sleep(1000); } public void cancel() {} }
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(1);
env.setParallelism(1);
TypeInformation<Tuple2<String,Integer>> ti = Types.TUPLE(Types.STRING, Types.INT);
env.addSource(new Slow(), ti).keyBy(t -> t.f0).window(TumblingProcessingTimeWindows.of(Duration.ofMillis(300))).sum(1).print();
env.addSource(new Slow(), ti).keyBy(t -> t.f0).window(ProcessingTimeSessionWindows.withGap(Duration.ofMillis(300))).sum(1).print("session");
env.addSource(new Slow(), ti).keyBy(t -> t.f0).window(GlobalWindows.create()).trigger(ProcessingTimeoutTrigger.of(CountTrigger.of(5), Duration.ofMillis(200))).sum(1).print("timeout");
    env.execute("processing-windows-live");
  }
}
