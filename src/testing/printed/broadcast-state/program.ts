import {
  BroadcastProcessFunction,
  Collector,
  KeyedBroadcastProcessFunction,
  ListStateDescriptor,
  MapStateDescriptor,
  StreamExecutionEnvironment,
  Tuple2,
  Types,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const rules = new MapStateDescriptor<string, number>('rules', Types.STRING, Types.INT)
class Evaluate extends KeyedBroadcastProcessFunction<string, Tuple2<string, number>, Tuple2<string, number>, string> {
  private readonly seen = new ListStateDescriptor<number>('seen', Types.INT)
  processElement(event: Tuple2<string, number>, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<string>, out: Collector<string>): void {
    this.getRuntimeContext().getListState(this.seen).add(event.f1)
    ctx.timerService().registerEventTimeTimer(5)
  }
  processBroadcastElement(rule: Tuple2<string, number>, ctx: KeyedBroadcastProcessFunction.Context<string>, out: Collector<string>): void {
    ctx.getBroadcastState(rules).put(rule.f0, rule.f1)
  }
  onTimer(timestamp: number, ctx: KeyedBroadcastProcessFunction.OnTimerContext<string>, out: Collector<string>): void {
    const values = [...this.getRuntimeContext().getListState(this.seen).get()].sort((a, b) => a - b)
    for (const [name, limit] of ctx.getBroadcastState(rules).immutableEntries()) {
      out.collect(`${ctx.getCurrentKey()} ${name} ${values.filter((v) => v >= limit).join(' ')}`)
    }
  }
}
env
  .fromData(Tuple2.of('a', 1), Tuple2.of('b', 5), Tuple2.of('a', 7), Tuple2.of('c', 9))
  .keyBy((e) => e.f0)
  .connect(env.fromData(Tuple2.of('small', 1), Tuple2.of('big', 6)).broadcast(rules))
  .process(new Evaluate())
  .print()
class Count extends BroadcastProcessFunction<number, string, string> {
  processElement(n: number, ctx: BroadcastProcessFunction.ReadOnlyContext, out: Collector<string>): void {
    out.collect(`n ${n}`)
  }
  processBroadcastElement(s: string, ctx: BroadcastProcessFunction.Context, out: Collector<string>): void {
    const state = ctx.getBroadcastState(rules)
    state.put(s, (state.get(s) ?? 0) + 1)
    out.collect(`${s} ${state.get(s)} ${state.contains('none')}`)
  }
}
env
  .fromData(1, 2, 3)
  .connect(env.fromData('u', 'v', 'u').broadcast(rules))
  .process(new Count())
  .print()

env.execute('broadcast-state')
