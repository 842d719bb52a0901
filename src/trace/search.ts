import { javaToString, valueFromBytes } from '../core/values'
import type { Selection } from '../scenario/types'
import { IntColumn } from './columns'
import { TraceKind } from './kinds'
import type { TraceLog, TraceReader } from './log'
import type { TraceHeader } from './types'

export type Matcher = (event: TraceReader) => boolean

/** What an event's columns name, beside the process that emitted it: where each kind keeps its channel, record, window and key. */
const at = (kinds: readonly (keyof typeof TraceKind)[]): ReadonlySet<number> => new Set(kinds.map((kind) => TraceKind[kind]))
export const WITH_CHANNEL = at([
  'RecordIn',
  'RecordOut',
  'BufferSent',
  'BufferArrived',
  'CreditsGranted',
  'WatermarkOut',
  'StatusOut',
  'WatermarkIn',
  'StatusIn',
  'EndOfInput',
])
/** The record is (c, b); for an element of a window (d, c), for one made here (process, b). */
export const WITH_RECORD = at(['RecordIn', 'RecordOut', 'RecordDropped', 'SinkRecord', 'SideRecord', 'LateDropped'])
export const MAKES_RECORD = at(['SourceRecord', 'RecordMade'])
/** The window is b, of the emitting process. */
export const WITH_WINDOW = at(['WindowOpened', 'WindowElement', 'WindowTrigger', 'WindowFired', 'WindowCleared', 'WindowMerged'])
export const WITH_TIMER = at(['TimerRegistered', 'TimerDeleted', 'TimerFired'])

/** The window that the event is about, −1 if none. */
export function windowOf(event: TraceReader): number {
  const kind = event.kind
  if (WITH_WINDOW.has(kind)) return event.b
  if (WITH_TIMER.has(kind)) return event.d
  return kind === TraceKind.RecordMade || kind === TraceKind.StateUpdated ? event.c : -1
}

/** The key (a number of the emitting process) that the event is about, −1 if none. */
export function keyOf(event: TraceReader, log: TraceLog): number {
  const kind = event.kind
  if (kind === TraceKind.KeySeen || kind === TraceKind.StateUpdated || WITH_TIMER.has(kind)) return event.b
  if (kind === TraceKind.RecordOut || kind === TraceKind.SinkRecord || kind === TraceKind.LateDropped) return event.d
  if (kind === TraceKind.WindowOpened) return event.c
  const window = windowOf(event)
  if (window < 0) return -1
  const opened = log.names.windowAt(event.process, window)
  return opened < 0 ? -1 : log.at(opened).c
}

const OF_TASK_MANAGER = new Set<number>([
  TraceKind.TaskManagerRegistered,
  TraceKind.TaskManagerLost,
  TraceKind.SlotAllocated,
  TraceKind.SlotFreed,
])
/** Kinds whose first number is an operator's. */
const WITH_NODE = new Set<number>([
  TraceKind.SourceRecord,
  TraceKind.RecordDropped,
  TraceKind.SinkRecord,
  TraceKind.SideRecord,
  TraceKind.RecordMade,
  TraceKind.UserOutput,
  TraceKind.WatermarkEmitted,
  TraceKind.WatermarkAdvanced,
  TraceKind.StatusEmitted,
  TraceKind.TimerRegistered,
  TraceKind.TimerDeleted,
  TraceKind.TimerFired,
  TraceKind.WindowOpened,
  TraceKind.WindowElement,
  TraceKind.WindowTrigger,
  TraceKind.WindowFired,
  TraceKind.WindowCleared,
  TraceKind.WindowMerged,
  TraceKind.LateDropped,
  TraceKind.StateUpdated,
])

