import { javaToString, valueFromBytes } from '../core/values'
import type { Selection } from '../scenario/types'
import { grownHeader } from './graphs'
import { TraceKind } from './kinds'
import type { TraceLog, TraceReader } from './log'
import { hostOfProcess, hostOfTaskManager } from './narration/naming'
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
  'BarrierOut',
  'BarrierIn',
  'BarrierAnnounced',
  'ChannelBlocked',
  'ChannelResumed',
  'ChannelStatePersisted',
  'QueueLength',
])
/** The record is (c, b); for an element of a window (d, c), for one made here (process, b). */
export const WITH_RECORD = at([
  'RecordIn',
  'RecordOut',
  'RecordDropped',
  'SinkRecord',
  'SideRecord',
  'LateDropped',
  'AsyncRequested',
  'AsyncAnswered',
  'NoWindow',
  'WindowSkipped',
  'JoinBuffered',
])
export const MAKES_RECORD = at(['SourceRecord', 'RecordMade'])
/** The window is b, of the emitting process. */
export const WITH_WINDOW = at([
  'WindowOpened',
  'WindowElement',
  'WindowTrigger',
  'WindowFired',
  'WindowCleared',
  'WindowMerged',
  'WindowEvicted',
])
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
  if (kind === TraceKind.KeySeen || kind === TraceKind.StateUpdated || kind === TraceKind.JoinCleared || WITH_TIMER.has(kind))
    return event.b
  if (kind === TraceKind.RecordOut || kind === TraceKind.SinkRecord || kind === TraceKind.LateDropped) return event.d
  if (kind === TraceKind.NoWindow || kind === TraceKind.WindowSkipped) return event.d
  if (kind === TraceKind.JoinBuffered) return event.d >> 1
  if (kind === TraceKind.WindowOpened) return event.c
  const window = windowOf(event)
  if (window < 0) return -1
  const opened = log.names.windowAt(event.process, window)
  return opened < 0 ? -1 : log.at(opened).c
}

const OF_TASK_MANAGER = new Set<number>([
  TraceKind.TaskManagerRegistered,
  TraceKind.TaskManagerLost,
  TraceKind.HeartbeatMissed,
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
  TraceKind.WindowEvicted,
  TraceKind.WindowTrigger,
  TraceKind.WindowFired,
  TraceKind.WindowCleared,
  TraceKind.WindowMerged,
  TraceKind.LateDropped,
  TraceKind.StateUpdated,
  TraceKind.SplitAssigned,
  TraceKind.SplitWatermark,
  TraceKind.SplitStatus,
  TraceKind.SplitPaused,
  TraceKind.WatermarkIgnored,
  TraceKind.AsyncRequested,
  TraceKind.AsyncAnswered,
  TraceKind.NoWindow,
  TraceKind.WindowSkipped,
  TraceKind.JoinBuffered,
  TraceKind.JoinCleared,
  TraceKind.StateRestored,
  TraceKind.OffsetRestored,
  TraceKind.StateHeld,
  TraceKind.SstFileWritten,
  TraceKind.SstFileDropped,
  TraceKind.MemtableFlushed,
  TraceKind.TransactionMoved,
])
/** Kinds that say in b which partition of the operator they are about, or in c. */
const OF_PARTITION = new Set<number>([
  TraceKind.SplitAssigned,
  TraceKind.SplitWatermark,
  TraceKind.SplitStatus,
  TraceKind.SplitPaused,
  TraceKind.WatermarkIgnored,
  TraceKind.OffsetRestored,
])

/** The execution vertex that the JobManager, or a hand, says something of; −1 if none. */
function vertexIn({ kind, a, b, c, d }: TraceReader): number {
  switch (kind) {
    case TraceKind.ExecutionState:
      return a
    case TraceKind.FaultStruck:
      return b
    case TraceKind.CheckpointAcknowledged:
      return c
    case TraceKind.CheckpointDeclined:
      return d
    default:
      return -1
  }
}

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
        if (kind === TraceKind.WindowElement || kind === TraceKind.WindowEvicted) return event.c === number && event.d === origin
        if (kind === TraceKind.ExternalWrote) return event.d === number && event.x === origin
        return event.b === number && event.process === origin && MAKES_RECORD.has(kind)
      }
    }
    case 'window':
      return (event) =>
        event.process === selection.process &&
        (windowOf(event) === selection.window || (event.kind === TraceKind.WindowMerged && event.c === selection.window))
    case 'partition': {
      const { node, partition } = selection
      return (event) =>
        event.a === node &&
        (event.kind === TraceKind.SourceRecord ? event.c === partition : OF_PARTITION.has(event.kind) && event.b === partition)
    }
    case 'timer': {
      const { process, node, key, window, time } = selection
      const domain = selection.domain === 'event' ? 0 : 1
      return (event) =>
        WITH_TIMER.has(event.kind) &&
        event.process === process &&
        event.a === node &&
        event.b === key &&
        event.c === domain &&
        event.d === window &&
        event.x === time
    }
    case 'taskManager':
      return ofTaskManager(selection.host, header)
    case 'slot':
      return (event) =>
        event.a === selection.host &&
        (event.kind === TraceKind.TaskManagerLost ||
          ((event.kind === TraceKind.SlotAllocated || event.kind === TraceKind.SlotFreed) && event.b === selection.slot))
    case 'operator':
      return (event) => event.a === selection.node && WITH_NODE.has(event.kind)
    case 'edge': {
      const { edges } = header.executionGraph.job
      const wanted = header.streamGraph.edges[selection.edge]
      const edge = edges.find(({ from, to, typeNumber }) => from === wanted?.from && to === wanted.to && typeNumber === wanted.typeNumber)
      if (edge === undefined) return () => false
      return (event) => WITH_CHANNEL.has(event.kind) && grownHeader(header, log).executionGraph.channels[event.a]?.edge === edge.index
    }
    case 'task':
    case 'subtask': {
      // Of every execution graph that its job had.
      const wanted = (index: number): boolean => {
        const vertex = grownHeader(header, log).executionGraph.vertices[index]
        return vertex?.vertex === selection.vertex && (selection.kind === 'task' || vertex.subtask === selection.subtask)
      }
      const cache = new Map<number, boolean>()
      return (event) => {
        const told = vertexIn(event)
        if (told >= 0) return wanted(told)
        const known = cache.get(event.process)
        if (known !== undefined) return known
        const vertex = log.names.vertexOf(event.process)
        if (vertex < 0) return false
        const answer = wanted(vertex)
        cache.set(event.process, answer)
        return answer
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

/** What it says and is told, the tasks that are deployed there, and the hand that stops it. */
function ofTaskManager(host: number, header: TraceHeader): Matcher {
  return (event) => {
    const { kind } = event
    if (kind === TraceKind.ExecutionState) return event.d !== 0 && hostOfProcess(event.d) === host
    if (kind !== TraceKind.Intervention) return event.a === host && OF_TASK_MANAGER.has(kind)
    const done = header.interventions?.[event.a]
    return (done?.do === 'stop-task-manager' || done?.do === 'kill-task-manager') && hostOfTaskManager(header, done.host) === host
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
