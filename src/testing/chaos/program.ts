import { DEFAULT_CLUSTER, newScenario } from '../../scenario/defaults'
import type { Scenario } from '../../scenario/types'
import type { ChaosPlan, Step } from './plan'

const STEP_TEXT: Readonly<Record<Step, string>> = {
  map: `.map(r => ({ ...r, value: r.value + 1 }))`,
  filter: `.filter(r => r.value % 5 !== 0)`,
  'map-unchained': `.map(r => ({ ...r, value: r.value * 2 })).disableChaining()`,
  keyed: `.keyBy(r => r.key).map(r => r)`,
  rebalance: '.rebalance().map(r => r)',
  rescale: '.rescale().map(r => r)',
  shuffle: '.shuffle().map(r => r)',
}

/** What follows `keyed`, a stream by key. All give { id, value }: `id` says which result it is, whatever run made it. */
const SHAPE_TEXT: Readonly<Record<Exclude<ChaosPlan['shape'], 'join'>, string>> = {
  sum: `keyed.process(new (class extends KeyedProcessFunction {
    open() { this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum')); this.n = this.getRuntimeContext().getState(new ValueStateDescriptor('n')) }
    processElement(r, ctx, out) {
      const n = (this.n.value() ?? 0) + 1
      this.n.update(n)
      this.sum.update((this.sum.value() ?? 0) + r.value)
      out.collect({ id: r.key + ' ' + n, value: this.sum.value() })
    }
  })())`,
  list: `keyed.process(new (class extends KeyedProcessFunction {
    open() { this.last = this.getRuntimeContext().getListState(new ListStateDescriptor('last')) }
    processElement(r, ctx, out) {
      const seen = [...this.last.get(), r.value]
      this.last.add(r.value)
      if (seen.length > 4) this.last.update(seen.slice(-4))
      out.collect({ id: r.key, value: seen.join(' ') })
    }
  })())`,
  map: `keyed.process(new (class extends KeyedProcessFunction {
    open() { this.counts = this.getRuntimeContext().getMapState(new MapStateDescriptor('counts')) }
    processElement(r, ctx, out) {
      this.counts.put('v' + r.value, (this.counts.get('v' + r.value) ?? 0) + 1)
      out.collect({ id: r.key + ' ' + r.value, value: this.counts.get('v' + r.value) })
    }
  })())`,
  reducing: `keyed.process(new (class extends KeyedProcessFunction {
    open() { this.sum = this.getRuntimeContext().getReducingState(new ReducingStateDescriptor('sum', (a, b) => a + b)) }
    processElement(r, ctx, out) { this.sum.add(r.value); out.collect({ id: r.key, value: this.sum.get() }) }
  })())`,
  aggregating: `keyed.process(new (class extends KeyedProcessFunction {
    open() {
      this.mean = this.getRuntimeContext().getAggregatingState(new AggregatingStateDescriptor('mean', {
        createAccumulator: () => ({ sum: 0, n: 0 }),
        add: (value, acc) => ({ sum: acc.sum + value, n: acc.n + 1 }),
        getResult: acc => acc.sum + '/' + acc.n,
        merge: (a, b) => ({ sum: a.sum + b.sum, n: a.n + b.n }),
      }))
    }
    processElement(r, ctx, out) { this.mean.add(r.value); out.collect({ id: r.key, value: this.mean.get() }) }
  })())`,
  'count-window': `keyed.countWindow(3).reduce((a, b) => ({ key: a.key, value: a.value + b.value })).setParallelism(PARALLELISM).map(r => ({ id: r.key, value: r.value }))`,
  tumbling: `keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(300))).reduce((a, b) => ({ key: a.key, value: a.value + b.value }), (key, w, all, out) => out.collect({ id: key + ' ' + w.getStart(), value: [...all][0].value }))`,
  sliding: `keyed.window(SlidingEventTimeWindows.of(Duration.ofMillis(400), Duration.ofMillis(100))).apply((key, w, all, out) => out.collect({ id: key + ' ' + w.getStart(), value: [...all].reduce((sum, r) => sum + r.value, 0) }))`,
  session: `keyed.window(EventTimeSessionWindows.withGap(Duration.ofMillis(120))).reduce((a, b) => ({ key: a.key, value: a.value + b.value }), (key, w, all, out) => out.collect({ id: key + ' ' + w.getStart() + ' ' + w.getEnd(), value: [...all][0].value }))`,
  regions: `stream.map(r => ({ id: r.key + ' ' + r.number, value: r.value }))`,
  asynchronous: `AsyncDataStream.unorderedWait(stream, new (class extends RichAsyncFunction {
    open() { this.service = ExternalService.named('profiles') }
    asyncInvoke(r, future) {
      this.service.request(r.key, (profile, error) => error ? future.completeExceptionally(error) : future.complete([{ id: r.key + ' ' + r.number, value: profile.town }]))
    }
    timeout(r, future) { future.complete([{ id: r.key + ' ' + r.number, value: 'nowhere' }]) }
  })(), 10, TimeUnit.MINUTES, 4)`,
  broadcast: `stream.connect(rules.broadcast(RULES)).process(new (class extends BroadcastProcessFunction {
    processElement(r, ctx, out) { ctx.getBroadcastState(RULES).contains('x'); out.collect({ id: r.key + ' ' + r.number, value: r.value }) }
    processBroadcastElement(rule, ctx, out) {
      const state = ctx.getBroadcastState(RULES)
      state.put(rule.key, (state.get(rule.key) ?? 0) + rule.value)
    }
  })())`,
  union: `stream.process(new (class extends ProcessFunction {
    initializeState(context) {
      this.seen = context.getOperatorStateStore().getListState(new ListStateDescriptor('seen'))
      this.all = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor('all'))
      this.last = [...this.seen.get()]
      this.known = new Set(this.all.get())
    }
    snapshotState() { this.seen.update(this.last); this.all.update(this.last) }
    processElement(r, ctx, out) {
      const id = r.key + ' ' + r.number
      this.last.push(id)
      out.collect({ id, value: this.known.has(id) ? 'seen before' : r.value })
    }
  })())`,
  timers: `keyed.process(new (class extends KeyedProcessFunction {
    open() { this.buckets = this.getRuntimeContext().getMapState(new MapStateDescriptor('buckets')) }
    processElement(r, ctx, out) {
      const end = Math.floor(ctx.timestamp() / 250) * 250 + 249
      this.buckets.put(end, (this.buckets.get(end) ?? 0) + r.value)
      ctx.timerService().registerEventTimeTimer(end)
    }
    onTimer(time, ctx, out) {
      out.collect({ id: ctx.getCurrentKey() + ' ' + time, value: this.buckets.get(time) })
      this.buckets.remove(time)
    }
  })())`,
}

