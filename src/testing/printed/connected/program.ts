import {
  CoFlatMapFunction,
  Collector,
  KeyedCoProcessFunction,
  ListState,
  ListStateDescriptor,
  OpenContext,
  StreamExecutionEnvironment,
  ValueState,
  ValueStateDescriptor,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
const ints = env.fromData(1, 2, 3, 4)
const words = env.fromData('x', 'yy', 'zzz')
ints
  .connect(words)
  .map({ map1: (n: number) => `int ${n}`, map2: (s: string) => `word ${s}` })
  .setParallelism(1)
  .print()
  .setParallelism(1)
class Split implements CoFlatMapFunction<number, string, string> {
  flatMap1(n: number, out: Collector<string>): void {
    for (let i = 0; i < n; i++) out.collect(`${n}/${i}`)
  }
  flatMap2(s: string, out: Collector<string>): void {
    for (const c of s) out.collect(c)
  }
}
ints.connect(words).flatMap(new Split()).setParallelism(1).print().setParallelism(1)
class Match extends KeyedCoProcessFunction<number, number, string, string> {
  private n!: ValueState<number>
  private words!: ListState<string>
  open(context: OpenContext): void {
    this.n = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('n'))
    this.words = this.getRuntimeContext().getListState(new ListStateDescriptor<string>('words'))
  }
  processElement1(n: number, ctx: KeyedCoProcessFunction.Context<number>, out: Collector<string>): void {
    this.n.update(n)
    ctx.timerService().registerEventTimeTimer(100 * n)
    ctx.timerService().registerEventTimeTimer(1_000)
  }
  processElement2(s: string, ctx: KeyedCoProcessFunction.Context<number>, out: Collector<string>): void {
    this.words.add(s)
    ctx.timerService().registerEventTimeTimer(1_000)
  }
  onTimer(timestamp: number, ctx: KeyedCoProcessFunction.OnTimerContext<number>, out: Collector<string>): void {
    out.collect(
      `${ctx.getCurrentKey()} at ${timestamp} ${ctx.timeDomain()} n=${this.n.value()} words=[${[...this.words.get()].join(', ')}] ts=${ctx.timestamp()}`,
    )
  }
}
ints
  .connect(words)
  .keyBy(
    (n) => n,
    (s) => s.length,
  )
  .process(new Match())
  .print()

env.execute('connected')
