import {
  AggregatingState,
  AggregatingStateDescriptor,
  Collector,
  Duration,
  KeyedProcessFunction,
  ListState,
  ListStateDescriptor,
  MapState,
  MapStateDescriptor,
  StateTtlConfig,
  StreamExecutionEnvironment,
  Tuple2,
  Types,
  ValueState,
  ValueStateDescriptor,
} from 'flink'

class F extends KeyedProcessFunction<string, Tuple2<string, number>, string> {
  private v!: ValueState<number>
  private m!: MapState<string, number>
  private l!: ListState<number>
  private a!: AggregatingState<number, number>
  open(): void {
    const ttl = StateTtlConfig.newBuilder(Duration.ofHours(1))
      .setUpdateType(StateTtlConfig.UpdateType.OnReadAndWrite)
      .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
      .build()
    const d = new ValueStateDescriptor<number>('v', Types.INT)
    d.enableTimeToLive(ttl)
    this.v = this.getRuntimeContext().getState(d)
    this.m = this.getRuntimeContext().getMapState(new MapStateDescriptor<string, number>('m', Types.STRING, Types.INT))
    this.l = this.getRuntimeContext().getListState(new ListStateDescriptor<number>('l', Types.INT))
    this.a = this.getRuntimeContext().getAggregatingState(
      new AggregatingStateDescriptor<number, number, number>(
        'a',
        {
          createAccumulator: () => 100,
          add: (x: number, acc: number) => acc - x,
          getResult: (acc: number) => acc,
          merge: (x: number, y: number) => x + y,
        },
        Types.INT,
      ),
    )
  }
  processElement(e: Tuple2<string, number>, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>): void {
    if (e.f1 < 0) {
      this.v.clear()
      this.l.clear()
      this.a.clear()
      this.m.remove('x')
    } else {
      this.v.update((this.v.value() ?? 0) + e.f1)
      this.l.addAll([e.f1, e.f1 * 2])
      this.a.add(e.f1)
      this.m.putAll(
        new Map([
          ['x', e.f1],
          ['y', -e.f1],
        ]),
      )
    }
    const values: number[] = []
    for (const n of this.m.values()) values.push(n)
    let list = ''
    for (const n of this.l.get()) list += `${n};`
    const entries = [...this.m.entries()].map(([k, v]) => `${k}:${v}`).sort()
    out.collect(
      `${ctx.getCurrentKey()} ${this.v.value()} ${list} ${this.a.get()} ${values.sort((a, b) => a - b).join()} ${entries} ${this.m.contains('x')} ${this.m.get('z')}`,
    )
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env
  .fromData(Tuple2.of('a', 1), Tuple2.of('b', 2), Tuple2.of('a', 3), Tuple2.of('a', -1), Tuple2.of('a', 5), Tuple2.of('b', -1))
  .keyBy((t) => t.f0)
  .process(new F())
  .print()

env.execute('ttl-and-clear')
