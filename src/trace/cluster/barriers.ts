import { EXECUTION_STATES, TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import type { ClusterState } from './state'

// Barriers on channels, and what tasks do about them. What a barrier stands behind is told by how much had been put on the channel before it.

const UNALIGNED = 2

/** What a task does for a checkpoint at the moment. */
export const TaskCheckpoint = { None: 0, Aligning: 1, Snapshot: 2, Writing: 3 } as const

const RUNNING = EXECUTION_STATES.indexOf('RUNNING')

export function barrierOut(state: ClusterState, { a: channel, b: id, c: alignment, d: overtook, index }: TraceEvent): void {
  const { plan } = state
  if (channel >= state.barriersOut.length) return
  const at = state.barriersOut[channel]!
  const before = at - 1
  const isAgain = before >= state.barriersIn[channel]! && plan.barrierId[channel]!.at(before) === id
  // One that turns unaligned on its way says so once more.
  const place = isAgain ? before : at
  plan.barrierId[channel]!.put(place, id)
  plan.barrierEvent[channel]!.put(place, index)
  plan.barrierBehind[channel]!.put(place, alignment === UNALIGNED ? -1 - overtook : state.appended[channel]!)
  if (!isAgain) state.barriersOut[channel] = at + 1
}

/** Barriers come in their order: with one, those that came to nothing before it are past. */
export function barrierIn(state: ClusterState, { a: channel, b: id, index }: TraceEvent): void {
  if (channel >= state.barriersOut.length) return
  const { barrierId } = state.plan
  let at = state.barriersIn[channel]!
  while (at < state.barriersOut[channel]! && barrierId[channel]!.at(at) <= id) at++
  state.barriersIn[channel] = at
  state.lastReadEvent[channel] = index
  const to = state.plan.channelTo[channel]!
  if (state.alignedFor[to] !== id) {
    state.alignedFor[to] = id
    state.alignedSeen[to] = 0
  }
  state.alignedSeen[to]!++
}

/** `id` 0: it is read again. */
export function channelBlocked(state: ClusterState, channel: number, id: number, event: number): void {
  if (channel >= state.blockedFor.length) return
  state.blockedFor[channel] = id
  state.blockedEvent[channel] = event
}

export function taskCheckpoint(state: ClusterState, vertex: number, { kind, a: id, index }: TraceEvent): void {
  if (vertex < 0) return
  const what =
    kind === TraceKind.AlignmentBegun
      ? TaskCheckpoint.Aligning
      : kind === TraceKind.CheckpointBegun
        ? TaskCheckpoint.Snapshot
        : kind === TraceKind.SnapshotSync
          ? TaskCheckpoint.Writing
          : TaskCheckpoint.None
  // An unaligned one goes on with its alignment behind its snapshot, and what is over may end after what has begun.
  if (what === TaskCheckpoint.None && state.checkpointId[vertex]! > id) return
  state.checkpointPhase[vertex] = what
  state.checkpointId[vertex] = id
  state.checkpointEvent[vertex] = index
}

/** Nothing of it comes through any more, and what is blocked is gone with who blocked it. */
export function emptyBarriers(state: ClusterState, channel: number): void {
  state.barriersIn[channel] = state.barriersOut[channel]!
  state.blockedFor[channel] = 0
}

export function forgetCheckpoint(state: ClusterState, vertex: number): void {
  state.checkpointPhase[vertex] = TaskCheckpoint.None
  state.alignedFor[vertex] = 0
  state.alignedSeen[vertex] = 0
}

export const isRunning = (state: ClusterState, vertex: number): boolean => state.executionState[vertex] === RUNNING

/** A barrier between its sender and the task that handles it. */
export interface BarrierOnChannel {
  readonly id: number
  /** BarrierOut. */
  readonly event: number
  /** What was put on the channel before it: it comes out behind so many; −1: it overtakes. */
  readonly behind: number
  /** Records that it overtook at its sender. */
  readonly overtook: number
}

export function barriersOn(state: ClusterState, channel: number): BarrierOnChannel[] {
  const found: BarrierOnChannel[] = []
  const { barrierId, barrierEvent, barrierBehind } = state.plan
  for (let at = state.barriersIn[channel]!; at < state.barriersOut[channel]!; at++) {
    const behind = barrierBehind[channel]!.at(at)
    found.push({
      id: barrierId[channel]!.at(at),
      event: barrierEvent[channel]!.at(at),
      behind: Math.max(-1, behind),
      overtook: behind < 0 ? -1 - behind : 0,
    })
  }
  return found
}
