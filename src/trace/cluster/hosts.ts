import { JOB_STATUSES } from '../kinds'
import type { TraceEvent } from '../types'
import { HostState, slotKey } from './state'
import type { ClusterState } from './state'

const RESTARTING = JOB_STATUSES.indexOf('RESTARTING')

export function taskManagerRegistered(state: ClusterState, { a: host, b: slots, index }: TraceEvent): void {
  state.fitHost(host)
  state.hostState[host] = HostState.Registered
  state.hostEvent[host] = index
  state.registeredEvent[host] = index
  state.offeredSlots[host] = slots
}

export function slotRequested(state: ClusterState, { a: shared, c: withdrawn, index }: TraceEvent): void {
  if (shared < state.wantedEvent.length) state.wantedEvent[shared] = withdrawn === 0 ? index : -1
}

export function jobStatus(state: ClusterState, event: TraceEvent): void {
  const { a: status, b: job, index } = event
  if (job >= state.jobStatus.length) return
  state.jobStatus[job] = status
  state.jobEvent[job] = index
  if (status !== RESTARTING) return
  state.restarts[job]!++
  state.restartEvent[job] = index
}

/** Its slots go with it; what ran in them fails by events of its own. */
export function taskManagerLost(state: ClusterState, { a: host, index }: TraceEvent): void {
  state.fitHost(host)
  state.hostState[host] = HostState.Lost
  state.hostEvent[host] = index
  for (const key of [...state.slots.keys()]) {
    const slot = key - slotKey(host, 0)
    if (slot >= 0 && slot < 65536) slotFreed(state, host, slot, index)
  }
}

/** A slot holds one shared slot, and a shared slot is in one slot: whoever was there before moves out. */
export function slotAllocated(state: ClusterState, { a: host, b: slot, c: shared, d: job, index }: TraceEvent): void {
  slotFreed(state, host, slot, index)
  if (state.slotHost[shared]! >= 0) slotFreed(state, state.slotHost[shared]!, state.slotNumber[shared]!, index)
  state.slots.set(slotKey(host, slot), { sharedSlot: shared, job, event: index })
  if (shared < 0 || shared >= state.slotHost.length) return
  state.slotHost[shared] = host
  state.slotNumber[shared] = slot
  state.slotEvent[shared] = index
  state.wantedEvent[shared] = -1
}

export function slotFreed(state: ClusterState, host: number, slot: number, event: number): void {
  const key = slotKey(host, slot)
  const shared = state.slots.get(key)?.sharedSlot ?? -1
  state.slots.set(key, { sharedSlot: -1, job: -1, event })
  if (shared < 0 || state.slotHost[shared] !== host || state.slotNumber[shared] !== slot) return
  state.slotHost[shared] = -1
  state.slotNumber[shared] = -1
  state.slotEvent[shared] = event
}
