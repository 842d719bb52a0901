import { LONG_MIN } from '../../core/time'
import { windowSettingsOf } from '../../graph/timeSettings'
import { arrivalsAfter } from '../../scenario/arrivals'
import type { ResolvedTopic, Scenario, TopicRecord } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { bandsAt, type Band } from './bands'
import { ghostsAt, sourcesOf, type Ghost } from './ghosts'
import { linesAt, valueAtTime, type PlaneLines, type WatermarkLine } from './lines'
import { topicOf, type Place } from './places'
import { pointsAt, type Points } from './points'
import { fitted, type Stretch } from './viewport'

/** Everything that a moment's picture shows. */
export interface Scene {
  readonly place: Place
  /** Virtual µs of the playhead, and up to which there is a run. */
  readonly now: number
  readonly frontier: number
  readonly points: Points
  readonly lines: PlaneLines
  readonly bands: readonly Band[]
  readonly ghosts: readonly Ghost[]
  /** Discs in sight, whatever the moment: so they keep their size while it moves. */
  readonly crowd: number
}

export interface SceneInput {
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly state: TimeState
  readonly topics: readonly ResolvedTopic[]
  readonly scenario: Scenario
  readonly place: Place
  readonly now: number
  /** Keys that are asked for; null: all. */
  readonly keys: ReadonlySet<string> | null
  /** Virtual µs that are in sight. */
  readonly from: number
  readonly to: number
}

export function sceneAt({ header, log, state, topics, scenario, place, now, keys, from, to }: SceneInput): Scene {
  const last = Math.min(state.event, log.lastAt(Math.min(to, now)))
  const first = log.lastAt(from) + 1
  const points = pointsAt(header, log, state, place, Math.max(0, first), last)
  const ghosts = ghostsAt(header, log, state, topics, scenario.interventions, place, { now, from, to })
  return {
    place,
    now,
    frontier: log.endTime,
    points,
    lines: linesAt(header, log, state, place, now),
    bands: bandsAt(header, log, state, place, { from, to, now, keys, apart: keys !== null && keys.size === 1 }),
    ghosts,
    crowd: points.count + ghosts.length,
  }
}

/** A partition's records as they come to a place: ascending by arrival. */
interface Coming {
  readonly records: readonly TopicRecord[]
  readonly arrival: (record: TopicRecord) => number | null
}
function comingTo(header: TraceHeader, topics: readonly ResolvedTopic[], { interventions }: Scenario, place: Place): readonly Coming[] {
  return sourcesOf(header, place).flatMap((node) => {
    const source = header.streamGraph.nodes.find(({ id }) => id === node)
    const topic = source === undefined ? undefined : topics.find(({ name }) => name === topicOf(source))
    return (topic?.partitions ?? []).flatMap((records, partition): Coming[] => {
      if (place.kind === 'partition' && place.partition !== partition) return []
      const arrivalOf = arrivalsAfter(interventions, topic!.name, partition)
      return [{ records, arrival: ({ arrival }) => arrivalOf(arrival) }]
    })
  })
}

/** How much comes to a place, and until when. */
export interface Outline {
  /** Records with an event time. */
  readonly count: number
  /** Virtual µs of the last arrival. */
  readonly to: number
  /** Everything in one picture. It does not move with the playhead. */
  readonly whole: Stretch
  /** Some dozens of records around virtual µs `now`, and the watermark `mark` (ms) if it has not stayed behind them for good. */
  near(now: number, mark: number): Stretch
}

/** More event times than these are not all looked at to find their range. */
const LOOKED_AT = 20_000
/** Records in one picture of a long run. */
const NEAR = 40
/** So many heights of the records' own picture a watermark may be below it to be shown with them. */
const MARK_REACH = 3

