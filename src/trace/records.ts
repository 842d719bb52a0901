import { EventList } from './columns'
import { TraceKind } from './kinds'
import type { TraceLog, TraceReader } from './log'
import type { Names } from './names'
import { MAKES_RECORD, WITH_RECORD, windowOf } from './search'

/** Events about one thing, looked for from where it began and as far as anyone asked: the playhead asks again at every frame. */
class Followed {
  readonly events = new EventList()
  private looked: number

  constructor(
    private readonly log: TraceLog,
    from: number,
    private readonly concerns: (event: TraceReader) => boolean,
  ) {
    this.looked = from
  }

  upTo(event: number): number[] {
    if (this.looked <= event) {
      const reader = this.log.reader().before(this.looked)
      while (reader.index < event && reader.next()) if (this.concerns(reader)) this.events.add(reader.index)
      this.looked = event + 1
    }
    return this.events.list(event)
  }
}

const MOST_FOLLOWED = 64
/** By the log's names: a truncated log has new ones. */
const followed = new WeakMap<Names, Map<string, Followed>>()

function follow(log: TraceLog, name: string, from: number, concerns: (event: TraceReader) => boolean): Followed {
  let known = followed.get(log.names)
  if (known === undefined) followed.set(log.names, (known = new Map()))
  let one = known.get(name)
  if (one !== undefined) return one
  for (const oldest of known.keys()) {
    if (known.size < MOST_FOLLOWED) break
    known.delete(oldest)
  }
  one = new Followed(log, from, concerns)
  known.set(name, one)
  return one
}

export interface RecordStep {
  readonly event: number
  readonly kind: number
  readonly time: number
  readonly process: number
}

/** A record as it stood at a moment. */
export interface RecordFacts {
  readonly origin: number
  readonly number: number
  /** NaN: none. */
  readonly timestamp: number
  /** Where it stands: the last of its events by then. */
  readonly last: RecordStep | null
  readonly steps: readonly RecordStep[]
  /** As last written down (a map changes the value, not the identity); undefined before it was. */
  readonly value: unknown
  readonly valueEvent: number
  /** Windows it was put into: process and id. */
  readonly windows: readonly { readonly process: number; readonly window: number }[]
  /** The LateDropped event that ended it, −1 if none. */
  readonly late: number
  /** The window that made it, for a firing's result. */
  readonly madeBy: { readonly process: number; readonly window: number } | null
}

const VALUE = new Set<number>([TraceKind.SourceRecord, TraceKind.RecordOut, TraceKind.SinkRecord])
/**
 * Follows the record (origin, number) from where it was made up to event `upTo`. A record keeps its
 * identity through map, filter, flatMap and process functions, so several records may go under one.
 */
export function followRecord(log: TraceLog, origin: number, number: number, upTo = log.length - 1): RecordFacts {
  const steps: RecordStep[] = []
  const windows: { process: number; window: number }[] = []
  let timestamp = NaN
  let value: unknown
  let valueEvent = -1
  let late = -1
  let madeBy: RecordFacts['madeBy'] = null
  const from = Math.max(0, log.names.recordAt(origin, number))
  const events = follow(log, `record ${origin} ${number}`, from, (event) => concernsRecord(event, origin, number))
  const reader = log.reader()
  for (const event of events.upTo(upTo)) {
    reader.to(event)
    const kind = reader.kind
    steps.push({ event, kind, time: reader.time, process: reader.process })
    if (kind === TraceKind.LateDropped) late = event
    else timestamp = reader.x
    if (kind === TraceKind.WindowElement) windows.push({ process: reader.process, window: reader.b })
    if (kind === TraceKind.RecordMade && reader.c >= 0) madeBy = { process: reader.process, window: reader.c }
    if (VALUE.has(kind)) valueEvent = event
  }
  if (valueEvent >= 0) value = log.at(valueEvent).value()
  return { origin, number, timestamp, last: steps[steps.length - 1] ?? null, steps, value, valueEvent, windows, late, madeBy }
}

function concernsRecord(event: TraceReader, origin: number, number: number): boolean {
  const kind = event.kind
  if (WITH_RECORD.has(kind)) return event.b === number && event.c === origin
  if (kind === TraceKind.WindowElement || kind === TraceKind.WindowEvicted) return event.c === number && event.d === origin
  return event.b === number && event.process === origin && MAKES_RECORD.has(kind)
}

/** A window as it stood at a moment. */
export interface WindowFacts {
  readonly process: number
  readonly window: number
  /** Index of its WindowOpened. */
  readonly opened: number
  readonly node: number
  readonly key: number
  readonly global: boolean
  /** ms; both −∞ … for a global window. After a merge, the merged bounds. */
  readonly start: number
  readonly end: number
  /** Those of windows that were merged into it come where the merge did. */
  readonly elements: readonly { readonly origin: number; readonly number: number; readonly timestamp: number; readonly event: number }[]
  readonly firings: readonly { readonly event: number; readonly elements: number; readonly watermark: number; readonly time: number }[]
  /** Pending timers of it. */
  readonly timers: readonly { readonly time: number; readonly processingTime: boolean; readonly event: number }[]
  /** Index of its WindowCleared (or of the merge that took it in), −1 while it is open. */
  readonly cleared: number
}

/** A window of a process up to event `upTo`; null if it was not open yet. */
export function followWindow(log: TraceLog, process: number, window: number, upTo = log.length - 1): WindowFacts | null {
  const opened = log.names.windowAt(process, window)
  if (opened < 0 || opened > upTo) return null
  const reader = log.reader().to(opened)
  const { a: node, c: key, d, x } = reader
  let start = x
  let end = Number(reader.value())
  const elements: { origin: number; number: number; timestamp: number; event: number }[] = []
  const firings: { event: number; elements: number; watermark: number; time: number }[] = []
  const timers: { time: number; processingTime: boolean; event: number }[] = []
  let cleared = -1
  const concerns = (event: TraceReader): boolean =>
    event.process === process && (windowOf(event) === window || (event.kind === TraceKind.WindowMerged && event.c === window))
  for (const index of follow(log, `window ${process} ${window}`, opened + 1, concerns).upTo(upTo)) {
    reader.to(index)
    switch (reader.kind) {
      case TraceKind.WindowElement:
        elements.push({ origin: reader.d, number: reader.c, timestamp: reader.x, event: index })
        break
      case TraceKind.WindowFired:
        firings.push({ event: index, elements: reader.c, watermark: reader.x, time: reader.time })
        break
      case TraceKind.WindowCleared:
        cleared = index
        break
      case TraceKind.WindowMerged:
        if (reader.b === window) {
          start = reader.x
          end = Number(reader.value())
          if (reader.c >= 0 && reader.c !== window) elements.push(...(followWindow(log, process, reader.c, index)?.elements ?? []))
        } else cleared = index
        break
      case TraceKind.TimerRegistered:
        timers.push({ time: reader.x, processingTime: reader.c === 1, event: index })
        break
      case TraceKind.TimerDeleted:
      case TraceKind.TimerFired: {
        // The older one: a session that grows has a new timer, maybe of the same time, before the old one is deleted.
        const ended = timers.findIndex(({ time, processingTime }) => time === reader.x && processingTime === (reader.c === 1))
        if (ended >= 0) timers.splice(ended, 1)
        break
      }
    }
  }
  return { process, window, opened, node, key, global: d === 1, start, end, elements, firings, timers, cleared }
}