const JOIN = `stream.keyBy(r => r.key).intervalJoin(right.keyBy(r => r.key)).between(Duration.ofMillis(-60), Duration.ofMillis(60))
  .process((a, b, ctx, out) => out.collect({ id: a.key, value: a.number + ' ' + b.number }))`

/** Reads every parallelism-th row, and keeps the place of the next one. Restored without a place it had finished: nobody keeps anything of a finished subtask (D-11). */
const own = (parallelism: number): string => `env.addSource(new (class extends RichParallelSourceFunction {
  next = 0
  initializeState(context) {
    this.place = context.getOperatorStateStore().getListState(new ListStateDescriptor('place'))
    if (context.isRestored()) this.next = Infinity
    for (const next of this.place.get()) this.next = next
  }
  snapshotState() { this.place.update([this.next]) }
  run(ctx) {
    const info = this.getRuntimeContext().getTaskInfo()
    const subtask = info.getIndexOfThisSubtask()
    while (subtask + this.next * info.getNumberOfParallelSubtasks() < ROWS.length) {
      const number = subtask + this.next++ * info.getNumberOfParallelSubtasks()
      const [key, time, value] = ROWS[number]
      ctx.collectWithTimestamp({ key, time, value, number }, time)
    }
  }
  cancel() {}
})()).setParallelism(${parallelism})`