/** What topics say of a place, with the windows that their records fall into; null: no topic tells any event time. */
export function outlineOf(header: TraceHeader, topics: readonly ResolvedTopic[], scenario: Scenario, place: Place): Outline | null {
  const coming = comingTo(header, topics, scenario, place)
  const all = coming.reduce((sum, { records }) => sum + records.length, 0)
  const step = Math.max(1, Math.floor(all / LOOKED_AT))
  const ys: number[] = []
  let to = 0
  for (const { records, arrival } of coming) {
    for (let at = 0; at < records.length; at += step) if (records[at]!.timestamp !== null) ys.push(records[at]!.timestamp!)
    const last = records.length === 0 ? null : lastArrival(records, arrival)
    if (last !== null && last > to) to = last
  }
  if (ys.length === 0) return null
  // What the job answers to the last record comes a little later.
  const whole = fitted({ from: 0, to: to * 1.06 + 400_000 }, [...ys, ...windowEdges(header, place, ys)])
  return {
    count: all,
    to,
    whole,
    near(now, mark) {
      const width = Math.max(1_000_000, (to * NEAR) / all)
      const x0 = Math.max(-0.03 * width, Math.min(now, to) - 0.6 * width)
      const near: number[] = []
      for (const { records } of coming)
        for (let at = firstAfter(records, x0 - 0.1 * width); at < records.length && records[at]!.arrival <= x0 + width; at++)
          if (records[at]!.timestamp !== null) near.push(records[at]!.timestamp!)
      if (near.length === 0) return { ...whole, x0, x1: x0 + width }
      const { y0, y1 } = fitted({ from: x0, to: x0 + width }, [...near, ...windowEdges(header, place, near)])
      // A watermark that stands is what one looks for; from far away it would press the records into a line.
      const low = mark < y0 && mark > y0 - MARK_REACH * (y1 - y0) ? mark - 0.06 * (y1 - mark) : y0
      return { x0, x1: x0 + width, y0: low, y1 }
    },
  }
}

function lastArrival(records: readonly TopicRecord[], arrival: Coming['arrival']): number | null {
  for (let at = records.length - 1; at >= 0; at--) {
    const found = arrival(records[at]!)
    if (found !== null) return found
  }
  return null
}
function firstAfter(records: readonly TopicRecord[], time: number): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (records[middle]!.arrival < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Where the windows end that the first and last of these fall into. */
function windowEdges(header: TraceHeader, place: Place, ys: readonly number[]): readonly number[] {
  if (place.kind !== 'task' && place.kind !== 'subtask') return []
  let [least, most] = [Infinity, -Infinity]
  for (const y of ys) {
    if (y < least) least = y
    if (y > most) most = y
  }
  const chain = header.executionGraph.job.vertices[place.vertex]?.chain ?? []
  return chain.flatMap(({ node: id }) => {
    const node = header.streamGraph.nodes.find((known) => known.id === id)
    const assigner = node === undefined ? undefined : windowSettingsOf(node)?.assigner
    if (assigner?.type !== 'tumbling' || assigner.time !== 'event') return []
    // W-1, without the sign of Java's remainder: it is the same start.
    const start = (ms: number): number => Math.floor((ms - assigner.offset) / assigner.size) * assigner.size + assigner.offset
    return [start(least), start(most) + assigner.size]
  })
}

/** What would be if the line that holds the others were idle: the rest's watermark; null: nothing holds, or it is no line's doing. */
export interface IdleHint {
  readonly holder: WatermarkLine
  /** Since when the others are waiting, virtual µs. */
  readonly since: number
  readonly value: number
  readonly others: number
}
export function idleHint({ lines: { parts }, now }: Scene): IdleHint | null {
  if (parts.length < 2) return null
  const at = parts.map((line) => ({ line, ...valueAtTime(line, now) })).filter(({ flags }) => (flags & 1) === 0)
  if (at.length < 2) return null
  at.sort((a, b) => a.value - b.value)
  const [holder, next] = at
  if (holder!.value >= next!.value || next!.value <= LONG_MIN) return null
  return { holder: holder!.line, since: holder!.since, value: holder!.value, others: next!.value }
}
