public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(1);
env.setParallelism(1);
env.fromData("first").print();
env.execute("one");
DataStream<Long> numbers = env.fromSequence(1, 3);
numbers.map(n -> n * n).print("squares");
env.execute("two");
env.fromData(2, 4).union(env.fromData(6)).process(new ProcessFunction<Integer, Integer>() { public void processElement(Integer n, Context c, Collector<Integer> out) { out.collect(n / 2); } }).print();
numbers.print("again");
env.execute("three");
  }
}
