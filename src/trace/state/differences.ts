import type { CheckpointTrack } from '../checkpoints/state'
import { keyLook } from '../looks'
import type { KeyLook } from '../looks'
import type { TraceLog } from '../log'
import type { Place } from './places'
import { boundsIn } from './rows'
import { CLEARED } from './state'
import type { NodeState, StateState } from './state'

/** An entry that is not now what it was in a checkpoint. */
export interface Difference {
  readonly what: 'added' | 'changed' | 'removed'
  readonly key: KeyLook
  readonly name: string
  readonly bounds: { readonly start: number; readonly end: number } | null
  /** Window in the process that is named; −1. */
  readonly window: number
  readonly subtask: number
  /** StateUpdated events; −1: there was, or is, nothing. */
  readonly then: number
  readonly now: number
}

/** −1: there is nothing. */
const eventIn = (node: NodeState, slot: number, upTo: number): number => {
  const update = node.lastUpdate(slot, upTo)
  return update < 0 || node.size.at(update) === CLEARED ? -1 : node.event.at(update)
}

const sameValue = (log: TraceLog, one: number, other: number): boolean => {
  if (one === other) return true
  if (one < 0 || other < 0) return false
  const [a, b] = [log.at(one).payload().slice(), log.at(other).payload()]
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/**
 * What of an operator's keyed state is not what checkpoint `track` holds of it, by subtask and key group. Entries of the attempt that took the snapshot
 * are compared as they are; those of another one by state, key and window.
 */
export function differencesOf(
  state: StateState,
  log: TraceLog,
  track: CheckpointTrack,
  node: number,
  places: readonly Place[],
  all: readonly Place[],
): Difference[] {
  const found: Difference[] = []
  const note = (of: NodeState, slot: number, subtask: number, then: number, now: number): void => {
    if (sameValue(log, then, now)) return
    const window = of.slotWindow.at(slot)
    found.push({
      what: then < 0 ? 'added' : now < 0 ? 'removed' : 'changed',
      key: keyLook(log, of.process, of.slotKey.at(slot)),
      name: of.names[of.slotName.at(slot)]!,
      bounds: window < 0 ? null : boundsIn(log, of.process, window, state.event),
      window,
      subtask,
      then,
      now,
    })
  }
  const snapshots = new Map<number, number>()
  for (const { process, begun } of track.shares.values()) if (begun !== null) snapshots.set(process, begun.event)
  const same = all.every(({ attempt, lost }) => !lost && snapshots.has(attempt.process))
  if (same) {
    for (const { state: of, subtask, attempt } of places) {
      if (of === null) continue
      const at = snapshots.get(attempt.process)!
      for (let slot = 0, slots = of.slotsUntil(state.event); slot < slots; slot++)
        note(of, slot, subtask, eventIn(of, slot, at), eventIn(of, slot, state.event))
    }
  } else {
    const then = new Map<string, { readonly of: NodeState; readonly slot: number; readonly event: number }>()
    for (const [process, at] of snapshots) {
      const of = state.index.nodes.get(process)?.get(node)
      if (of === undefined) continue
      for (let slot = 0, slots = of.slotsUntil(at); slot < slots; slot++) {
        const event = eventIn(of, slot, at)
        if (event >= 0) then.set(nameOf(log, of, slot, at), { of, slot, event })
      }
    }
    for (const { state: of, subtask, lost } of all) {
      if (of === null || lost) continue
      const isShown = places.some((place) => place.subtask === subtask)
      for (let slot = 0, slots = of.slotsUntil(state.event); slot < slots; slot++) {
        const now = eventIn(of, slot, state.event)
        if (now < 0) continue
        const name = nameOf(log, of, slot, state.event)
        const before = then.get(name)
        then.delete(name)
        if (isShown) note(of, slot, subtask, before?.event ?? -1, now)
      }
    }
    // Which subtask would hold it now is not asked: it is shown with all of them.
    if (places.length === all.length) for (const { of, slot, event } of then.values()) note(of, slot, -1, event, -1)
  }
  return found.sort((one, other) => one.subtask - other.subtask || one.key.keyGroup - other.key.keyGroup)
}

function nameOf(log: TraceLog, of: NodeState, slot: number, upTo: number): string {
  const window = of.slotWindow.at(slot)
  const bounds = window < 0 ? null : boundsIn(log, of.process, window, upTo)
  const key = keyLook(log, of.process, of.slotKey.at(slot)).text
  return `${of.names[of.slotName.at(slot)]!} ${bounds === null ? '' : `${bounds.start} ${bounds.end}`} ${window >= 0 ? 'w' : ''} ${key}`
}
