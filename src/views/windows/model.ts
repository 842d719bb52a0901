import type { StreamNode } from '../../graph/types'
import { windowSettingsOf, type WindowSettings } from '../../graph/timeSettings'
import { javaToString } from '../../core/values'
import type { TraceLog } from '../../trace/log'
import { TraceKind } from '../../trace/kinds'
import { boundsAt, elementsOf, firingsOf, isClosed, marksOf, mergedInto, nodesAt, timersOfWindow } from '../../trace/time/queries'
import type { FiringNow, TimerNow } from '../../trace/time/queries'
import { WindowMark } from '../../trace/time/state'
import type { NodeTrack, TimeState, WindowTrack } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'

/** An operator with windows, and what the program says of them; null: a plan from elsewhere says nothing. */
export interface WindowOperator {
  readonly node: StreamNode
  readonly settings: WindowSettings | null
}

/** Operators with windows, in the order of the program: join, coGroup and windowAll are among them. */
export const windowOperators = (header: TraceHeader): readonly WindowOperator[] =>
  header.streamGraph.nodes.filter(({ operator }) => operator.kind === 'window').map((node) => ({ node, settings: windowSettingsOf(node) }))

/** Windows of one key in one subtask: a lane of the picture. */
export interface Lane {
  /** Stays its name as long as its attempt lives. */
  readonly id: string
  readonly track: NodeTrack
  readonly key: number
  /** All its windows that the trace tells of, in the order in which they were opened; only the first `count` are there at the moment. */
  readonly windows: readonly WindowTrack[]
  readonly count: number
}

const NONE: readonly WindowTrack[] = []

class ByKey {
  seen = 0
  readonly keys = new Map<number, WindowTrack[]>()
}
const grouped = new WeakMap<NodeTrack, ByKey>()

function byKey(track: NodeTrack): ReadonlyMap<number, readonly WindowTrack[]> {
  let known = grouped.get(track)
  if (known === undefined) grouped.set(track, (known = new ByKey()))
  for (; known.seen < track.windows.length; known.seen++) {
    const window = track.windows[known.seen]!
    const windows = known.keys.get(window.key)
    if (windows === undefined) known.keys.set(window.key, [window])
    else windows.push(window)
  }
  return known.keys
}

