import { grown } from '../graphs'
import { momentFold } from '../growing'
import type { Take } from '../growing'
import { TraceKind } from '../kinds'
import type { Fold } from '../types'
import { TimePlan } from './plan'
import { TimeIndex } from './state'
import type { TimeState } from './state'
import { takeAsync, takeJoin, takeRecord } from './takeRecords'
import { takeSource } from './takeSources'
import { takeExecutionState, takeTask } from './takeTasks'
import { takeTimer } from './takeTimers'
import { takeWindow } from './takeWindows'

/** By kind: what takes it in. */
const TAKE: (Take<TimeIndex> | undefined)[] = []

/** Watermarks, windows, timers, joins: all that views and explanations ask of time (`queries.ts`). One fold for all of them, so that a page runs it once. */
export const timeFold: Fold<TimeState> = momentFold(
  ({ executionGraph, streamGraph }) => new TimeIndex(new TimePlan(streamGraph, executionGraph), executionGraph),
  TAKE,
)

const by = (take: Take<TimeIndex>, ...kinds: number[]): void => {
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
