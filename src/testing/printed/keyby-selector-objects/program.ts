import { Collector, KeyedProcessFunction, StreamExecutionEnvironment, Tuple2, Tuple3 } from 'flink'

interface P {
  user: string
  region: { code: string; n: number }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const ps = env.fromData<P>(
  { user: 'u', region: { code: 'x', n: 1 } },
  { user: 'v', region: { code: 'y', n: 2 } },
  { user: 'u', region: { code: 'x', n: 3 } },
)
ps.keyBy('user')
  .sum('region.n')
  .map((p) => `${p.user} ${p.region.n}`)
  .print()
ps.keyBy({ getKey: (p: P) => p.region.code })
  .process(
    new (class extends KeyedProcessFunction<string, P, string> {
      processElement(p: P, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>): void {
        out.collect(`${ctx.getCurrentKey()} ${p.user}`)
      }
    })(),
  )
  .print()
ps.keyBy('region.code')
  .max('region.n')
  .map((p) => `max ${p.region.code} ${p.region.n}`)
  .print()
ps.map((p) => Tuple3.of(p.user, Tuple2.of(p.region.code, p.region.n), 1))
  .setParallelism(1)
  .keyBy('f1.f0')
  .sum('f1.f1')
  .map((t) => `${t}`)
  .print()

env.execute('keyby-selector-objects')
