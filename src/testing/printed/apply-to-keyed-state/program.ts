import {
  Collector,
  KeyedBroadcastProcessFunction,
  MapStateDescriptor,
  OutputTag,
  StreamExecutionEnvironment,
  Types,
  ValueState,
  ValueStateDescriptor,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(1)
const rules = new MapStateDescriptor<string, string>('rules', Types.STRING, Types.STRING)
const count = new ValueStateDescriptor<number>('count', Types.INT)
class F extends KeyedBroadcastProcessFunction<string, string, string, string> {
  processElement(e: string, ctx: KeyedBroadcastProcessFunction.ReadOnlyContext<string>, out: Collector<string>): void {
    const state = this.getRuntimeContext().getState(count)
    state.update((state.value() ?? 0) + 1)
    ctx.timerService().registerEventTimeTimer(1_000)
  }
  processBroadcastElement(r: string, ctx: KeyedBroadcastProcessFunction.Context<string>, out: Collector<string>): void {
    ctx.getBroadcastState(rules).put(r, r.toUpperCase())
    ctx.applyToKeyedState(count, (key: string, state: ValueState<number>) => {
      out.collect(`${key} has a count`)
      state.update(state.value()! + 0)
    })
    ctx.output(side, `${r} ${ctx.currentWatermark() < 0}`)
  }
  onTimer(t: number, ctx: KeyedBroadcastProcessFunction.OnTimerContext<string>, out: Collector<string>): void {
    out.collect(
      `${ctx.getCurrentKey()} ${t} ${[...ctx.getBroadcastState(rules).immutableEntries()]
        .map(([k, v]) => k + v)
        .sort()
        .join()} ${this.getRuntimeContext().getState(count).value()}`,
    )
  }
}
const side = new OutputTag<string>('side')
const result = env
  .fromData('a', 'b', 'a')
  .keyBy((s) => s)
  .connect(env.fromData('x', 'y').broadcast(rules))
  .process(new F())
result.filter((s) => !s.includes('has')).print()
result.getSideOutput(side).print()

env.execute('apply-to-keyed-state')
