import { EventList } from '../../trace/columns'
import { TraceKind } from '../../trace/kinds'
import type { Fold } from '../../trace/types'

/** What came out up to a moment, and which windows it came out of. */
export interface CompareState {
  /** Last event seen. */
  event: number
  readonly rows: EventList
  readonly late: EventList
  /** By the event that made a record: the event that gave its window the bounds that it had then. Shared, and the same for every state. */
  readonly boundsOf: Map<number, number>
  /** By process and window: the event that last gave it bounds. Of the head alone, which goes first through every event. */
  readonly bounds: Map<number, number>
}

/** A window of a process as one number. */
const keyOf = (process: number, window: number): number => process * 0x1000000 + window

export const compareFold: Fold<CompareState> = {
  init: () => ({ event: -1, rows: new EventList(), late: new EventList(), boundsOf: new Map(), bounds: new Map() }),
  apply(state, event) {
    state.event = event.index
    switch (event.kind) {
      case TraceKind.SinkRecord:
        state.rows.add(event.index)
        break
      case TraceKind.LateDropped:
        state.late.add(event.index)
        break
      case TraceKind.WindowOpened:
        if (event.d === 0) state.bounds.set(keyOf(event.process, event.b), event.index)
        break
      case TraceKind.WindowMerged:
        state.bounds.set(keyOf(event.process, event.b), event.index)
        break
      case TraceKind.RecordMade: {
        const bounds = event.c < 0 ? undefined : state.bounds.get(keyOf(event.process, event.c))
        if (bounds !== undefined && !state.boundsOf.has(event.index)) state.boundsOf.set(event.index, bounds)
        break
      }
    }
  },
  // What grows is shared: each state looks at it up to its own event.
  clone: (state) => ({ ...state }),
  size: () => 64,
}
