import { TraceKind } from './kinds'
import type { TraceLog, TraceReader } from './log'
import { MAKES_RECORD, WITH_RECORD } from './search'

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
/** A record that nothing was said of for so long is taken to be gone: its window may hold it for ever. */
const FAR = 1_000_000

/**
 * Follows the record (origin, number) from where it was made up to event `upTo`. Reads the log once; a record keeps its
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
  const reader = log.reader().before(from)
  const to = Math.min(upTo, from + FAR)
  while (reader.index < to && reader.next()) {
    if (!concerns(reader, origin, number)) continue
    const kind = reader.kind
    steps.push({ event: reader.index, kind, time: reader.time, process: reader.process })
    if (kind === TraceKind.LateDropped) late = reader.index
    else timestamp = reader.x
    if (kind === TraceKind.WindowElement) windows.push({ process: reader.process, window: reader.b })
    if (kind === TraceKind.RecordMade && reader.c >= 0) madeBy = { process: reader.process, window: reader.c }
    if (VALUE.has(kind)) valueEvent = reader.index
  }
  if (valueEvent >= 0) value = log.at(valueEvent).value()
  return { origin, number, timestamp, last: steps[steps.length - 1] ?? null, steps, value, valueEvent, windows, late, madeBy }
}

function concerns(event: TraceReader, origin: number, number: number): boolean {
  const kind = event.kind
  if (WITH_RECORD.has(kind)) return event.b === number && event.c === origin
  if (kind === TraceKind.WindowElement) return event.c === number && event.d === origin
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
  readonly elements: readonly { readonly origin: number; readonly number: number; readonly timestamp: number; readonly event: number }[]
  readonly firings: readonly { readonly event: number; readonly elements: number; readonly watermark: number; readonly time: number }[]
  /** Pending timers of it. */
  readonly timers: readonly { readonly time: number; readonly processingTime: boolean; readonly event: number }[]
  /** Index of its WindowCleared (or of the merge that took it in), −1 while it is open. */
  readonly cleared: number
}

/** A window of a process up to event `upTo`; null if it was not open yet. Reads the log from where the window opened. */
export function followWindow(log: TraceLog, process: number, window: number, upTo = log.length - 1): WindowFacts | null {
  const opened = log.names.windowAt(process, window)
  if (opened < 0 || opened > upTo) return null
  const reader = log.reader().to(opened)
  const { a: node, c: key, d, x } = reader
  let start = x
  let end = Number(reader.value())
  const elements: { origin: number; number: number; timestamp: number; event: number }[] = []
  const firings: { event: number; elements: number; watermark: number; time: number }[] = []
  let timers: { time: number; processingTime: boolean; event: number }[] = []
  let cleared = -1
  while (cleared < 0 && reader.index < upTo && reader.next()) {
    if (reader.process !== process) continue
    const kind = reader.kind
    switch (kind) {
      case TraceKind.WindowElement:
        if (reader.b === window) elements.push({ origin: reader.d, number: reader.c, timestamp: reader.x, event: reader.index })
        break
      case TraceKind.WindowFired:
        if (reader.b === window) firings.push({ event: reader.index, elements: reader.c, watermark: reader.x, time: reader.time })
        break
      case TraceKind.WindowCleared:
        if (reader.b === window) cleared = reader.index
        break
      case TraceKind.WindowMerged:
        if (reader.b === window) {
          start = reader.x
          end = Number(reader.value())
        } else if (reader.c === window) cleared = reader.index
        break
      case TraceKind.TimerRegistered:
        if (reader.d === window) timers.push({ time: reader.x, processingTime: reader.c === 1, event: reader.index })
        break
      case TraceKind.TimerDeleted:
      case TraceKind.TimerFired:
        if (reader.d === window)
          timers = timers.filter(({ time, processingTime }) => time !== reader.x || processingTime !== (reader.c === 1))
        break
    }
  }
  return { process, window, opened, node, key, global: d === 1, start, end, elements, firings, timers, cleared }
}
