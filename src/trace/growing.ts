import type { ExecutionGraph } from '../graph/types'
import { grown } from './graphs'
import { TraceKind } from './kinds'
import type { Fold, TraceEvent, TraceHeader } from './types'

/** An index over the trace that all states of a fold share and that only grows. */
export interface Growing {
  /** The last event taken in, −1: none. */
  event: number
}

export type Take<I> = (index: I, event: TraceEvent) => void

/** Moves a state, which is a moment through which the index is read, behind the event; the index takes it in unless another state of the fold was here before. */
export function growTo<I extends Growing>(state: { readonly index: I; event: number }, event: TraceEvent, take: Take<I> | undefined): void {
  state.event = event.index
  if (event.index <= state.index.event) return
  state.index.event = event.index
  take?.(state.index, event)
}

/** A moment of an index that knows the execution graph. */
export class Moment<I> {
  /** Index of the last event seen, −1: none; and its virtual µs. */
  event = -1
  time = 0

  constructor(
    readonly index: I,
    /** As it is at this moment: its last generation is alive. */
    public graph: ExecutionGraph,
  ) {}
}

/** A fold whose states are moments. `take`: by kind, what takes an event in. A keyframe costs nothing. */
export const momentFold = <I extends Growing>(
  indexOf: (header: TraceHeader) => I,
  take: readonly (Take<I> | undefined)[],
): Fold<Moment<I>> => ({
  init: (header) => new Moment(indexOf(header), header.executionGraph),
  apply(state, event) {
    growTo(state, event, take[event.kind])
    state.time = event.time
    if (event.kind === TraceKind.ExecutionGraphCreated) state.graph = grown(state.graph, event)
  },
  clone(state) {
    const copy = new Moment(state.index, state.graph)
    copy.event = state.event
    copy.time = state.time
    return copy
  },
  size: () => 64,
})
