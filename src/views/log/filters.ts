import type { Selection } from '../../scenario/types'
import { TraceKind } from '../../trace/kinds'
import type { TraceKindName } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import { narrate } from '../../trace/narration'
import type { NarrationContext } from '../../trace/narration'
import { FilteredEvents } from '../../trace/filteredEvents'
import { matcherOf, textMatcher } from '../../trace/search'
import type { Matcher } from '../../trace/search'

/** Sorts of events that one wants to see or not: most runs are mostly buffers. */
export const LOG_GROUPS = ['cluster', 'records', 'network', 'time', 'windows', 'state', 'checkpoints'] as const
export type LogGroup = (typeof LOG_GROUPS)[number]

export const GROUP_OF: Readonly<Record<TraceKindName, LogGroup>> = {
  JobStatus: 'cluster',
  TaskManagerLost: 'cluster',
  ExecutionGraphCreated: 'cluster',
  SchedulerState: 'cluster',
  ExecutionState: 'cluster',
  TaskManagerRegistered: 'cluster',
  SlotAllocated: 'cluster',
  SlotFreed: 'cluster',
  SlotRequested: 'cluster',
  Intervention: 'cluster',
  Problem: 'cluster',
  UserOutput: 'cluster',
  SourceRecord: 'records',
  RecordIn: 'records',
  RecordOut: 'records',
  RecordDropped: 'records',
  SinkRecord: 'records',
  SideRecord: 'records',
  RecordMade: 'records',
  KeySeen: 'state',
  BufferSent: 'network',
  BufferArrived: 'network',
  CreditsGranted: 'network',
  TaskIo: 'network',
  WatermarkOut: 'time',
  StatusOut: 'time',
  WatermarkEmitted: 'time',
  WatermarkIn: 'time',
  WatermarkAdvanced: 'time',
  StatusEmitted: 'time',
  StatusIn: 'time',
  TimerRegistered: 'time',
  TimerDeleted: 'time',
  TimerFired: 'time',
  EndOfInput: 'time',
  WindowOpened: 'windows',
  WindowElement: 'windows',
  WindowTrigger: 'windows',
  WindowFired: 'windows',
  WindowCleared: 'windows',
  WindowEvicted: 'windows',
  WindowMerged: 'windows',
  LateDropped: 'windows',
  SplitAssigned: 'time',
  SplitWatermark: 'time',
  SplitStatus: 'time',
  SplitPaused: 'time',
  AlignmentAnnounced: 'time',
  WatermarkIgnored: 'time',
  AsyncRequested: 'records',
  AsyncAnswered: 'records',
  NoWindow: 'windows',
  WindowSkipped: 'windows',
  JoinBuffered: 'state',
  JoinCleared: 'state',
  StateUpdated: 'state',
  CheckpointTriggered: 'checkpoints',
  CheckpointRefused: 'checkpoints',
  CheckpointAcknowledged: 'checkpoints',
  CheckpointDeclined: 'checkpoints',
  CheckpointCompleted: 'checkpoints',
  CheckpointAborted: 'checkpoints',
  CheckpointDiscarded: 'checkpoints',
  JobRestored: 'cluster',
  RestartScheduled: 'cluster',
  SavepointAsked: 'checkpoints',
  JobManagerDied: 'cluster',
  JobManagerStarted: 'cluster',
  HeartbeatMissed: 'cluster',
  BarrierOut: 'checkpoints',
  BarrierIn: 'checkpoints',
  BarrierAnnounced: 'checkpoints',
  ChannelBlocked: 'checkpoints',
  ChannelResumed: 'checkpoints',
  AlignmentBegun: 'checkpoints',
  AlignmentEnded: 'checkpoints',
  CheckpointBegun: 'checkpoints',
  SnapshotSync: 'checkpoints',
  SnapshotDone: 'checkpoints',
  ChannelStatePersisted: 'checkpoints',
  CheckpointNotified: 'checkpoints',
  StateRestored: 'state',
  OffsetRestored: 'state',
  StateHeld: 'state',
  SstFileWritten: 'state',
  SstFileDropped: 'state',
  MemtableFlushed: 'state',
  TransactionMoved: 'records',
  ExternalWrote: 'records',
  ExternalCommitted: 'records',
  ExternalAborted: 'records',
  ExternalNamed: 'records',
  FileWritten: 'state',
  FileDeleted: 'state',
  FileFailed: 'state',
  PoolUsage: 'network',
  QueueLength: 'network',
  BufferSize: 'network',
  FaultStruck: 'cluster',
  ExternalTransaction: 'records',
}

export interface LogFilter {
  readonly groups: ReadonlySet<LogGroup>
  /** Only what is about it; null: anything. */
  readonly selection: Selection | null
  /** Words that the sentence must have, in the language on screen. */
  readonly query: string
}

export const NO_FILTER: LogFilter = { groups: new Set(LOG_GROUPS), selection: null, query: '' }

/** The lines that pass, found little by little: see FilteredEvents. The cheap questions are asked first. */
export function filterLog(log: TraceLog, filter: LogFilter, context: NarrationContext): FilteredEvents {
  const matchers: Matcher[] = []
  if (filter.groups.size < LOG_GROUPS.length) {
    const wanted = new Uint8Array(256)
    for (const [name, group] of Object.entries(GROUP_OF)) if (filter.groups.has(group)) wanted[TraceKind[name as TraceKindName]] = 1
    matchers.push((event) => wanted[event.kind] === 1)
  }
  if (filter.selection !== null) matchers.push(matcherOf(filter.selection, context.header, log))
  if (filter.query.trim() !== '') matchers.push(textMatcher(filter.query, (event) => narrate(event, context).text))
  return new FilteredEvents(log, matchers.length === 0 ? null : (event) => matchers.every((matches) => matches(event)))
}
