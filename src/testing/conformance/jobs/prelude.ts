/** Functions, in the family's words, that every case of it may name. */
export const PRELUDE = `import * as flink from 'flink'
const { Duration, KeyedProcessFunction, Long, OutputTag, ProcessFunction, ProcessWindowFunction, ProcessAllWindowFunction, RichMapFunction, RichSinkFunction, StreamExecutionEnvironment, Tuple3, ValueStateDescriptor, ListStateDescriptor, MapStateDescriptor, Watermark, WatermarkStrategy } = flink
const record = (key, value, tag) => Tuple3.of(key, value, tag)
const tagOf = name => new OutputTag(name)
class Subtask extends RichMapFunction { map(r) { return record(r.f0, r.f1, String(this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask())) } }
const maps = {
  double: r => record(r.f0, r.f1 * 2, r.f2), addOne: r => record(r.f0, r.f1 + 1, r.f2), negate: r => record(r.f0, -r.f1 + 0, r.f2),
  clear: r => record(r.f0, 0, ''), clearTag: r => record(r.f0, r.f1, ''), tagValue: r => record(r.f0, r.f1, String(r.f1)), valueToKey: r => record(String(r.f1), r.f1, r.f2),
  failOn: value => r => { if (r.f1 === value) throw new Error('Cannot map ' + value); return r },
}
const floorMod = (a, b) => ((a % b) + b) % b
const filters = { even: r => floorMod(r.f1, 2) === 0, odd: r => floorMod(r.f1, 2) === 1, positive: r => r.f1 > 0, none: () => false, all: () => true }
const flatMaps = {
  split: (r, out) => { for (let i = 1; i <= r.f1; i++) out.collect(record(r.f0, i, r.f2)) },
  words: r => r.f2.split(' ').filter(w => w !== '').map(w => record(w, 1, '')),
}
const time = t => t === null ? 'none' : t === Long.MIN_VALUE ? 'MIN' : t === Long.MAX_VALUE ? 'MAX' : String(t)
const processes = {
  splitSign: { processElement(r, ctx, out) { if (r.f1 > 0) out.collect(r); else ctx.output(tagOf(r.f1 === 0 ? 'zero' : 'negative'), r) } },
  times: { processElement(r, ctx, out) { out.collect(record(r.f0, r.f1, time(ctx.timestamp()) + '/' + time(ctx.timerService().currentWatermark()))) } },
  timer: { processElement(r, ctx, out) { ctx.timerService().registerEventTimeTimer(1) } },
}
const reduces = {
  sum: (a, b) => record(a.f0, a.f1 + b.f1, ''), max: (a, b) => b.f1 > a.f1 ? b : a, concat: (a, b) => record(a.f0, b.f1, a.f2 + ',' + b.f2),
}
const text = ctx => String(ctx.getCurrentKey())
class Keyed extends KeyedProcessFunction {
  constructor(p) { super(); this.p = p }
  open() {
    const c = this.getRuntimeContext()
    this.count = c.getState(new ValueStateDescriptor('count', null, 0)); this.last = c.getState(new ValueStateDescriptor('last'))
    this.seen = c.getMapState(new MapStateDescriptor('seen')); this.buffer = c.getListState(new ListStateDescriptor('buffer'))
  }
  n() { return this.count.value() ?? 0 }
  processElement(r, ctx, out) {
    const { gap, value } = this.p, T = ctx.timestamp(), timers = ctx.timerService()
    switch (this.p.function) {
      case 'runningCount': this.count.update(this.n() + 1); out.collect(record(text(ctx), this.n(), r.f2)); break
      case 'where': out.collect(record(text(ctx), r.f1, String(this.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()))); break
      case 'dedup': if (!this.seen.contains(r.f1)) { this.seen.put(r.f1, true); out.collect(record(text(ctx), r.f1, r.f2)) } break
      case 'lateness': out.collect(record(text(ctx), r.f1, T <= timers.currentWatermark() ? 'late' : 'onTime')); break
      case 'inactivity': this.count.update(this.n() + 1); this.last.update(Math.max(this.last.value() ?? T, T)); timers.registerEventTimeTimer(this.last.value() + gap); break
      case 'deleteTimer': this.count.update(this.n() + 1); if (this.last.value() !== null) timers.deleteEventTimeTimer(this.last.value()); this.last.update(T + gap); timers.registerEventTimeTimer(T + gap); break
      case 'timer': case 'repeat': timers.registerEventTimeTimer(T + gap); break
      case 'sortByTime':
        if (T <= timers.currentWatermark()) ctx.output(tagOf('late'), r)
        else { this.buffer.add([T, r.f1]); timers.registerEventTimeTimer(T) }
        break
      case 'failOn': if (r.f1 === value) throw new Error('Cannot process ' + value); out.collect(r); break
      default: throw new Error('no function ' + this.p.function)
    }
  }
  onTimer(t, ctx, out) {
    const { gap, times } = this.p, timers = ctx.timerService()
    switch (this.p.function) {
      case 'inactivity': if (this.last.value() !== null && this.last.value() + gap === t) { out.collect(record(text(ctx), this.n(), 'inactive')); this.count.clear(); this.last.clear() } break
      case 'deleteTimer': out.collect(record(text(ctx), this.n(), 'inactive')); this.count.clear(); this.last.clear(); break
      case 'timer': out.collect(record(text(ctx), t, 'wm=' + time(timers.currentWatermark()))); break
      case 'repeat': this.count.update(this.n() + 1); out.collect(record(text(ctx), this.n(), 'repeat')); if (this.n() < times) timers.registerEventTimeTimer(t + gap); break
      case 'sortByTime': {
        const all = [...this.buffer.get()], due = all.filter(([at]) => at === t)
        this.buffer.update(all.filter(([at]) => at !== t)); this.count.update(this.n() + 1)
        out.collect(record(text(ctx), this.n(), due.map(([, v]) => v).join(',')))
      }
    }
  }
}
const bounds = w => w instanceof flink.TimeWindow ? '[' + w.getStart() + ',' + w.getEnd() + ')' : 'global'
const results = {
  sum: vs => vs.reduce((a, b) => a + b, 0), count: vs => vs.length, min: vs => Math.min(...vs), max: vs => Math.max(...vs),
}
const windowResult = (name, sorted, key, w, es) => {
  const values = [...es].map(e => e.f1)
  if (name !== 'list') return record(key, results[name](values), bounds(w))
  if (sorted) values.sort((a, b) => a - b)
  return record(key, values.length, bounds(w) + ' ' + values.join(','))
}
const windowFunction = (name, sorted) => (key, w, es, out) => out.collect(windowResult(name, sorted, String(key), w, es))
const allWindowFunction = (name, sorted) => (w, es, out) => out.collect(windowResult(name, sorted, '', w, es))
class Perhaps { constructor(d) { this.d = d; this.max = Long.MIN_VALUE } onEvent(e, t, out) { if (t > this.max) { this.max = t; out.emitWatermark(new Watermark(t - this.d - 1)) } } onPeriodicEmit() {} }
class Write extends RichSinkFunction {
  constructor(id) { super(); this.id = id }
  invoke(r, ctx) { const t = ctx.timestamp(); console.log(JSON.stringify([this.id, r.f0, r.f1, r.f2, t === null || (t > Long.MIN_VALUE && t < Long.MAX_VALUE) ? t : time(t)])) }
}
const joined = (l, r) => record(l.f0, l.f1 + r.f1, l.f2 + '|' + r.f2)
const coGrouped = sorted => (first, second, out) => {
  const ls = [...first], rs = [...second]
  const tags = side => { const all = side.map(r => r.f2); return (sorted ? all.sort() : all).join(',') }
  out.collect(record([...ls, ...rs][0].f0, [...ls, ...rs].reduce((sum, r) => sum + r.f1, 0), tags(ls) + '|' + tags(rs)))
}
const partition = (values, out) => {
  const all = [...values]
  if (all.length > 0) out.collect(record(all.at(-1).f0, all.reduce((sum, r) => sum + r.f1, 0), all.map(r => r.f1).join(',')))
}
class KeyedCo extends flink.KeyedCoProcessFunction {
  constructor(p) { super(); this.p = p }
  open() {
    const c = this.getRuntimeContext()
    this.sum = c.getState(new ValueStateDescriptor('sum', null, 0)); this.count = c.getState(new ValueStateDescriptor('count', null, 0))
  }
  on(side, r, ctx, out) {
    if (this.p.function === 'difference') { this.sum.update(this.sum.value() + (side === 1 ? r.f1 : -r.f1)); ctx.timerService().registerEventTimeTimer(this.p.at) }
    else { this.count.update(this.count.value() + 1); out.collect(record(text(ctx), this.count.value(), side + ':' + r.f2)) }
  }
  processElement1(r, ctx, out) { this.on(1, r, ctx, out) }
  processElement2(r, ctx, out) { this.on(2, r, ctx, out) }
  onTimer(t, ctx, out) { out.collect(record(text(ctx), this.sum.value(), 'difference')) }
}
const rules = new MapStateDescriptor('rules')
class Rules extends flink.KeyedBroadcastProcessFunction {
  constructor(p) { super(); this.p = p }
  open() { this.buffer = this.getRuntimeContext().getListState(new ListStateDescriptor('buffer')) }
  times(r, ctx) { return record(r.f0, r.f1 * (ctx.getBroadcastState(rules).get(r.f0) ?? 1), r.f2) }
  processElement(r, ctx, out) {
    if (this.p.function === 'factorNow') return out.collect(this.times(r, ctx))
    this.buffer.add(r); ctx.timerService().registerEventTimeTimer(this.p.at)
  }
  processBroadcastElement(r, ctx) { ctx.getBroadcastState(rules).put(r.f0, r.f1) }
  onTimer(t, ctx, out) { for (const r of this.buffer.get()) out.collect(this.times(r, ctx)) }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`
