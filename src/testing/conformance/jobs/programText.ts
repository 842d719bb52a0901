import { PRELUDE } from './prelude'

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

/** A source function emits its elements as they stand, watermarks included; a strategy may sit behind it. */
function sourceText({ watermarks, elements }: JobCase['sources'][number]): string {
  const calls = elements.map(([kind, first, value, timestamp, tag]) => {
    if (kind !== 'record') return `ctx.emitWatermark(new Watermark(${end(first)}))`
    if (typeof value !== 'number') throw new NotYet('64-bit values')
    const record = `record(${lit(first)}, ${lit(value)}, ${lit(tag ?? '')})`
    return timestamp === null ? `ctx.collect(${record})` : `ctx.collectWithTimestamp(${record}, ${end(timestamp)})`
  })
  const source = `env.addSource({ run(ctx) { ${calls.join('; ')} }, cancel() {} })`
  if (watermarks.type !== 'perElement') return source
  const strategy = `WatermarkStrategy.forGenerator(() => new Perhaps(${lit(watermarks.outOfOrderness ?? 0)}))`
  return `${source}.assignTimestampsAndWatermarks(${strategy})`
}

/** Timestamps and watermarks at the ends of Java's long have names. */
const end = (time: unknown): string => (time === 'MAX' ? 'Long.MAX_VALUE' : time === 'MIN' ? 'Long.MIN_VALUE' : lit(time))

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
    case 'coMap':
      return `${step.inputs![0]}.connect(${step.inputs![1]}).map({ map1: maps.${String(step.first)}, map2: maps.${String(step.second)} })`
    case 'windowJoin':
    case 'coGroup':
      return twoWindowsText(step)
    case 'intervalJoin': {
      const bounds = `${duration(step.lower)}, ${duration(step.upper)}`
      const exclusive = `${step.lowerExclusive === true ? '.lowerBoundExclusive()' : ''}${step.upperExclusive === true ? '.upperBoundExclusive()' : ''}`
      return `${step.inputs![0]}.intervalJoin(${step.inputs![1]}).between(${bounds})${exclusive}.process((l, r, ctx, out) => out.collect(joined(l, r)))`
    }
    case 'mapPartition':
      return `${input}.fullWindowPartition().mapPartition(partition)`
    case 'keyedCoProcess':
      return `${step.inputs![0]}.connect(${step.inputs![1]}).process(new KeyedCo(${lit(step)}))`
    case 'broadcastProcess':
      return `${step.inputs![0]}.connect(${step.inputs![1]}.broadcast(rules)).process(new Rules(${lit(step)}))`
    case 'asyncMap': {
      const call = `{ asyncInvoke(r, future) { future.complete([maps.${String(step.function)}(r)]) } }, 10, flink.TimeUnit.SECONDS, ${lit(step.capacity)}`
      return `flink.AsyncDataStream.${step.mode === 'ordered' ? 'orderedWait' : 'unorderedWait'}(${input}, ${call})`
    }
    default:
      throw new NotYet(op)
  }
}

type Assigner = Readonly<Record<string, Json>>

/** null: a count window, which is no assigner. */
function assignerText(assigner: Assigner): string | null {
  const offset = assigner.offset === undefined ? '' : `, ${duration(assigner.offset)}`
  switch (assigner.type) {
    case 'tumbling':
      return `flink.TumblingEventTimeWindows.of(${duration(assigner.size)}${offset})`
    case 'sliding':
      return `flink.SlidingEventTimeWindows.of(${duration(assigner.size)}, ${duration(assigner.slide)}${offset})`
    case 'session':
      return `flink.EventTimeSessionWindows.withGap(${duration(assigner.gap)})`
    default:
      return null
  }
}

function twoWindowsText(step: JobStep): string {
  const assigner = step.assigner as Assigner
  const join = step.op === 'windowJoin'
  const windowed = `.where(r => r.f0).equalTo(r => r.f0).window(${assignerText(assigner)!})`
  return `${step.inputs![0]}.${join ? 'join' : 'coGroup'}(${step.inputs![1]})${windowed}.apply(${join ? 'joined' : `coGrouped(${lit(assigner.type === 'session')})`})`
}

function windowText(step: JobStep): string {
  const assigner = step.assigner as Assigner
  const all = step.op === 'windowAll'
  const text = assignerText(assigner)
  const counts = `${lit(assigner.size)}${assigner.slide === undefined ? '' : `, ${lit(assigner.slide)}`}`
  const windowed = text === null ? `${all ? 'countWindowAll' : 'countWindow'}(${counts})` : `${all ? 'windowAll' : 'window'}(${text})`
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