/** How many of these, which ascend by their opening, are there at the moment. */
function opened(windows: readonly WindowTrack[], event: number): number {
  let low = 0
  let high = windows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (windows[middle]!.opened <= event) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A lane for each key of which a window, or something beside windows, is known at the moment, in the order in which they came: so that none moves
 * when another comes.
 */
export function lanesOf(state: TimeState, node: number, besides: (track: NodeTrack) => ReadonlyMap<number, readonly Beside[]>): Lane[] {
  const lanes: { lane: Lane; since: number }[] = []
  for (const track of nodesAt(state, node)) {
    const known = byKey(track)
    const beside = besides(track)
    for (const key of new Set([...known.keys(), ...beside.keys()])) {
      const windows = known.get(key) ?? NONE
      const count = opened(windows, state.event)
      const first = beside.get(key)?.[0]?.event ?? Infinity
      if (count === 0 && first === Infinity) continue
      const since = Math.min(count === 0 ? Infinity : windows[0]!.opened, first)
      lanes.push({ lane: { id: `${track.attempt.process}:${key}`, track, key, windows, count }, since })
    }
  }
  return lanes.sort((a, b) => a.since - b.since).map(({ lane }) => lane)
}

export type PaneState = 'open' | 'cleared' | 'merged'

/** An element of a window. */
export interface Element {
  /** WindowElement. */
  readonly event: number
  readonly origin: number
  readonly number: number
  /** ms; NaN: none. */
  readonly timestamp: number
  /** ms of the clock when it came in. */
  readonly clock: number
  /** The event that took it out again: an evictor, or a purge; −1: it is in. */
  readonly gone: number
  readonly evicted: boolean
}

/** A window as it is drawn. */
export interface Pane {
  readonly track: WindowTrack
  readonly start: number
  readonly end: number
  readonly state: PaneState
  readonly elements: readonly Element[]
  /** How many are in it now. */
  readonly held: number
  readonly firings: readonly FiringNow[]
  /** Pending, soonest first. */
  readonly timers: readonly TimerNow[]
  /** Windows that were merged into it: their bounds then, and the merge. */
  readonly parts: readonly { readonly start: number; readonly end: number; readonly event: number }[]
  /** What a reduce or aggregate holds, as Java prints it; null: the trace does not know, or nothing is held. */
  readonly value: string | null
  /** What its trigger or function remembers of it, by the state's name. */
  readonly remembers: ReadonlyMap<string, string>
  /** The last event that concerns it. */
  readonly since: number
}

/** Of a window that was told of by the moment. `clock`: what the clock said at a virtual time. */
export function paneOf(state: TimeState, log: TraceLog, track: WindowTrack, clock: (time: number) => number): Pane {
  const { start, end } = boundsAt(state, track)
  const closed = isClosed(state, track)
  const firings = firingsOf(state, track)
  const { value, remembers } = heldBy(log, marksOf(state, track, WindowMark.State))
  const elements = elementsIn(state, log, track, clock)
  const parts = mergedInto(state, track).map(({ event, window }) => {
    // As it was when it was taken in: afterwards nothing is said of it.
    const { starts, ends } = window
    const at = (starts?.count(event) ?? 0) - 1
    return at < 0 ? { start: window.start, end: window.end, event } : { start: starts!.value(at), end: ends!.value(at), event }
  })
  return {
    track,
    start,
    end,
    state: !closed ? 'open' : track.into >= 0 ? 'merged' : 'cleared',
    elements,
    held: closed ? 0 : elements.reduce((count, { gone }) => count + (gone < 0 ? 1 : 0), 0),
    firings,
    timers: closed ? [] : timersOfWindow(state, track).filter(({ ended }) => ended < 0).sort((a, b) => a.time - b.time), // prettier-ignore
    parts,
    value: closed ? null : value,
    remembers,
    since: closed ? track.closed : Math.max(firings.at(-1)?.event ?? -1, elements.at(-1)?.event ?? -1, track.opened),
  }
}

const CONTENTS = 'window-contents'

function heldBy(log: TraceLog, updates: readonly number[]): { value: string | null; remembers: Map<string, string> } {
  let value: string | null = null
  const remembers = new Map<string, string>()
  for (const at of updates) {
    const event = log.at(at)
    const [name, held] = event.value() as [string, unknown]
    if (name === CONTENTS) value = event.d === 1 ? null : javaToString(held)
    else if (event.d === 1) remembers.delete(name)
    else remembers.set(name, javaToString(held))
  }
  return { value, remembers }
}

const PURGES = 2

function elementsIn(state: TimeState, log: TraceLog, track: WindowTrack, clock: (time: number) => number): Element[] {
  const purges = marksOf(state, track, WindowMark.Trigger).filter((at) => (log.at(at).c & PURGES) !== 0)
  const evictions = new Map<string, number[]>()
  for (const at of marksOf(state, track, WindowMark.Evicted)) {
    const { c: number, d: origin } = log.at(at)
    const name = `${origin} ${number}`
    const known = evictions.get(name)
    if (known === undefined) evictions.set(name, [at])
    else known.push(at)
  }
  return elementsOf(state, track).map((at) => {
    const event = log.at(at)
    const { c: number, d: origin, x: timestamp } = event
    const evicted = evictions.get(`${origin} ${number}`)?.find((eviction) => eviction > at) ?? -1
    const purged = purges.find((purge) => purge > at) ?? -1
    const gone = evicted < 0 ? purged : purged < 0 ? evicted : Math.min(evicted, purged)
    return { event: at, origin, number, timestamp, clock: clock(event.time), gone, evicted: gone >= 0 && gone === evicted }
  })
}

/** What stands beside windows of a key: late elements, those that no window took, and windows that an element was too late for. */
export interface Beside {
  readonly what: 'late' | 'none' | 'skipped'
  readonly event: number
  readonly origin: number
  readonly number: number
  /** ms; NaN: none. Of a skipped window: its start. */
  readonly timestamp: number
  /** Of a skipped window: its end. */
  readonly end: number
  /** The watermark that it was behind. */
  readonly watermark: number
  readonly toSide: boolean
}

/** Of one subtask, by key, up to the moment; of each at most the last `limit`. */
export function besidesOf(state: TimeState, log: TraceLog, track: NodeTrack, limit = 400): ReadonlyMap<number, Beside[]> {
  const found = new Map<number, Beside[]>()
  const add = (key: number, beside: Beside): void => {
    const known = found.get(key)
    if (known === undefined) found.set(key, [beside])
    else known.push(beside)
  }
  const { late, noWindow, skipped } = track
  const count = late.events.count(state.event)
  for (let at = Math.max(0, count - limit); at < count; at++) {
    const event = log.at(late.events.at(at))
    // A side output says of late data 1 + the key.
    const key = event.kind === TraceKind.SideRecord ? event.d - 1 : event.d
    add(key, {
      what: 'late',
      event: event.index,
      origin: event.c,
      number: event.b,
      timestamp: late.timestamps.at(at),
      end: NaN,
      watermark: late.watermarks.at(at),
      toSide: late.toSide.get(at) === 1,
    })
  }
  for (const list of [noWindow, skipped]) {
    for (const index of list.list(state.event, limit)) {
      const event = log.at(index)
      const skips = event.kind === TraceKind.WindowSkipped
      add(event.d, {
        what: skips ? 'skipped' : 'none',
        event: index,
        origin: event.c,
        number: event.b,
        timestamp: event.x,
        end: skips ? Number(event.value()) : NaN,
        watermark: NaN,
        toSide: false,
      })
    }
  }
  return found
}

/** What a firing gave: the value as it was next written down, null where that is not in the trace. */
export function resultText(log: TraceLog, made: number): string | null {
  const { process, b: number } = log.at(made)
  const reader = log.reader().before(made + 1)
  for (let looked = 0; looked < FAR && reader.next(); looked++) {
    if (reader.c !== process || reader.b !== number) continue
    if (reader.kind === TraceKind.SinkRecord || reader.kind === TraceKind.RecordOut) return javaToString(reader.value())
  }
  return null
}
/** A result is written down at once by its own task: what is further away is another's. */
const FAR = 96