const SINKS: Readonly<Record<ChaosPlan['sink'], string>> = {
  none: '',
  files: `results.sinkTo(FileSink.forRowFormat('/out').withBucketAssigner(new BasePathBucketAssigner()).build())`,
  own: `results.addSink(new (class extends TwoPhaseCommitSinkFunction {
  topic = ExternalTopic.named('own')
  count = 0
  beginTransaction() {
    const id = 't' + this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() + '-' + Date.now() + '-' + this.count++
    this.topic.begin(id)
    return id
  }
  invoke(id, value) { this.topic.append(value, id) }
  preCommit(id) { this.topic.preCommit(id) }
  commit(id) { this.topic.commit(id) }
  abort(id) { this.topic.abort(id) }
})())`,
}

/** The plan's program, in the words a user would write. */
export function programOf(plan: ChaosPlan): string {
  const [source, steps, shape, sinks] = plan.parallelism
  const read = (name: string): string =>
    plan.ownSource
      ? own(source)
      : `env.fromSource(
  LogSource.topic('in').setBounded(),
  WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(${plan.disorder})).withTimestampAssigner(r => r.time),
  '${name}',
).setParallelism(${source})`
  const between = plan.steps.map((step) => `\n  ${STEP_TEXT[step]}.setParallelism(${steps})`).join('')
  // The window, too: a map behind it with another parallelism would deal a key's results out, and with them goes their order.
  const results = (plan.shape === 'join' ? JOIN : SHAPE_TEXT[plan.shape]).replace('PARALLELISM', String(shape))
  return `import { AggregatingStateDescriptor, AsyncDataStream, BasePathBucketAssigner, BroadcastProcessFunction, Duration, EventTimeSessionWindows, ExternalService, ExternalTopic, FileSink, KeyedProcessFunction, ListStateDescriptor, LogSource, MapStateDescriptor, ProcessFunction, ReducingStateDescriptor, RichAsyncFunction, RichParallelSourceFunction, SlidingEventTimeWindows, StreamExecutionEnvironment, TimeUnit, TopicSink, TransactionalSink, TumblingEventTimeWindows, TwoPhaseCommitSinkFunction, UpsertSink, ValueStateDescriptor, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
${plan.shape === 'broadcast' ? `const RULES = new MapStateDescriptor('rules')\nconst rules = ${read('rules')}` : ''}
${plan.ownSource ? `const ROWS = ${JSON.stringify(plan.rows)}` : ''}
const stream = ${read('left')}${between}
${plan.shape === 'join' ? `const right = ${read('right')}` : 'const keyed = stream.keyBy(r => r.key)'}
const results = ${results}.setParallelism(${shape})
results.sinkTo(TransactionalSink.topic('exactly')).setParallelism(${sinks})
results.sinkTo(TopicSink.topic('plain')).setParallelism(${sinks})
${SINKS[plan.sink]}${plan.sink === 'none' ? '' : `.setParallelism(${sinks})`}
${plan.shape !== 'join' && plan.shape !== 'regions' ? `results.keyBy(r => r.id).sinkTo(UpsertSink.table('table', r => r.id)).setParallelism(${sinks})` : ''}
env.execute('chaos ${plan.seed}')
`
}

/** The whole scenario; without `faults` it is the run that others are held against. */
export function scenarioOf(plan: ChaosPlan, faults: ChaosPlan['faults'] = plan.faults): Scenario {
  return newScenario({
    name: `chaos ${plan.seed}`,
    program: { language: 'typescript', text: programOf(plan) },
    topics: [
      {
        name: 'in',
        partitions: plan.partitions,
        table: { from: 'inline', columns: ['key', 'time', 'value', 'number'], rows: plan.rows.map((row, number) => [...row, number]) },
        eventTime: 'time',
        partitionBy: 'key',
        arrival: { by: 'rate', every: plan.every / 1000 },
      },
    ],
    cluster: { ...DEFAULT_CLUSTER, taskManagers: plan.taskManagers, linkLatency: plan.linkLatency, recordCost: plan.recordCost },
    configuration: plan.configuration,
    services: [
      {
        name: 'profiles',
        latency: { least: 1, most: 60 },
        table: { key: 'key', columns: ['key', 'town'], rows: Array.from({ length: 12 }, (_, i) => [`k${i}`, `town ${i}`]) },
      },
    ],
    interventions: faults,
    seed: plan.seed,
  })
}
