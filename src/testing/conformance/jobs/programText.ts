/**
 * A case of the family `jobs` as the text of a program: what its README calls steps, said in module `flink`. Each sink writes a
 * JSON line `[sink, key, value, tag, timestamp]` to the console.
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

export interface JobStep {
  readonly id: string
  readonly op: string
  readonly input?: string
  readonly inputs?: readonly string[]
  readonly parallelism?: number
  readonly maxParallelism?: number
  readonly [parameter: string]: Json | undefined
}
export interface JobCase {
  readonly environment: { readonly parallelism: number; readonly maxParallelism?: number; readonly runtimeMode: string }
  readonly sources: readonly {
    readonly id: string
    readonly watermarks: { readonly type: string; readonly outOfOrderness?: number }
    readonly elements: readonly (readonly Json[])[]
  }[]
  readonly steps: readonly JobStep[]
  readonly sinks: readonly { readonly id: string; readonly input: string; readonly parallelism?: number }[]
}

/** An op, or an input, that programs of this release cannot have. */
export class NotYet extends Error {}

const PRELUDE = `import * as flink from 'flink'
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
const env = StreamExecutionEnvironment.getExecutionEnvironment()
`

const lit = (value: unknown): string => JSON.stringify(value)
const duration = (millis: unknown): string => `Duration.ofMillis(${lit(millis)})`

export function programText({ environment, sources, steps, sinks }: JobCase): string {
  const lines = [`env.setParallelism(${environment.parallelism})`]
  if (environment.maxParallelism !== undefined) lines.push(`env.setMaxParallelism(${environment.maxParallelism})`)
  const streams = new Set<string>()
  for (const source of sources) {
    streams.add(source.id)
    lines.push(`const ${source.id} = ${sourceText(source)}`)
  }
  for (const step of steps) {
    streams.add(step.id)
    const settings =
      (step.parallelism === undefined ? '' : `.setParallelism(${step.parallelism})`) +
      (step.maxParallelism === undefined ? '' : `.setMaxParallelism(${step.maxParallelism})`)
    lines.push(`const ${step.id} = ${stepText(step)}${settings}`)
  }
  for (const { id, input, parallelism } of sinks) {
    lines.push(`${input}.addSink(new Write(${lit(id)}))${parallelism === undefined ? '' : `.setParallelism(${parallelism})`}`)
  }
  return `${PRELUDE}${lines.join('\n')}\nenv.execute()\n`
}

function sourceText({ watermarks, elements }: JobCase['sources'][number]): string {
  if (watermarks.type === 'script' || elements.some(([kind]) => kind !== 'record')) throw new NotYet('a source that emits watermarks itself')
  if (elements.some(([, , value]) => typeof value !== 'number')) throw new NotYet('64-bit values')
  const timestamps = elements.map(([, , , timestamp]) => timestamp)
  if (timestamps.some((timestamp) => timestamp !== null && typeof timestamp !== 'number')) throw new NotYet('timestamps at the ends')
  const records = elements.map(([, key, value, timestamp, tag]) => `{ r: record(${lit(key)}, ${lit(value)}, ${lit(tag ?? '')}), t: ${lit(timestamp)} }`)
  // Of the old kind: its records have no timestamp, where those of a new source have the least there is. An empty one has a type in Java alone.
  const source = records.length === 0 ? `env.fromCollection([{ r: null, t: 0 }]).filter(() => false).setParallelism(1)` : `env.fromCollection([${records.join(', ')}])`
  const untimed = timestamps.every((timestamp) => timestamp === null)
  if (!untimed && timestamps.includes(null)) throw new NotYet('some records without timestamp')
  const generator =
    watermarks.type === 'perElement' ? `WatermarkStrategy.forGenerator(() => new Perhaps(${lit(watermarks.outOfOrderness ?? 0)}))` : 'WatermarkStrategy.noWatermarks()'
  const assigned = untimed ? '' : `.assignTimestampsAndWatermarks(${generator}.withTimestampAssigner(e => e.t))`
  return `${source}${assigned}.map(e => e.r).setParallelism(1)`
}

