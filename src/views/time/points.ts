import { LONG_MIN } from '../../core/time'
import type { KeyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { TraceKind } from '../../trace/kinds'
import type { AttemptTrack, TimeState } from '../../trace/time/state'
import type { Steps } from '../../trace/time/steps'
import type { EventList } from '../../trace/columns'
import type { TraceHeader } from '../../trace/types'
import { recordKeys } from './looks'
import { executionsOf, type Place } from './places'

/** What became of a record at its place. */
export const Fate = {
  /** It came in time. */
  Taken: 0,
  /** Under the watermark; no window of it had fired. */
  Under: 1,
  /** A filter said no, or a function gave nothing for it. */
  Filtered: 2,
  /** No window takes it, and it is not late. */
  NoWindow: 3,
  /** Its window had fired already, and takes it all the same: allowed lateness. */
  LateTaken: 4,
  /** Late, and handed to a side output. */
  LateAside: 5,
  LateDropped: 6,
} as const

/** Records at a place, in the order in which they came. Columns, as a picture of thousands asks for. */
export interface Points {
  readonly count: number
  /** More than could be drawn: each stands for so many. */
  readonly each: number
  readonly events: Int32Array
  /** Virtual µs, and event time in ms (NaN: none). */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly origins: Float64Array
  readonly numbers: Float64Array
  readonly looks: readonly KeyLook[]
  readonly fates: Uint8Array
  /** The event that told the fate; −1: nothing but its coming. */
  readonly told: Int32Array
  /** The place's watermark when it came; LONG_MIN: none yet. */
  readonly watermarks: Float64Array
}

/** Most that one picture holds; beyond that every second, third, … stands for the rest. */
export const MOST_POINTS = 24_000

interface Source {
  readonly events: EventList
  /** The watermark that it came under. */
  readonly steps: Steps | null
  readonly attempt: AttemptTrack
}

/** One name for a record among numbers. */
export const identity = (origin: number, number: number): number => origin * 2 ** 30 + number

/** Records that came to the place between events `from` and `to` (inclusive), which are not after the state's moment. */
export function pointsAt(header: TraceHeader, log: TraceLog, state: TimeState, place: Place, from: number, to: number): Points {
  const { index, graph } = state
  const keys = recordKeys(header, log)
  const sources: Source[] = []
  for (const vertex of executionsOf(graph, place)) {
    for (const attempt of index.attempts[vertex] ?? []) {
      if (attempt.started > to) continue
      if (place.kind === 'partition' || place.kind === 'source') {
        const output = attempt.nodes.get(place.node)?.generator?.steps ?? null
        for (const split of attempt.splits)
          if (split.node === place.node && (place.kind === 'source' || split.partition === place.partition))
            sources.push({ events: split.records, steps: split.steps.length > 0 ? split.steps : output, attempt })
      } else if (place.kind === 'stamped') {
        const steps = attempt.nodes.get(place.node)?.generator?.steps ?? null
        if (attempt === index.attempts[vertex]!.at(-1) || index.attempts[vertex]!.length === 1)
          sources.push({ events: keys.givenBy(vertex), steps, attempt })
      } else
        for (const { channels } of attempt.inputs)
          for (const channel of channels) {
            const track = index.channels[channel]
            if (track !== undefined) sources.push({ events: track.records, steps: attempt.watermark, attempt })
          }
    }
  }
  // Attempts of one subtask share their channels: an event is the attempt's whose process it is.
  const found: { readonly event: number; readonly source: Source }[] = []
  let all = 0
  for (const { events } of sources) all += events.count(to) - events.count(from - 1)
  const each = Math.max(1, Math.ceil(all / MOST_POINTS))
  for (const source of sources) {
    const { events } = source
    for (let at = events.count(from - 1), end = events.count(to); at < end; at += each) {
      const event = events.at(at)
      if (log.processAt(event) === source.attempt.process) found.push({ event, source })
    }
  }
  found.sort((a, b) => a.event - b.event)

  const count = found.length
  const points = {
    count,
    each,
    events: new Int32Array(count),
    x: new Float64Array(count),
    y: new Float64Array(count),
    origins: new Float64Array(count),
    numbers: new Float64Array(count),
    looks: [] as KeyLook[],
    fates: new Uint8Array(count),
    told: new Int32Array(count).fill(-1),
    watermarks: new Float64Array(count).fill(LONG_MIN),
  }
  const vertexOf = (process: number): number => graph.vertices[log.names.vertexOf(process)]?.vertex ?? -1
  const fates = fatesOf(log, state, new Set(sources.map(({ attempt }) => attempt)), from, to)
  const cursors = new Map<Steps, number>()
  const reader = log.reader()
  found.forEach(({ event, source }, at) => {
    reader.to(event)
    const origin = reader.kind === TraceKind.SourceRecord ? reader.process : reader.c
    const number = reader.b
    points.events[at] = event
    points.x[at] = reader.time
    points.y[at] = reader.x
    points.origins[at] = origin
    points.numbers[at] = number
    const target = reader.kind === TraceKind.RecordIn ? vertexOf(reader.process) : -1
    points.looks.push(keys.look(origin, number, target))
    const { steps } = source
    if (steps !== null) {
      // Events come in order, so each line is gone along once.
      let step = cursors.get(steps) ?? steps.count(event)
      while (step < steps.length && steps.event(step) < event) step++
      while (step > 0 && steps.event(step - 1) > event) step--
      cursors.set(steps, step)
      if (step > 0) points.watermarks[at] = steps.value(step - 1)
    }
    const fate = fates.get(identity(origin, number))
    if (fate !== undefined) {
      points.fates[at] = fate.fate
      points.told[at] = fate.event
    } else if (points.y[at]! <= points.watermarks[at]!) points.fates[at] = Fate.Under
  })
  return points
}

interface Told {
  readonly fate: number
  readonly event: number
}

/** Fates that operators of these attempts told between two events, by record. */
function fatesOf(
  log: TraceLog,
  state: TimeState,
  attempts: ReadonlySet<AttemptTrack>,
  from: number,
  to: number,
): ReadonlyMap<number, Told> {
  const fates = new Map<number, Told>()
  const reader = log.reader()
  const tell = (origin: number, number: number, fate: number, event: number): void => {
    const name = identity(origin, number)
    const known = fates.get(name)
    if (known === undefined || known.fate < fate) fates.set(name, { fate, event })
  }
  const each = (events: EventList, say: (event: number, at: number) => void): void => {
    for (let at = events.count(from - 1), end = events.count(state.event); at < end; at++) say(events.at(at), at)
  }
  for (const attempt of attempts) {
    for (const node of attempt.nodes.values()) {
      each(node.dropped, (event) => {
        reader.to(event)
        tell(reader.c, reader.b, Fate.Filtered, event)
      })
      each(node.noWindow, (event) => {
        reader.to(event)
        tell(reader.c, reader.b, Fate.NoWindow, event)
      })
      each(node.late.events, (event, at) => {
        reader.to(event)
        tell(reader.c, reader.b, node.late.toSide.get(at) === 1 ? Fate.LateAside : Fate.LateDropped, event)
      })
    }
    for (const window of attempt.windows) {
      // A window number that nobody announced is a hole.
      if (window === undefined || window.global || window.opened > to) continue
      const { elements } = window
      const last = elements.last(state.event)
      if (last < from) continue
      const fired = firstFiring(log, window.marks, state.event)
      if (fired < 0) continue
      for (let at = elements.count(Math.max(fired, from - 1)), end = elements.count(state.event); at < end; at++) {
        const event = elements.at(at)
        reader.to(event)
        const process = reader.process
        const watermark = attempt.watermark
        const step = watermark.count(event)
        const end = window.ends === null ? window.end : lastValue(window.ends, event, window.end)
        if (step === 0 || end - 1 > watermark.value(step - 1) || process !== attempt.process) continue
        tell(reader.d, reader.c, Fate.LateTaken, event)
      }
    }
  }
  return fates
}

const lastValue = (steps: Steps, event: number, before: number): number => {
  const count = steps.count(event)
  return count === 0 ? before : steps.value(count - 1)
}

/** The event of the first WindowFired among a window's marks, −1: it has not fired by then. */
function firstFiring(log: TraceLog, marks: EventList | null, upTo: number): number {
  if (marks === null) return -1
  for (let at = 0; ; at++) {
    const packed = marks.count(Number.MAX_SAFE_INTEGER) > at ? marks.at(at) : -1
    if (packed < 0) return -1
    const event = packed >> 3
    if (event > upTo) return -1
    if (log.kindAt(event) === TraceKind.WindowFired) return event
  }
}
