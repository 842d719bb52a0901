import { LONG_MIN } from '../../core/time'
import { grown } from '../graphs'
import { EXECUTION_STATES, TraceKind } from '../kinds'
import type { Fold, TraceEvent } from '../types'
import { barrierIn, barrierOut, channelBlocked, emptyBarriers, forgetCheckpoint, taskCheckpoint } from './barriers'
import { bufferArrived, bufferSent, emptyChannel, loseReceiver, loseSender, put, takeControl, takeRecord } from './channels'
import { jobStatus, slotAllocated, slotFreed, slotRequested, taskManagerLost, taskManagerRegistered } from './hosts'
import { ClusterPlan } from './plan'
import { ClusterState, PARTITIONS } from './state'

const CANCELED = EXECUTION_STATES.indexOf('CANCELED')
const DEPLOYING = EXECUTION_STATES.indexOf('DEPLOYING')
const FAILED = EXECUTION_STATES.indexOf('FAILED')

/** The whole cluster's state: what the graph draws and the inspector answers from. */
export const clusterFold: Fold<ClusterState> = {
  init: (header) => new ClusterState(new ClusterPlan(header)),
  clone: (state) => new ClusterState(state.plan, state),
  size: (state) => state.bytes,
  apply: applyToCluster,
}

export function applyToCluster(state: ClusterState, event: TraceEvent): void {
  state.event = event.index
  state.time = event.time
  const a = event.a
  switch (event.kind) {
    case TraceKind.RecordOut: {
      const vertex = state.plan.channelFrom[a]!
      if (isGone(state, vertex, event.process)) break
      state.recordsOut[vertex]!++
      state.recordsBuffered[a]!++
      put(state, a, event.index)
      break
    }
    case TraceKind.RecordIn: {
      const vertex = state.plan.channelTo[a]!
      state.recordsIn[vertex]!++
      state.lastReadEvent[a] = event.index
      takeRecord(state, a)
      break
    }
    case TraceKind.BufferSent:
      if (isGone(state, state.plan.channelFrom[a]!, event.process)) break
      bufferSent(state, a, event.c, event.index)
      break
    case TraceKind.BufferArrived:
      bufferArrived(state, a)
      break
    case TraceKind.CreditsGranted:
      state.credits[a] = event.b
      break
    case TraceKind.TaskIo: {
      const vertex = vertexOf(state, event.process)
      if (vertex < 0) break
      const at = state.ioCount[vertex]!
      state.plan.ioSince[vertex]!.put(at, event.time)
      state.plan.ioState[vertex]!.put(at, a)
      state.ioCount[vertex] = at + 1
      state.io[vertex] = a
      break
    }
    case TraceKind.SourceRecord: {
      const vertex = vertexOf(state, event.process)
      if (vertex < 0) break
      state.recordsIn[vertex]!++
      state.offsets.set(vertex * PARTITIONS + event.c, event.d)
      break
    }
    case TraceKind.RecordDropped:
      count(state, event.process, state.dropped)
      break
    case TraceKind.SinkRecord:
      count(state, event.process, state.written)
      break
    case TraceKind.KeySeen:
      count(state, event.process, state.keys)
      break
    case TraceKind.TimerRegistered:
      count(state, event.process, state.timers)
      break
    case TraceKind.TimerDeleted:
    case TraceKind.TimerFired:
      count(state, event.process, state.timers, -1)
      break
    case TraceKind.WindowOpened:
      count(state, event.process, state.windows)
      break
    case TraceKind.WindowCleared:
      count(state, event.process, state.windows, -1)
      break
    case TraceKind.WindowMerged:
      // Merged with itself, or with none: it grew.
      if (event.c >= 0 && event.c !== event.b) count(state, event.process, state.windows, -1)
      break
    case TraceKind.LateDropped: {
      const vertex = vertexOf(state, event.process)
      if (vertex < 0) break
      state.late[vertex]!++
      state.lateEvent[vertex] = event.index
      break
    }
    case TraceKind.WatermarkOut: {
      const vertex = state.plan.channelFrom[a]!
      if (isGone(state, vertex, event.process)) break
      state.watermarkOut[vertex] = event.x
      state.watermarkOutEvent[vertex] = event.index
      put(state, a, ~event.index)
      break
    }
    case TraceKind.StatusOut:
      if (isGone(state, state.plan.channelFrom[a]!, event.process)) break
      state.idle[state.plan.channelFrom[a]!] = event.b
      put(state, a, ~event.index)
      break
    case TraceKind.WatermarkEmitted: {
      // A source without outputs to other tasks tells no other way what it stands at.
      const vertex = vertexOf(state, event.process)
      if (vertex < 0 || state.plan.isSource[vertex] === 0 || state.plan.outputs[vertex]!.length > 0) break
      state.watermarkOut[vertex] = event.x
      state.watermarkOutEvent[vertex] = event.index
      break
    }
    case TraceKind.WatermarkAdvanced: {
      const vertex = vertexOf(state, event.process)
      if (vertex < 0 || state.plan.head[vertex] !== a) break
      state.watermarkIn[vertex] = event.x
      state.watermarkInEvent[vertex] = event.index
      break
    }
    case TraceKind.WatermarkIn:
      state.channelWatermark[a] = event.x
      state.channelWatermarkEvent[a] = event.index
      state.lastReadEvent[a] = event.index
      takeControl(state, a)
      break
    case TraceKind.StatusIn:
      state.channelIdle[a] = event.b
      state.lastReadEvent[a] = event.index
      takeControl(state, a)
      break
    case TraceKind.EndOfInput:
      if (a >= 0) state.channelEnded[a] = 1
      break
    case TraceKind.BarrierOut:
      if (!isGone(state, state.plan.channelFrom[a]!, event.process)) barrierOut(state, event)
      break
    case TraceKind.BarrierIn:
      barrierIn(state, event)
      break
    case TraceKind.ChannelBlocked:
      channelBlocked(state, a, event.b, event.index)
      break
    case TraceKind.ChannelResumed:
      channelBlocked(state, a, 0, event.index)
      break
    case TraceKind.AlignmentBegun:
    case TraceKind.CheckpointBegun:
    case TraceKind.SnapshotSync:
    case TraceKind.SnapshotDone:
    case TraceKind.CheckpointNotified:
      taskCheckpoint(state, vertexOf(state, event.process), event)
      break
    case TraceKind.AlignmentEnded:
      // Given up: nothing comes of it.
      if (event.b === 1) taskCheckpoint(state, vertexOf(state, event.process), event)
      break
    case TraceKind.ExecutionState:
      executionState(state, event)
      break
    case TraceKind.JobStatus:
      jobStatus(state, event)
      break
    case TraceKind.SchedulerState:
      if (a >= state.schedulerState.length) break
      state.schedulerState[a] = event.b
      state.schedulerEvent[a] = event.index
      break
    case TraceKind.ExecutionGraphCreated: {
      const graph = grown(state.graph, event)
      if (graph === state.graph) break
      state.plan.extend(graph)
      state.growTo(graph)
      break
    }
    case TraceKind.TaskManagerRegistered:
      taskManagerRegistered(state, event)
      break
    case TraceKind.TaskManagerLost:
      taskManagerLost(state, event)
      break
    case TraceKind.SlotAllocated:
      slotAllocated(state, event)
      break
    case TraceKind.SlotRequested:
      slotRequested(state, event)
      break
    case TraceKind.SlotFreed:
      slotFreed(state, a, event.b, event.index)
      break
  }
}