function stepText(step: JobStep): string {
  const { op, input } = step
  switch (op) {
    case 'map': {
      const { function: name, value } = step
      return `${input}.map(${name === 'subtask' ? 'new Subtask()' : name === 'failOn' ? `maps.failOn(${lit(value)})` : `maps.${String(name)}`})`
    }
    case 'filter':
      return `${input}.filter(filters.${String(step.function)})`
    case 'flatMap':
      return `${input}.flatMap(flatMaps.${String(step.function)})`
    case 'process':
      return `${input}.process(processes.${String(step.function)})`
    case 'sideOutput':
      return `${input}.getSideOutput(tagOf(${lit(step.tag)}))`
    case 'union':
      return `${step.inputs![0]}.union(${step.inputs!.slice(1).join(', ')})`
    case 'rebalance':
    case 'rescale':
    case 'shuffle':
    case 'global':
    case 'broadcast':
    case 'forward':
      return `${input}.${op}()`
    case 'keyBy':
      return step.by === 'key' ? `${input}.keyBy(r => r.f0)` : `${input}.keyBy(r => floorMod(r.f1, ${lit(step.mod)}), flink.Types.LONG)`
    case 'reduce':
      return `${input}.reduce(reduces.${String(step.function)})`
    case 'sum':
    case 'min':
    case 'max':
      return `${input}.${op}(1)`
    case 'minBy':
    case 'maxBy':
      return `${input}.${op}(1, ${lit(step.first ?? true)})`
    case 'keyedProcess':
      return `${input}.process(new Keyed(${lit(step)}))`
    case 'window':
    case 'windowAll':
      return windowText(step)
    default:
      throw new NotYet(op)
  }
}

function windowText(step: JobStep): string {
  const assigner = step.assigner as Readonly<Record<string, Json>>
  const offset = assigner.offset === undefined ? '' : `, ${duration(assigner.offset)}`
  const all = step.op === 'windowAll'
  const by = all ? 'windowAll' : 'window'
  const windowed = ((): string => {
    switch (assigner.type) {
      case 'tumbling':
        return `${by}(flink.TumblingEventTimeWindows.of(${duration(assigner.size)}${offset}))`
      case 'sliding':
        return `${by}(flink.SlidingEventTimeWindows.of(${duration(assigner.size)}, ${duration(assigner.slide)}${offset}))`
      case 'session':
        return `${by}(flink.EventTimeSessionWindows.withGap(${duration(assigner.gap)}))`
      default:
        return `${all ? 'countWindowAll' : 'countWindow'}(${lit(assigner.size)}${assigner.slide === undefined ? '' : `, ${lit(assigner.slide)}`})`
    }
  })()
  const parts = [`${step.input}.${windowed}`]
  if (step.trigger !== undefined) parts.push(`.trigger(${triggerText(step.trigger)})`)
  if (step.evictor !== undefined) {
    const evictor = step.evictor as Readonly<Record<string, Json>>
    parts.push(`.evictor(${evictor.type === 'count' ? `flink.CountEvictor.of(${lit(evictor.n)})` : `flink.TimeEvictor.of(${duration(evictor.keep)})`})`)
  }
  if (step.allowedLateness !== undefined) parts.push(`.allowedLateness(${duration(step.allowedLateness)})`)
  if (step.lateTag !== undefined) parts.push(`.sideOutputLateData(tagOf(${lit(step.lateTag)}))`)
  const name = String(step.function)
  const field = /^(sum|min|max|minBy|maxBy)Field$/.exec(name)
  if (field !== null) parts.push(`.${field[1]}(1)`)
  else if (name === 'concat') parts.push('.reduce(reduces.concat)')
  else parts.push(`.apply(${all ? 'allWindowFunction' : 'windowFunction'}(${lit(name)}, ${lit(assigner.type === 'session')}))`)
  return parts.join('')
}

function triggerText(trigger: Json): string {
  const { type, n, interval } = trigger as Readonly<Record<string, Json>>
  if (type === 'eventTime') return 'flink.EventTimeTrigger.create()'
  if (type === 'purgingEventTime') return 'flink.PurgingTrigger.of(flink.EventTimeTrigger.create())'
  if (type === 'count') return `flink.CountTrigger.of(${lit(n)})`
  if (type === 'purgingCount') return `flink.PurgingTrigger.of(flink.CountTrigger.of(${lit(n)}))`
  return `flink.ContinuousEventTimeTrigger.of(${duration(interval)})`
}
