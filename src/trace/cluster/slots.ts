import type { ExecutionGraph } from '../../graph/types'
import type { TraceHeader } from '../types'
import { sharedSlotsOf } from './members'
import type { SharedSlotInfo } from './members'
import { HostState, slotKey } from './state'
import type { ClusterState } from './state'

export interface SlotPlace {
  readonly host: number
  readonly name: string
  readonly slot: number
}

/** A slot of a TaskManager at a moment. */
export interface SlotView {
  readonly host: number
  readonly slot: number
  /** The job that has it; −1: it is free. A job may keep a slot with nothing in it. */
  readonly job: number
  /** What is in it: its slot sharing group and the execution vertices that share it; null: nothing. */
  readonly content: SharedSlotInfo | null
  /** Index of the event that allocated or freed it (or lost its host); −1: free ever since its TaskManager registered. */
  readonly since: number
}

export interface TaskManagerView {
  readonly host: number
  readonly name: string
  readonly state: 'notYet' | 'registered' | 'lost'
  /** Index of the registration or loss that made it so, −1 if there was none yet; and of the registration alone. */
  readonly since: number
  readonly registered: number
  /** None for one that is lost; before it registers, those it will have as far as the header tells. */
  readonly slots: readonly SlotView[]
}

/** The TaskManagers that are known of at the moment, by number: those of the header, and whoever registered since. */
export function taskManagersOf(state: ClusterState): TaskManagerView[] {
  const views: TaskManagerView[] = []
  const shared = sharedSlotsOf(state.graph)
  for (let host = 0; host < state.hostState.length; host++) {
    const told = state.plan.hosts.find((known) => known.host === host)
    const known = state.hostState[host]!
    if (told === undefined ? known === HostState.NotYet : told.kind !== 'taskmanager') continue
    const count = known === HostState.Lost ? 0 : known === HostState.Registered ? state.offeredSlots[host]! : told!.slots
    const slots = Array.from({ length: count }, (_, slot): SlotView => {
      const held = state.slots.get(slotKey(host, slot))
      return {
        host,
        slot,
        job: held?.job ?? -1,
        content: held === undefined ? null : (shared[held.sharedSlot] ?? null),
        since: held?.event ?? -1,
      }
    })
    views.push({
      host,
      name: nameOf(state, host),
      state: known === HostState.Lost ? 'lost' : known === HostState.Registered ? 'registered' : 'notYet',
      since: state.hostEvent[host]!,
      registered: state.registeredEvent[host]!,
      slots,
    })
  }
  return views
}

const nameOf = (state: ClusterState, host: number): string =>
  state.plan.hosts.find((known) => known.host === host)?.name ?? `taskmanager-${host}`

/** Where the subtask's shared slot is; null while it has none. */
export function slotOf(state: ClusterState, header: TraceHeader, vertex: number): SlotPlace | null {
  const shared = state.graph.vertices[vertex]?.sharedSlot ?? -1
  const host = state.slotHost[shared] ?? -1
  if (host < 0) return null
  const name = header.hosts.find((known) => known.host === host)?.name ?? nameOf(state, host)
  return { host, name, slot: state.slotNumber[shared]! }
}

/** Slots that are given out and free, over all TaskManagers that are registered. */
export function slotsTotal(state: ClusterState): { readonly total: number; readonly free: number } {
  let total = 0
  for (let host = 0; host < state.hostState.length; host++)
    if (state.hostState[host] === HostState.Registered) total += state.offeredSlots[host]!
  let used = 0
  for (const { job } of state.slots.values()) if (job >= 0) used++
  return { total, free: total - used }
}

/** Subtasks that wait for a slot to share. */
export interface WaitingSlot extends SharedSlotInfo {
  /** Index of its SlotRequested: it waits since then. */
  readonly since: number
}

/** What is wanted and not there yet, in the order of requests (S-3). */
export function waitingSharedSlots(state: ClusterState): WaitingSlot[] {
  return sharedSlotsOf(state.graph)
    .filter(({ sharedSlot, alive }) => alive && state.wantedEvent[sharedSlot]! >= 0)
    .map((info) => ({ ...info, since: state.wantedEvent[info.sharedSlot]! }))
    .sort((one, other) => one.since - other.since)
}

/** S-1: slots that a job needs, by slot sharing group in the order of their first task: the highest parallelism in each. */
export function requiredSlots(graph: ExecutionGraph, job: number): { readonly group: string; readonly slots: number }[] {
  const groups = new Map<string, number>()
  for (const info of sharedSlotsOf(graph)) {
    if (info.alive && info.job === job) groups.set(info.group, (groups.get(info.group) ?? 0) + 1)
  }
  return [...groups].map(([group, slots]) => ({ group, slots }))
}
