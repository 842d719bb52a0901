import { javaToString } from '../../core/values'
import { keyLook } from '../looks'
import type { KeyLook } from '../looks'
import type { TraceLog } from '../log'
import { elementCount, isClosed } from '../time/windows'
import type { WindowTrack } from '../time/state'
import type { Place } from './places'
import { CLEARED } from './state'
import type { NodeState, StateState } from './state'

/** An entry of keyed state, or a window that keeps its elements, at a place. */
export interface Row {
  readonly place: Place
  readonly slot: number
  /** Number of the update that wrote it last; −1 of a window that keeps its elements. */
  readonly update: number
  readonly window: WindowTrack | null
}

/** A list of entries at a moment: a row is made when it is looked at. */
export interface Rows {
  readonly length: number
  at(index: number): Row
}

/** By state and log: slots in the order of key groups, then as they came; they are put in order once. */
const orders = new WeakMap<NodeState, { order: Int32Array; groups: Int32Array }>()
const NONE = new Int32Array(0)

function orderOf(node: NodeState, log: TraceLog): Int32Array {
  let known = orders.get(node)
  if (known === undefined) orders.set(node, (known = { order: NONE, groups: NONE }))
  const before = known.order.length
  if (before === node.count) return known.order
  const groups = new Int32Array(node.count)
  groups.set(known.groups)
  for (let slot = before; slot < node.count; slot++) {
    const seen = log.names.keyAt(node.process, node.slotKey.at(slot))
    groups[slot] = seen < 0 ? -1 : log.at(seen).c
  }
  const fresh = Int32Array.from({ length: node.count - before }, (_, i) => before + i).sort((a, b) => groups[a]! - groups[b]! || a - b)
  const order = new Int32Array(node.count)
  for (let at = 0, i = 0, j = 0; at < order.length; at++) {
    const [old, next] = [known.order[i], fresh[j]]
    if (next === undefined || (old !== undefined && groups[old]! <= groups[next]!)) {
      order[at] = old!
      i++
    } else {
      order[at] = next
      j++
    }
  }
  orders.set(node, { order, groups })
  return order
}

/**
 * Everything that these places hold by key at event `upTo`, by subtask, key group and key. `wanted`: only keys whose text has this in it. A reduce's or
 * aggregate's window is an entry; one that keeps its elements is a row of its own, behind the entries of its subtask.
 */
export function rowsOf(state: StateState, log: TraceLog, places: readonly Place[], wanted = '', upTo = state.event): Rows {
  const sections: { readonly place: Place; readonly slots: number[]; readonly windows: WindowTrack[] }[] = []
  let length = 0
  const fits = (process: number, key: number): boolean => wanted === '' || keyLook(log, process, key).text.includes(wanted)
  for (const place of places) {
    if (place.lost) continue
    const slots: number[] = []
    const node = place.state
    if (node !== null) {
      for (const slot of orderOf(node, log)) {
        const update = node.lastUpdate(slot, upTo)
        if (update >= 0 && node.size.at(update) !== CLEARED && fits(node.process, node.slotKey.at(slot))) slots.push(slot)
      }
    }
    const windows: WindowTrack[] = []
    if (node === null || !node.names.includes(CONTENTS)) {
      for (const window of place.time?.windows ?? []) {
        if (window.opened > upTo) break
        if (!isClosed(state.time, window) && fits(window.process, window.key)) windows.push(window)
      }
    }
    sections.push({ place, slots, windows })
    length += slots.length + windows.length
  }
  return {
    length,
    at(index) {
      let at = index
      for (const { place, slots, windows } of sections) {
        if (at < slots.length) return { place, slot: slots[at]!, update: place.state!.lastUpdate(slots[at]!, upTo), window: null }
        at -= slots.length
        if (at < windows.length) return { place, slot: -1, update: -1, window: windows[at]! }
        at -= windows.length
      }
      throw new RangeError(`no row ${index}`)
    },
  }
}

/** The state in which a reduce or aggregate keeps what is in a window. */
export const CONTENTS = 'window-contents'

/** A row as one reads it. */
export interface Shown {
  readonly place: Place
  readonly key: KeyLook
  readonly keyNumber: number
  readonly name: string
  /** Number of a window in its process; −1. */
  readonly window: number
  /** null: no window's, or one without bounds. */
  readonly bounds: { readonly start: number; readonly end: number } | null
  /** As Java prints it. */
  readonly value: string
  /** Serialised, of the value; −1: not known. */
  readonly bytes: number
  /** Of a window that keeps its elements: how many; −1. */
  readonly elements: number
  /** When its time to live ends, processing time in ms; NaN: never. */
  readonly expires: number
  /** The event that wrote it, and whether that gave back what a checkpoint held. */
  readonly event: number
  readonly restored: boolean
}

export function show(state: StateState, log: TraceLog, row: Row): Shown {
  const { place, window } = row
  const { process } = place.attempt
  if (window !== null) {
    return {
      place,
      key: keyLook(log, process, window.key),
      keyNumber: window.key,
      name: CONTENTS,
      window: window.window,
      bounds: boundsIn(log, process, window.window, state.event),
      value: '',
      bytes: -1,
      elements: elementCount(state.time, window),
      expires: NaN,
      event: window.opened,
      restored: false,
    }
  }
  const node = place.state!
  const event = node.event.at(row.update)
  const told = log.at(event)
  const of = node.slotWindow.at(row.slot)
  const key = node.slotKey.at(row.slot)
  return {
    place,
    key: keyLook(log, process, key),
    keyNumber: key,
    name: node.names[node.slotName.at(row.slot)]!,
    window: of,
    bounds: of < 0 ? null : boundsIn(log, process, of, state.event),
    value: valueText(log, event),
    bytes: node.size.at(row.update),
    elements: -1,
    expires: told.x,
    event,
    restored: told.d === 2,
  }
}

/** What a StateUpdated says, as Java prints it. */
export function valueText(log: TraceLog, event: number): string {
  const told = log.at(event).value()
  return Array.isArray(told) ? javaToString(told[1]) : ''
}

/** Of a window, as told by event `upTo`; null: it has none. */
export function boundsIn(
  log: TraceLog,
  process: number,
  window: number,
  upTo: number,
): { readonly start: number; readonly end: number } | null {
  const opened = log.names.windowAt(process, window)
  const told = log.names.windowBoundsAt(process, window, upTo)
  if (opened < 0 || told < 0 || log.at(opened).d === 1) return null
  const event = log.at(told)
  return { start: event.x, end: Number(event.value()) }
}
