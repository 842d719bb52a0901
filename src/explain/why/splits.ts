import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { WatermarkSettings } from '../../graph/timeSettings'
import type { StreamNode } from '../../graph/types'
import type { Series } from './evidence'
import type { Situation } from './situation'

/** One watermark generator: of a partition, of a source without partitions, of an operator in the middle (partition −1). */
export interface Split {
  readonly exec: number
  readonly node: StreamNode
  readonly partition: number
  readonly settings: WatermarkSettings | null
  /** How many records it has seen, the first and last of them; −1: none. */
  readonly count: number
  readonly first: number
  readonly last: number
  /** Greatest timestamp, NaN without one, and its event. */
  readonly greatest: number
  readonly greatestEvent: number
  /** Records without a timestamp. */
  readonly untimed: number
  /** What told of its records. */
  readonly series: readonly Series[]
  /** What it can give of what it has seen, whether or not it has given it yet. LONG_MIN: nothing. */
  readonly potential: number
  /** What it gave last, LONG_MIN before. */
  readonly watermark: number
  readonly watermarkEvent: number
  readonly idle: boolean
  readonly idleEvent: number
  /** Watermark alignment holds it: the event, −1 if not. */
  readonly pausedEvent: number
  /** It is read to its end and no longer counts. */
  readonly over: boolean
}

/** What a generator can give for records up to `greatest` (T-1, T-23); of the program's own it is not known, so the best is hoped for. */
export function potentialOf(settings: WatermarkSettings | null, greatest: number): number {
  if (greatest !== greatest) return LONG_MIN
  switch (settings?.generator.type) {
    case 'none':
      return LONG_MIN
    case 'bounded':
      return greatest - settings.generator.bound - 1
    case 'legacy':
      return greatest - settings.generator.bound
    default:
      return greatest - 1
  }
}

/** How far a watermark stays behind the greatest timestamp. */
export const boundOf = (settings: WatermarkSettings | null): number => {
  const generator = settings?.generator
  return generator?.type === 'bounded' || generator?.type === 'legacy' ? generator.bound : 0
}

/** The splits of a generator in one subtask: for a log one a partition, else the generator itself. */
export function splitsOf(s: Situation, exec: number, node: StreamNode): Split[] {
  return node.role === 'source' ? sourceSplits(s, exec, node) : [assignerSplit(s, exec, node)]
}

/** Partitions that a subtask of a source reads: as its reader said, or by the rule for logs. */
export function partitionsOf(s: Situation, exec: number, node: StreamNode): readonly number[] | null {
  const { operator } = node
  if (operator.params.source !== 'log') return null
  const topic = s.header.topics.find(({ name }) => name === operator.params.topic)
  if (topic === undefined) return null
  const { subtask, parallelism } = s.header.executionGraph.vertices[exec]!
  const partitions: number[] = []
  for (let partition = subtask; partition < topic.partitions; partition += parallelism) partitions.push(partition)
  return partitions
}

function sourceSplits(s: Situation, exec: number, node: StreamNode): Split[] {
  const said = s.said(exec)
  const partitions = partitionsOf(s, exec, node)
  const emitted = s.emittedEvent(exec, node.id)
  const statuses = said?.nodes.get(node.id)?.statuses
  const settings = s.watermarks(node)
  if (partitions === null) {
    const every = [...(said?.partitions.values() ?? [])].map(({ records }) => records)
    const status = statuses?.last(s.event) ?? -1
    return [
      {
        ...seen(s, exec, node, -1, every),
        watermark: s.x(emitted),
        watermarkEvent: emitted,
        idle: status >= 0 && s.at(status).b === 1,
        idleEvent: status,
        pausedEvent: pausedEvent(s, exec, -1),
        over: false,
      },
    ]
  }
  const alone = partitions.length === 1
  return partitions.map((partition) => {
    const split = said?.partitions.get(partition)
    const base = seen(s, exec, node, partition, split === undefined ? [] : [split.records])
    let event = split?.watermarks.last(s.event) ?? -1
    if (event < 0 && alone) event = emitted
    let status = split?.statuses.last(s.event) ?? -1
    let idle = status >= 0 && s.at(status).c === 1
    const over = status >= 0 && s.at(status).c === 2
    if (status < 0 && alone) {
      status = statuses?.last(s.event) ?? -1
      idle = status >= 0 && s.at(status).b === 1
    }
    // A generator of the program's own can only be known by what it gave.
    const watermark = event >= 0 ? s.x(event) : split !== undefined && settings?.generator.type !== 'user' ? base.potential : LONG_MIN
    const paused = pausedEvent(s, exec, partition)
    return {
      ...base,
      watermark,
      watermarkEvent: event,
      idle,
      idleEvent: status,
      pausedEvent: paused >= 0 ? paused : pausedEvent(s, exec, -1),
      over,
    }
  })
}

