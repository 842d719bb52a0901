import { LONG_MIN } from '../../core/time'
import { grown } from '../graphs'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind } from '../kinds'
import type { Fold, TraceEvent } from '../types'
import { ClusterPlan } from './plan'
import { ClusterState, HostState, PARTITIONS, slotKey } from './state'

const CANCELED = EXECUTION_STATES.indexOf('CANCELED')
const FAILED = EXECUTION_STATES.indexOf('FAILED')
const RESTARTING = JOB_STATUSES.indexOf('RESTARTING')

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
      state.recordsOut[vertex]!++
      state.recordsBuffered[a]!++
      put(state, a, event.index)
      break
    }
    case TraceKind.RecordIn: {
      const vertex = state.plan.channelTo[a]!
      state.recordsIn[vertex]!++
      state.recordsQueued[a]!--
      state.recordsRead[a]!++
      state.lastReadEvent[a] = event.index
      takeRecord(state, a)
      break
    }
    case TraceKind.BufferSent:
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
      state.watermarkOut[vertex] = event.x
      state.watermarkOutEvent[vertex] = event.index
      put(state, a, ~event.index)
      break
    }
    case TraceKind.StatusOut:
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
      state.fitHost(a)
      state.hostState[a] = HostState.Registered
      state.hostEvent[a] = event.index
      state.registeredEvent[a] = event.index
      state.offeredSlots[a] = event.b
      break
    case TraceKind.TaskManagerLost:
      taskManagerLost(state, event)
      break
    case TraceKind.SlotAllocated:
      slotAllocated(state, event)
      break
    case TraceKind.SlotRequested:
      if (a < state.wantedEvent.length) state.wantedEvent[a] = event.c === 0 ? event.index : -1
      break
    case TraceKind.SlotFreed:
      freeSlot(state, a, event.b, event.index)
      break
  }
}

function jobStatus(state: ClusterState, event: TraceEvent): void {
  const { a: status, b: job, index } = event
  if (job >= state.jobStatus.length) return
  state.jobStatus[job] = status
  state.jobEvent[job] = index
  if (status !== RESTARTING) return
  state.restarts[job]!++
  state.restartEvent[job] = index
}

/** Its slots go with it; what ran in them fails by events of its own. */
function taskManagerLost(state: ClusterState, { a: host, index }: TraceEvent): void {
  state.fitHost(host)
  state.hostState[host] = HostState.Lost
  state.hostEvent[host] = index
  for (const key of [...state.slots.keys()]) {
    const slot = key - slotKey(host, 0)
    if (slot >= 0 && slot < 65536) freeSlot(state, host, slot, index)
  }
}

/** A slot holds one shared slot, and a shared slot is in one slot: whoever was there before moves out. */
function slotAllocated(state: ClusterState, { a: host, b: slot, c: shared, d: job, index }: TraceEvent): void {
  freeSlot(state, host, slot, index)
  if (state.slotHost[shared]! >= 0) freeSlot(state, state.slotHost[shared]!, state.slotNumber[shared]!, index)
  state.slots.set(slotKey(host, slot), { sharedSlot: shared, job, event: index })
  if (shared < 0 || shared >= state.slotHost.length) return
  state.slotHost[shared] = host
  state.slotNumber[shared] = slot
  state.slotEvent[shared] = index
  state.wantedEvent[shared] = -1
}

function freeSlot(state: ClusterState, host: number, slot: number, event: number): void {
  const key = slotKey(host, slot)
  const shared = state.slots.get(key)?.sharedSlot ?? -1
  state.slots.set(key, { sharedSlot: -1, job: -1, event })
  if (shared < 0 || state.slotHost[shared] !== host || state.slotNumber[shared] !== slot) return
  state.slotHost[shared] = -1
  state.slotNumber[shared] = -1
  state.slotEvent[shared] = event
}

const vertexOf = (state: ClusterState, process: number): number => state.plan.vertexOf.get(process) ?? -1

function count(state: ClusterState, process: number, column: Int32Array, by = 1): void {
  const vertex = vertexOf(state, process)
  if (vertex >= 0) column[vertex]! += by
}