/** What an event must be for the selection to be about it. */
export function matcherOf(selection: Selection, header: TraceHeader, log: TraceLog): Matcher {
  switch (selection.kind) {
    case 'event':
      return (event) => event.index === selection.index
    case 'channel':
      return (event) => event.a === selection.channel && WITH_CHANNEL.has(event.kind)
    case 'record': {
      const { origin, number } = selection
      return (event) => {
        const kind = event.kind
        if (WITH_RECORD.has(kind)) return event.b === number && event.c === origin
        if (kind === TraceKind.WindowElement) return event.c === number && event.d === origin
        return event.b === number && event.process === origin && MAKES_RECORD.has(kind)
      }
    }
    case 'window':
      return (event) =>
        event.process === selection.process &&
        (windowOf(event) === selection.window || (event.kind === TraceKind.WindowMerged && event.c === selection.window))
    case 'taskManager':
    case 'slot':
      return (event) =>
        event.a === selection.host &&
        (selection.kind === 'slot'
          ? (event.kind === TraceKind.SlotAllocated || event.kind === TraceKind.SlotFreed) && event.b === selection.slot
          : OF_TASK_MANAGER.has(event.kind))
    case 'operator':
      return (event) => event.a === selection.node && WITH_NODE.has(event.kind)
    case 'edge': {
      const edge = header.streamGraph.edges[selection.edge]
      const graph = header.executionGraph
      const channels = new Set(
        graph.channels
          .filter((channel) => {
            const known = graph.job.edges[channel.edge]
            return edge !== undefined && known?.from === edge.from && known.to === edge.to && known.typeNumber === edge.typeNumber
          })
          .map(({ id }) => id),
      )
      return (event) => channels.has(event.a) && WITH_CHANNEL.has(event.kind)
    }
    case 'task':
    case 'subtask': {
      const vertices = new Set(
        header.executionGraph.vertices
          .filter(({ vertex, subtask }) => vertex === selection.vertex && (selection.kind === 'task' || subtask === selection.subtask))
          .map(({ index }) => index),
      )
      const cache = new Map<number, boolean>()
      return (event) => {
        if (event.kind === TraceKind.ExecutionState) return vertices.has(event.a)
        const known = cache.get(event.process)
        if (known !== undefined) return known
        const vertex = log.names.vertexOf(event.process)
        if (vertex >= 0) cache.set(event.process, vertices.has(vertex))
        return vertices.has(vertex)
      }
    }
    case 'key': {
      // Each process numbers its keys by itself.
      const cache = new Map<number, Map<number, boolean>>()
      return (event) => {
        const key = keyOf(event, log)
        if (key < 0) return false
        let ofProcess = cache.get(event.process)
        if (ofProcess === undefined) cache.set(event.process, (ofProcess = new Map()))
        let same = ofProcess.get(key)
        if (same === undefined) {
          same = keyText(log, event.process, key) === selection.key
          ofProcess.set(key, same)
        }
        return same
      }
    }
  }
}

/** The key as Java prints it; null for a number that was never announced. */
export function keyText(log: TraceLog, process: number, key: number): string | null {
  const seen = log.names.keyAt(process, key)
  return seen < 0 ? null : javaToString(valueFromBytes(log.at(seen).payload()))
}

/** Lets through what has all words of `query` in the sentence that `tell` makes of it; upper and lower case alike. */
export function textMatcher(query: string, tell: (event: TraceReader) => string): Matcher {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (event) => {
    const sentence = tell(event).toLocaleLowerCase()
    return words.every((word) => sentence.includes(word))
  }
}

/**
 * The events of a log that pass a filter, found little by little: call `work` as often as there is time, also when the log
 * has grown. No filter: all of them, at no cost.
 */
export class FilteredEvents {
  private readonly found = new IntColumn()
  private count = 0
  private scanned = 0
  private readonly reader: TraceReader

  constructor(
    private readonly log: TraceLog,
    private readonly matches: Matcher | null,
  ) {
    this.reader = log.reader()
  }

  get length(): number {
    return this.matches === null ? this.log.length : this.count
  }

  /** How far it has looked: everything before event `progress` is decided. */
  get progress(): number {
    return this.matches === null ? this.log.length : this.scanned
  }

  /** Index in the log of the one at `position`. */
  at(position: number): number {
    return this.matches === null ? position : this.found.at(position)
  }

  /** How many of those found so far are at or before `event`: where the playhead stands among them. */
  countUpTo(event: number): number {
    return this.matches === null ? Math.min(event + 1, this.log.length) : this.found.countUpTo(event, this.count)
  }

  /** Looks at up to `events` more; true when all there are were looked at. */
  work(events: number): boolean {
    if (this.matches === null) return true
    const to = Math.min(this.log.length, this.scanned + events)
    this.reader.before(this.scanned)
    for (; this.scanned < to; this.scanned++) {
      this.reader.next()
      if (this.matches(this.reader)) this.found.put(this.count++, this.scanned)
    }
    return this.scanned === this.log.length
  }

  /** The same as a loop that gives way after every `step` events. */
  *search(step = 4096): Generator<number, void> {
    while (!this.work(step)) yield this.scanned
  }
}
