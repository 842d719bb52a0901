import { javaToString } from '../../core/values'
import { EventList } from '../../trace/columns'
import { keyLook, keyLookOfRecord } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import { TraceKind } from '../../trace/kinds'
import { processingTimeAt } from '../../trace/processingTime'
import type { Fold, TraceHeader } from '../../trace/types'

/** What came out up to a moment: indices of the events alone; `resultRow` and `lateRow` read them from the log when they are shown. */
export interface ResultsState {
  /** Last event seen. */
  event: number
  /** All sinks, in order. */
  readonly rows: EventList
  /** By node of the sink. */
  readonly bySink: Map<number, EventList>
  readonly late: EventList
  readonly printed: EventList
}

export const resultsFold: Fold<ResultsState> = {
  init: () => ({ event: -1, rows: new EventList(), bySink: new Map(), late: new EventList(), printed: new EventList() }),
  apply(state, event) {
    state.event = event.index
    switch (event.kind) {
      case TraceKind.SinkRecord: {
        state.rows.add(event.index)
        let sink = state.bySink.get(event.a)
        if (sink === undefined) state.bySink.set(event.a, (sink = new EventList()))
        sink.add(event.index)
        break
      }
      case TraceKind.LateDropped:
        state.late.add(event.index)
        break
      case TraceKind.UserOutput:
        state.printed.add(event.index)
        break
    }
  },
  // The lists are shared: each state looks at them up to its own event.
  clone: (state) => ({ ...state }),
  size: () => 64,
}

export const resultCount = (state: ResultsState, sink?: number): number =>
  (sink === undefined ? state.rows : state.bySink.get(sink))?.count(state.event) ?? 0
export const lateCount = (state: ResultsState): number => state.late.count(state.event)
export const printedCount = (state: ResultsState): number => state.printed.count(state.event)
/** Nodes of the sinks that have written by now. */
export const sinksOf = (state: ResultsState): number[] =>
  [...state.bySink.keys()].filter((sink) => resultCount(state, sink) > 0).sort((one, other) => one - other)

export interface ResultRow {
  /** The event that wrote it: also its name. */
  readonly event: number
  /** Virtual µs, and ms since the epoch. */
  readonly time: number
  readonly processingTime: number
  readonly node: number
  /** Execution vertex; −1 if the trace does not say. */
  readonly vertex: number
  /** NaN: none. */
  readonly eventTime: number
  readonly origin: number
  readonly number: number
  readonly hue: number
  readonly key: string
  /** As Flink's print sink writes it. */
  readonly text: string
}

/** Row `position` of the table, of one sink or of all. */
export function resultRow(
  state: ResultsState,
  log: TraceLog,
  header: Pick<TraceHeader, 'clockStart' | 'interventions'>,
  position: number,
  sink?: number,
): ResultRow {
  const event = log.at((sink === undefined ? state.rows : state.bySink.get(sink)!).at(position))
  const { hue, text: key } = event.d >= 0 ? keyLook(log, event.process, event.d) : keyLookOfRecord(log, event.c, event.b)
  return {
    event: event.index,
    time: event.time,
    processingTime: processingTimeAt(header, event.time),
    node: event.a,
    vertex: log.names.vertexOf(event.process),
    eventTime: event.x,
    origin: event.c,
    number: event.b,
    hue,
    key,
    text: javaToString(event.value()),
  }
}

export interface LateRow {
  readonly event: number
  readonly time: number
  readonly node: number
  readonly vertex: number
  readonly origin: number
  readonly number: number
  readonly hue: number
  readonly key: string
  readonly eventTime: number
  readonly watermark: number
  /** How far the record was behind the watermark, ms. */
  readonly behind: number
  /** What the source had read. */
  readonly value: string
}

export function lateRow(state: ResultsState, log: TraceLog, position: number): LateRow {
  const event = log.at(state.late.at(position))
  const { hue, text: key } = keyLook(log, event.process, event.d)
  const eventTime = Number(event.value())
  const made = log.names.recordAt(event.c, event.b)
  const maker = made < 0 ? null : log.at(made)
  return {
    event: event.index,
    time: event.time,
    node: event.a,
    vertex: log.names.vertexOf(event.process),
    origin: event.c,
    number: event.b,
    hue,
    key,
    eventTime,
    watermark: event.x,
    behind: event.x - eventTime,
    value: maker === null || maker.kind !== TraceKind.SourceRecord ? '' : javaToString(maker.value()),
  }
}

/** A line that the program printed: where, and what. */
export function printedRow(
  state: ResultsState,
  log: TraceLog,
  position: number,
): { event: number; time: number; vertex: number; text: string } {
  const event = log.at(state.printed.at(position))
  return { event: event.index, time: event.time, vertex: log.names.vertexOf(event.process), text: event.text() }
}
