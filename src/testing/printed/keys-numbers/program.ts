import { StreamExecutionEnvironment, Tuple1, Tuple2, Tuple4, Types } from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(4)
env
  .fromData(0, 1, 2, 127, 128, 1000, -1, -128, 2147483647, -2147483648, 65536)
  .keyBy((n) => n)
  .map((n) => `int ${n}`)
  .print()
env
  .fromSequence(1, 12)
  .keyBy((n) => n, Types.LONG)
  .map((n) => `long ${n}`)
  .print()
env
  .fromData(1n, -1n, 4294967296n, 9007199254740993n, -9223372036854775808n)
  .keyBy((n) => n)
  .map((n) => `big ${n}`)
  .print()
env
  .fromData(4294967296, -4294967297, 9007199254740991)
  .keyBy((n) => n)
  .map((n) => `safe ${n}`)
  .print()
env
  .fromData(1, 2, 3, 4, 5, 6)
  .keyBy((n) => n, Types.DOUBLE)
  .map((n) => `double ${n}`)
  .print()
env
  .fromData('a', 'b', 'c', 'd')
  .keyBy((s) => Tuple1.of(s))
  .map((n) => `tuple1 ${n}`)
  .print()
env
  .fromData('a', 'b', 'c', 'd')
  .keyBy((s) => Tuple4.of(s, s.length, 0.5, true))
  .map((n) => `tuple4 ${n}`)
  .print()
env
  .fromData('a', 'b', 'c', 'd')
  .keyBy((s) => Tuple2.of(s, 5n))
  .map((n) => `tuplelong ${n}`)
  .print()
env
  .fromData('a', 'b', 'c', 'd')
  .keyBy((s) => true)
  .map((n) => `bool ${n}`)
  .print()
env
  .fromData('1.5', '-0.5', '1e300', '2.5e-8')
  .keyBy((s) => Number(s))
  .map((n) => `float ${n}`)
  .print()

env.execute('keys-numbers')
