public class Twin {
  public static void main(String[] a) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(); env.setParallelism(4);
env.setParallelism(4);
env.fromData(0, 1, 2, 127, 128, 1000, -1, -128, 2147483647, -2147483648, 65536).keyBy(n -> n).map(n -> "int " + n).print();
env.fromSequence(1, 12).keyBy(n -> n, Types.LONG).map(n -> "long " + n).print();
env.fromData(1L, -1L, 4294967296L, 9007199254740993L, -9223372036854775808L).keyBy(n -> n).map(n -> "big " + n).print();
env.fromData(4294967296L, -4294967297L, 9007199254740991L).keyBy(n -> n).map(n -> "safe " + n).print();
env.fromData(1.0, 2.0, 3.0, 4.0, 5.0, 6.0).keyBy(n -> n).map(n -> "double " + Math.round(n)).print();
env.fromData("a", "b", "c", "d").keyBy(s -> Tuple1.of(s), Types.TUPLE(Types.STRING)).map(n -> "tuple1 " + n).print();
env.fromData("a", "b", "c", "d").keyBy(s -> Tuple4.of(s, s.length(), 0.5, true), Types.TUPLE(Types.STRING, Types.INT, Types.DOUBLE, Types.BOOLEAN)).map(n -> "tuple4 " + n).print();
env.fromData("a", "b", "c", "d").keyBy(s -> Tuple2.of(s, 5L), Types.TUPLE(Types.STRING, Types.LONG)).map(n -> "tuplelong " + n).print();
env.fromData("a", "b", "c", "d").keyBy(s -> true).map(n -> "bool " + n).print();
env.fromData("1.5", "-0.5", "1e300", "2.5e-8").keyBy(s -> Double.parseDouble(s)).map(n -> "float " + n).print();
    env.execute("keys-numbers");
  }
}