function pausedEvent(s: Situation, exec: number, partition: number): number {
  const event = s.said(exec)?.partitions.get(partition)?.pauses.last(s.event) ?? -1
  return event >= 0 && s.at(event).c === 1 ? event : -1
}

/** An operator that assigns timestamps sees what reaches it; what it made of it shows behind it. */
function assignerSplit(s: Situation, exec: number, node: StreamNode): Split {
  const vertex = s.vertexOf(exec)
  const behind: Series[] = []
  for (const channel of s.outputsOf(exec)) {
    const out = s.evidence.channels[channel.id]
    if (out !== undefined && s.isBehind(vertex, s.jobEdge(channel).from, node.id)) behind.push(out.recordsOut)
  }
  for (const [id, { written, dropped, elements }] of s.said(exec)?.nodes ?? [])
    if (id !== node.id && s.isBehind(vertex, id, node.id)) behind.push(written, dropped, elements)
  const emitted = s.emittedEvent(exec, node.id)
  const status = s.saidOf(exec, node.id)?.statuses.last(s.event) ?? -1
  const base = seen(s, exec, node, -1, behind)
  const watermark = s.x(emitted)
  return {
    ...base,
    potential: watermark < LONG_MAX ? Math.max(base.potential, watermark) : base.potential,
    watermark,
    watermarkEvent: emitted,
    idle: status >= 0 && s.at(status).b === 1,
    idleEvent: status,
    pausedEvent: -1,
    over: false,
  }
}

type Seen = Omit<Split, 'watermark' | 'watermarkEvent' | 'idle' | 'idleEvent' | 'pausedEvent' | 'over'>

function seen(s: Situation, exec: number, node: StreamNode, partition: number, series: readonly Series[]): Seen {
  let count = 0
  let first = -1
  let last = -1
  let greatest = NaN
  let greatestEvent = -1
  let untimed = 0
  for (const one of series) {
    const there = one.events.count(s.event)
    if (there === 0) continue
    count += there
    const begins = one.events.at(0)
    first = first < 0 ? begins : Math.min(first, begins)
    last = Math.max(last, one.events.at(there - 1))
    untimed += one.withoutTime(s.event)
    const max = one.max(s.event)
    if (max > greatest || (greatest !== greatest && max === max)) {
      greatest = max
      greatestEvent = one.maxEvent(s.event)
    }
  }
  const settings = s.watermarks(node)
  return {
    exec,
    node,
    partition,
    settings,
    count,
    first,
    last,
    greatest,
    greatestEvent,
    untimed,
    series,
    potential: potentialOf(settings, greatest),
  }
}

/** Whether a split has fallen silent while others of its run go on: nothing came of it for several times as long as things usually take. */
export function isSilent(s: Situation, split: Split, others: readonly Split[]): boolean {
  const going = others.filter((other) => other !== split && other.count > 0)
  if (split.count === 0) return going.length > 0
  return s.time - s.timeOf(split.last) > patience(s, [split, ...going])
}

/** Whether others have gone on since a split gave its last record: what ended together with it does not make it a silent one. */
export function leftBehind(s: Situation, split: Split, others: readonly Split[]): boolean {
  const going = others.filter((other) => other !== split && other.count > 0)
  const last = Math.max(0, ...going.map((other) => s.timeOf(other.last)))
  return last - s.timeOf(split.last) > patience(s, [split, ...going])
}

/** So long nothing may come of a split before it counts as silent, virtual µs. */
export const patience = (s: Situation, splits: readonly Split[]): number => 3 * Math.max(1, ...splits.map((split) => usual(s, split)))

/** Mean time between two records, virtual µs; 0 of fewer than two. */
const usual = (s: Situation, { count, first, last }: Split): number => (count < 2 ? 0 : (s.timeOf(last) - s.timeOf(first)) / (count - 1))

/** All generators whose watermarks reach a point: of all subtasks upstream. */
export function splitsUpstream(s: Situation, exec: number, node: number, out: boolean): Split[] {
  const splits: Split[] = []
  const done = new Set<string>()
  const walk = (at: number, id: number, behind: boolean): void => {
    const point = s.pointOf(at, id, behind)
    const name = `${at} ${point.at === 'inputs' ? '' : point.node.id}`
    if (done.has(name)) return
    done.add(name)
    if (point.at === 'generator') splits.push(...splitsOf(s, at, point.node))
    else for (const channel of s.inputsOf(at)) walk(channel.from, s.jobEdge(channel).from, true)
  }
  walk(exec, node, out)
  return splits
}

/** Where a split's watermark stands: what it gave, or, between two periodic emissions, what it is about to give. */
export const standing = ({ watermark, potential, settings }: Split): number =>
  settings === null || settings.generator.type === 'user' ? watermark : Math.max(watermark, potential)

/** All that a later event would have to come to. */
export const behind = (splits: readonly Split[], need: number): Split[] =>
  splits.filter((split) => !split.idle && !split.over && standing(split) < need)
