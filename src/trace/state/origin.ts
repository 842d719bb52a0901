import type { CheckpointTrack } from '../checkpoints/state'
import { TraceKind } from '../kinds'
import { keyLook } from '../looks'
import type { TraceLog } from '../log'
import { boundsIn } from './rows'
import type { Shown } from './rows'
import type { NodeState, StateState } from './state'

/** Whose handling changed state. */
export type Writer =
  | { readonly kind: 'record'; readonly origin: number; readonly number: number; readonly timestamp: number; readonly event: number }
  | {
      readonly kind: 'timer'
      readonly process: number
      readonly node: number
      readonly key: number
      readonly domain: 'event' | 'processing'
      readonly window: number
      readonly time: number
      readonly event: number
    }

const LOOK_BACK = 4000

/** The record or timer that its process was handling when event `event` happened; null: neither, as when it opens. */
export function writerOf(log: TraceLog, event: number): Writer | null {
  const reader = log.reader()
  const process = log.processAt(event)
  const until = Math.max(0, event - LOOK_BACK)
  for (let at = event - 1; at >= until; at--) {
    if (log.processAt(at) !== process) continue
    const kind = log.kindAt(at)
    if (kind === TraceKind.RecordIn) {
      const { b: number, c: origin, x: timestamp } = reader.to(at)
      return { kind: 'record', origin, number, timestamp, event: at }
    }
    if (kind === TraceKind.SourceRecord || kind === TraceKind.RecordMade) {
      const { b: number, x: timestamp } = reader.to(at)
      return { kind: 'record', origin: process, number, timestamp, event: at }
    }
    if (kind === TraceKind.TimerFired) {
      const { a: node, b: key, c, d: window, x: time } = reader.to(at)
      return { kind: 'timer', process, node, key, domain: c === 1 ? 'processing' : 'event', window, time, event: at }
    }
    // Nothing was handled before these.
    if (kind === TraceKind.StateRestored || kind === TraceKind.WatermarkAdvanced) return null
  }
  return null
}

/** The checkpoint that a process was restored from, at its StateRestored; null: none, or one of another run. */
export function restoredFrom(
  state: StateState,
  log: TraceLog,
  node: NodeState,
): { readonly id: number; readonly event: number; readonly track: CheckpointTrack | null } | null {
  const event = node.restored.last(state.event)
  if (event < 0) return null
  const { b: id } = log.at(event)
  const process = state.checkpoints.index.processes.get(node.process)
  const track =
    process === undefined
      ? undefined
      : state.checkpoints.index
          .jobOf(process)
          .checkpoints.findLast((one) => one.id === id && one.triggered < event && one.outcome === 'completed' && one.ended < event)
  return { id, event, track: track ?? null }
}

/**
 * The update that made a restored value what it is: of the attempt whose snapshot it comes from, or of one before that. `via`: the checkpoints on the way.
 * null: it came from outside this run.
 */
export function originOf(
  state: StateState,
  log: TraceLog,
  shown: Shown,
): { readonly event: number; readonly via: readonly number[] } | null {
  const via: number[] = []
  let node = shown.place.state
  const names = { key: shown.key.text, name: shown.name, bounds: shown.bounds }
  for (let hops = 0; node !== null && hops < 1000; hops++) {
    const restore = restoredFrom(state, log, node)
    if (restore === null || restore.track === null) return null
    via.push(restore.id)
    const found = inSnapshot(state, log, restore.track, shown.place.node, names)
    if (found === null) return null
    if (log.at(found.event).d !== 2) return { event: found.event, via }
    node = found.node
  }
  return null
}

interface Named {
  readonly key: string
  readonly name: string
  readonly bounds: { readonly start: number; readonly end: number } | null
}

const sameBounds = (one: Named['bounds'], other: Named['bounds']): boolean =>
  one === null || other === null ? one === other : one.start === other.start && one.end === other.end

/** The last update of an entry before the snapshots of a checkpoint. */
function inSnapshot(state: StateState, log: TraceLog, track: CheckpointTrack, of: number, named: Named) {
  for (const { process, begun } of track.shares.values()) {
    const node = state.index.nodes.get(process)?.get(of)
    if (node === undefined || begun === null) continue
    const name = node.names.indexOf(named.name)
    if (name < 0) continue
    for (let slot = node.slotsUntil(begun.event) - 1; slot >= 0; slot--) {
      if (node.slotName.at(slot) !== name || keyLook(log, process, node.slotKey.at(slot)).text !== named.key) continue
      const window = node.slotWindow.at(slot)
      if (!sameBounds(window < 0 ? null : boundsIn(log, process, window, begun.event), named.bounds)) continue
      const update = node.lastUpdate(slot, begun.event)
      if (update >= 0) return { node, event: node.event.at(update) }
    }
  }
  return null
}
