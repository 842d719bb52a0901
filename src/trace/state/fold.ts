import { encodeValue, DataOutput } from '../../core/values'
import { checkpointsFold } from '../checkpoints/fold'
import { EventList } from '../columns'
import { growTo } from '../growing'
import type { Take } from '../growing'
import { TraceKind } from '../kinds'
import { timeFold } from '../time/fold'
import type { Fold, TraceEvent } from '../types'
import { toldFile, toldHeld } from './payloads'
import { CLEARED, initialState } from './state'
import type { FileTrack, NodeState, StateIndex, StateState } from './state'

/** All that a view asks of state (`queries.ts`, `rows.ts`, `files.ts`, `origin.ts`). */
export const stateFold: Fold<StateState> = {
  init: initialState,
  apply(state, event) {
    timeFold.apply(state.time, event)
    checkpointsFold.apply(state.checkpoints, event)
    growTo(state, event, TAKE[event.kind])
  },
  clone: ({ index, time, checkpoints, event }) => ({
    index,
    time: timeFold.clone(time),
    checkpoints: checkpointsFold.clone(checkpoints),
    event,
  }),
  size: () => 192,
}

const TAKE: Readonly<Partial<Record<number, Take<StateIndex>>>> = {
  [TraceKind.StateUpdated]: (index, event) => takeUpdate(index.node(event.process, event.a), event),
  [TraceKind.StateRestored]: (index, event) => index.node(event.process, event.a).restored.add(event.index),
  [TraceKind.StateHeld]: takeHeld,
  [TraceKind.CheckpointBegun]: (index, event) => void index.taking.set(event.process, event.a),
  [TraceKind.SnapshotSync]: (index, event) => void index.taking.delete(event.process),
  [TraceKind.SstFileWritten](index, event) {
    const { state, range } = toldFile(event)
    const node = index.node(event.process, event.a)
    addFile(node, {
      number: event.b,
      state,
      level: event.c,
      bytes: event.d,
      entries: event.x,
      ...placed(range),
      written: event.index,
      adopted: false,
      dropped: -1,
    })
    node.moves.push({ event: event.index, what: 'written', number: event.b, level: event.c })
  },
  [TraceKind.SstFileDropped](index, event) {
    const node = index.node(event.process, event.a)
    const file = node.filesNow.get(event.b)
    if (file === undefined) return
    file.dropped = event.index
    node.filesNow.delete(event.b)
    node.moves.push({ event: event.index, what: 'dropped', number: event.b, level: file.level })
  },
  [TraceKind.MemtableFlushed](index, event) {
    const node = index.node(event.process, event.a)
    const state = event.payload().length === 0 ? '' : String(event.value())
    listIn(node.flushes, state).add(event.index)
    node.moves.push({ event: event.index, what: 'flushed', number: -1, level: 0 })
  },
  [TraceKind.SourceRecord]: (index, event) => listIn(index.node(event.process, event.a).splits, event.c).add(event.index),
  [TraceKind.OffsetRestored]: (index, event) => listIn(index.node(event.process, event.a).splits, event.b).add(event.index),
}

function listIn<K>(lists: Map<K, EventList>, key: K): EventList {
  let list = lists.get(key)
  if (list === undefined) lists.set(key, (list = new EventList()))
  return list
}

/** One number of a key and a window of it: neither is beyond the number of events. */
const WINDOWS = 2 ** 26
const numberOf = (key: number, window: number): number => key * WINDOWS + window + 1

function takeUpdate(node: NodeState, event: TraceEvent): void {
  const payload = event.payload()
  const name = nameOf(node, event, payload)
  const slots = node.slots[name]!
  const number = numberOf(event.b, event.c)
  let slot = slots.get(number)
  if (slot === undefined) {
    slot = node.count++
    slots.set(number, slot)
    node.slotKey.put(slot, event.b)
    node.slotWindow.put(slot, event.c)
    node.slotName.put(slot, name)
    node.slotSince.put(slot, event.index)
  }
  const at = node.updates++
  node.event.put(at, event.index)
  node.slot.put(at, slot)
  node.before.put(at, node.latest.get(slot))
  node.size.put(at, event.d === 1 ? CLEARED : Math.max(0, payload.length - node.prefixes[name]!.length))
  node.latest.put(slot, at + 1)
}

const scratch = new DataOutput(256)

/** Number of the state's name: found by the bytes that stand before the value, so that no value is decoded on the way. */
function nameOf(node: NodeState, event: TraceEvent, payload: Uint8Array): number {
  const { prefixes } = node
  search: for (let name = 0; name < prefixes.length; name++) {
    const prefix = prefixes[name]!
    if (prefix.length > payload.length) continue
    for (let i = 0; i < prefix.length; i++) if (payload[i] !== prefix[i]) continue search
    return name
  }
  const told = event.value()
  const text = Array.isArray(told) ? String(told[0]) : ''
  scratch.reset()
  encodeValue(scratch, [text, null])
  // null is one byte.
  prefixes.push(scratch.toBytes().slice(0, -1))
  node.names.push(text)
  node.slots.push(new Map())
  return node.names.length - 1
}

const placed = ([smallest, greatest, first, last]: readonly [string, string, number, number]) => ({
  smallest,
  greatest,
  groups: [first, last] as const,
})

function addFile(node: NodeState, file: FileTrack): void {
  node.files.push(file)
  node.filesNow.set(file.number, file)
}

function takeHeld(index: StateIndex, event: TraceEvent): void {
  const node = index.node(event.process, event.a)
  node.held.add(event.index)
  const checkpoint = index.taking.get(event.process)
  if (checkpoint !== undefined) node.snapshots.push({ checkpoint, event: event.index })
  // What nobody wrote was there from the beginning: it came with a checkpoint.
  if (node.held.count(event.index) > 1) return
  for (const { name, files } of toldHeld(event).tables) {
    for (const { number, level, bytes, entries, range } of files) {
      if (node.filesNow.has(number)) continue
      addFile(node, {
        number,
        state: name,
        level,
        bytes,
        entries,
        ...placed(range),
        written: event.index,
        adopted: true,
        dropped: -1,
      })
    }
  }
}