function put(state: ClusterState, channel: number, item: number): void {
  state.plan.items[channel]!.put(state.appended[channel]!++, item)
}

function bufferSent(state: ClusterState, channel: number, records: number, event: number): void {
  const items = state.plan.items[channel]!
  const appended = state.appended[channel]!
  let end = state.sent[channel]!
  for (let left = records; end < appended; end++) {
    if (items.at(end) < 0) continue
    if (left-- === 0) break
  }
  state.sent[channel] = end
  const buffer = state.buffersSent[channel]!++
  state.plan.bufferEnd[channel]!.put(buffer, end)
  state.plan.bufferEvent[channel]!.put(buffer, event)
  state.recordsBuffered[channel]! -= records
  state.recordsInFlight[channel]! += records
}

function bufferArrived(state: ClusterState, channel: number): void {
  const buffer = state.buffersArrived[channel]!
  if (buffer >= state.buffersSent[channel]!) return
  state.buffersArrived[channel] = buffer + 1
  const end = state.plan.bufferEnd[channel]!.at(buffer)
  const items = state.plan.items[channel]!
  let records = 0
  for (let item = buffer === 0 ? 0 : state.plan.bufferEnd[channel]!.at(buffer - 1); item < end; item++) if (items.at(item) >= 0) records++
  state.arrived[channel] = Math.max(state.arrived[channel]!, end)
  state.recordsInFlight[channel]! -= records
  state.recordsQueued[channel]! += records
}

function takeRecord(state: ClusterState, channel: number): void {
  const items = state.plan.items[channel]!
  let read = state.read[channel]!
  while (read < state.appended[channel]! && items.at(read) < 0) read++
  setRead(state, channel, Math.min(read + 1, state.appended[channel]!))
}

function takeControl(state: ClusterState, channel: number): void {
  const read = state.read[channel]!
  if (read < state.appended[channel]! && state.plan.items[channel]!.at(read) < 0) setRead(state, channel, read + 1)
}

/** Whatever is read has arrived, and whatever has arrived was sent. */
function setRead(state: ClusterState, channel: number, read: number): void {
  state.read[channel] = read
  if (state.arrived[channel]! < read) state.arrived[channel] = read
  if (state.sent[channel]! < read) state.sent[channel] = read
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
    for (const channel of [...state.plan.inputs[vertex]!, ...state.plan.outputs[vertex]!]) empty(state, channel)
  } else if (event.c === CANCELED || event.c === FAILED) {
    forget(state, vertex)
    for (const channel of state.plan.inputs[vertex]!) loseReceiver(state, channel)
    for (const channel of state.plan.outputs[vertex]!) loseSender(state, channel)
  }
  state.attempt[vertex] = event.b
}

/** What an attempt had in memory is gone with it. Counts of records go on. */
function forget(state: ClusterState, vertex: number): void {
  state.keys[vertex] = 0
  state.timers[vertex] = 0
  state.windows[vertex] = 0
  state.idle[vertex] = 0
  state.watermarkIn[vertex] = LONG_MIN
  state.watermarkInEvent[vertex] = -1
  state.watermarkOut[vertex] = LONG_MIN
  state.watermarkOutEvent[vertex] = -1
}

/** Nobody is there to take what is under way or in the queue. */
function loseReceiver(state: ClusterState, channel: number): void {
  const sent = state.sent[channel]!
  state.arrived[channel] = sent
  state.read[channel] = sent
  state.buffersArrived[channel] = state.buffersSent[channel]!
  state.recordsInFlight[channel] = 0
  state.recordsQueued[channel] = 0
}

/** What was not sent yet never will be; what is under way still arrives. */
function loseSender(state: ClusterState, channel: number): void {
  state.sent[channel] = state.appended[channel]!
  state.recordsBuffered[channel] = 0
}

function empty(state: ClusterState, channel: number): void {
  loseSender(state, channel)
  loseReceiver(state, channel)
  state.channelEnded[channel] = 0
  state.channelIdle[channel] = 0
  state.channelWatermark[channel] = LONG_MIN
  state.channelWatermarkEvent[channel] = -1
}