/**
 * Whether an attempt that is over says so: when its TaskManager goes a task may be in the middle of a record, and what it still writes comes after the
 * JobManager has given it up.
 */
function isGone(state: ClusterState, vertex: number, process: number): boolean {
  const now = state.executionState[vertex]!
  return now === FAILED || now === CANCELED || now < DEPLOYING || state.process[vertex] !== process
}

const vertexOf = (state: ClusterState, process: number): number => state.plan.vertexOf.get(process) ?? -1

function count(state: ClusterState, process: number, column: Int32Array, by = 1): void {
  const vertex = vertexOf(state, process)
  if (vertex >= 0) column[vertex]! += by
}

function executionState(state: ClusterState, event: TraceEvent): void {
  const vertex = event.a
  state.executionState[vertex] = event.c
  state.executionEvent[vertex] = event.index
  if (event.d !== 0) {
    state.process[vertex] = event.d
    state.plan.vertexOf.set(event.d, vertex)
  }
  if (event.b !== state.attempt[vertex]) {
    forget(state, vertex)
    for (const channel of [...state.plan.inputs[vertex]!, ...state.plan.outputs[vertex]!]) emptyChannel(state, channel)
  } else if (event.c === CANCELED || event.c === FAILED) {
    forget(state, vertex)
    for (const channel of state.plan.inputs[vertex]!) {
      loseReceiver(state, channel)
      emptyBarriers(state, channel)
    }
    for (const channel of state.plan.outputs[vertex]!) loseSender(state, channel)
  }
  state.attempt[vertex] = event.b
}

/** What an attempt had in memory is gone with it. Counts of records go on. */
function forget(state: ClusterState, vertex: number): void {
  forgetCheckpoint(state, vertex)
  state.keys[vertex] = 0
  state.timers[vertex] = 0
  state.windows[vertex] = 0
  state.idle[vertex] = 0
  state.watermarkIn[vertex] = LONG_MIN
  state.watermarkInEvent[vertex] = -1
  state.watermarkOut[vertex] = LONG_MIN
  state.watermarkOutEvent[vertex] = -1
}
