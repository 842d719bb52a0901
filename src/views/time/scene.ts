import { LONG_MIN } from '../../core/time'
import { windowSettingsOf } from '../../graph/timeSettings'
import type { ResolvedTopic, Scenario } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { bandsAt, type Band } from './bands'
import { arrivalAfter, ghostsAt, sourcesOf, type Ghost } from './ghosts'
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
  return {
    place,
    now,
    frontier: log.endTime,
    points: pointsAt(header, log, state, place, Math.max(0, first), last),
    lines: linesAt(header, log, state, place, now),
    bands: bandsAt(header, log, state, place, { from, to, now, keys, apart: keys !== null && keys.size === 1 }),
    ghosts: ghostsAt(header, log, state, topics, scenario.interventions, place, { now, from, to }),
  }
}

/**
 * The stretch that shows the whole run at a place: all that its topics hold, with the windows that this falls into. It does not move with the
 * playhead. null: no topic tells any event time.
 */
export function wholeStretch(
  header: TraceHeader,
  topics: readonly ResolvedTopic[],
  { interventions }: Scenario,
  place: Place,
): Stretch | null {
  const ys: number[] = []
  let to = 0
  for (const node of sourcesOf(header, place)) {
    const source = header.streamGraph.nodes.find(({ id }) => id === node)
    const topic = source === undefined ? undefined : topics.find(({ name }) => name === topicOf(source))
    for (const [partition, records] of (topic?.partitions ?? []).entries()) {
      if (place.kind === 'partition' && place.partition !== partition) continue
      for (const { timestamp, arrival } of records) {
        if (timestamp === null) continue
        ys.push(timestamp)
        const at = arrivalAfter(interventions, topic!.name, partition, arrival)
        if (at !== null && at > to) to = at
      }
    }
  }
  if (ys.length === 0) return null
  // What the job answers to the last record comes a little later.
  return fitted({ from: 0, to: to * 1.06 + 400_000 }, [...ys, ...windowEdges(header, place, ys)])
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
