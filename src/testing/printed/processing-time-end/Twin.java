public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(2);
DataStream<Tuple2<String,Integer>> s = env.fromData(Tuple2.of("a", 1), Tuple2.of("a", 2), Tuple2.of("b", 3));
s.keyBy(t -> t.f0).window(TumblingProcessingTimeWindows.of(Duration.ofHours(1))).sum(1).print("never");
s.keyBy(t -> t.f0).window(ProcessingTimeSessionWindows.withGap(Duration.ofMinutes(10))).sum(1).print("session");
s.keyBy(t -> t.f0).process(new KeyedProcessFunction<String, Tuple2<String,Integer>, String>() { public void processElement(Tuple2<String,Integer> t, Context c, Collector<String> out) { c.timerService().registerProcessingTimeTimer(c.timerService().currentProcessingTime() + 3600000); out.collect("seen " + t); } public void onTimer(long ts, OnTimerContext c, Collector<String> out) { out.collect("fired"); } }).print();
s.keyBy(t -> t.f0).window(GlobalWindows.create()).reduce((x, y) -> x).print("global");
    env.execute("processing-time-end");
  }
}
