import { grown } from '../graphs'
import { TraceKind } from '../kinds'
import type { Fold, TraceEvent } from '../types'
import { TimePlan } from './plan'
import { TimeIndex, TimeState } from './state'
import { takeAsync, takeJoin, takeRecord } from './takeRecords'
import { takeSource } from './takeSources'
import { takeExecutionState, takeTask } from './takeTasks'
import { takeTimer } from './takeTimers'
import { takeWindow } from './takeWindows'

/** Watermarks, windows, timers, joins: all that views and explanations ask of time (`queries.ts`). One fold for all of them, so that a page runs it once. */
export const timeFold: Fold<TimeState> = {
  init: ({ executionGraph, streamGraph }) => {
    const index = new TimeIndex(new TimePlan(streamGraph, executionGraph), executionGraph)
    return new TimeState(index, executionGraph)
  },
  apply: applyToTime,
  clone: (state) => {
    const copy = new TimeState(state.index, state.graph)
    copy.event = state.event
    copy.time = state.time
    return copy
  },
  size: () => 64,
}

export function applyToTime(state: TimeState, event: TraceEvent): void {
  state.event = event.index
  state.time = event.time
  const { index } = state
  // Another state of the fold was here before.
  if (event.index > index.event) {
    index.event = event.index
    TAKE[event.kind]?.(index, event)
  }
  if (event.kind === TraceKind.ExecutionGraphCreated) state.graph = grown(state.graph, event)
}

type Take = (index: TimeIndex, event: TraceEvent) => void

/** By kind: what takes it in. */
const TAKE: (Take | undefined)[] = []
const by = (take: Take, ...kinds: number[]): void => {
  for (const kind of kinds) TAKE[kind] = take
}
by((index, event) => {
  index.graph = grown(index.graph, event)
  index.plan.extend(index.graph)
}, TraceKind.ExecutionGraphCreated)
by(takeExecutionState, TraceKind.ExecutionState)
by(
  takeTask,
  TraceKind.RecordIn,
  TraceKind.WatermarkIn,
  TraceKind.StatusIn,
  TraceKind.EndOfInput,
  TraceKind.WatermarkOut,
  TraceKind.StatusOut,
  TraceKind.WatermarkAdvanced,
)
by(
  takeSource,
  TraceKind.SourceRecord,
  TraceKind.WatermarkEmitted,
  TraceKind.StatusEmitted,
  TraceKind.SplitAssigned,
  TraceKind.SplitWatermark,
  TraceKind.SplitStatus,
  TraceKind.SplitPaused,
  TraceKind.WatermarkIgnored,
  TraceKind.AlignmentAnnounced,
)
by(
  takeWindow,
  TraceKind.WindowOpened,
  TraceKind.WindowElement,
  TraceKind.WindowTrigger,
  TraceKind.WindowFired,
  TraceKind.WindowCleared,
  TraceKind.WindowMerged,
  TraceKind.WindowEvicted,
  TraceKind.StateUpdated,
  TraceKind.RecordMade,
)
by(takeTimer, TraceKind.TimerRegistered, TraceKind.TimerDeleted, TraceKind.TimerFired)
by(takeRecord, TraceKind.LateDropped, TraceKind.SideRecord, TraceKind.NoWindow, TraceKind.WindowSkipped, TraceKind.RecordDropped)
by(takeJoin, TraceKind.JoinBuffered, TraceKind.JoinCleared)
by(takeAsync, TraceKind.AsyncRequested, TraceKind.AsyncAnswered)
