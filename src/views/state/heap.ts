import { CLEARED } from '../../trace/state/state'
import type { StateState } from '../../trace/state/state'
import type { PlaceFacts } from './facts'

export interface HeapRow {
  readonly name: string
  readonly entries: number
  /** Serialised, of all values. */
  readonly bytes: number
}

/** By state: how many entries these subtasks have, and what their values take in bytes. */
export function heapOf(state: StateState, places: readonly PlaceFacts[]): HeapRow[] {
  const rows = new Map<string, { entries: number; bytes: number }>()
  for (const { place } of places) {
    const node = place.state
    if (node === null || place.lost) continue
    const sums = node.names.map(() => ({ entries: 0, bytes: 0 }))
    for (let slot = node.slotsUntil(state.event) - 1; slot >= 0; slot--) {
      const size = node.size.at(node.lastUpdate(slot, state.event))
      if (size === CLEARED) continue
      const sum = sums[node.slotName.at(slot)]!
      sum.entries++
      sum.bytes += size
    }
    node.names.forEach((name, i) => {
      const row = rows.get(name) ?? { entries: 0, bytes: 0 }
      rows.set(name, { entries: row.entries + sums[i]!.entries, bytes: row.bytes + sums[i]!.bytes })
    })
  }
  return [...rows].filter(([, { entries }]) => entries > 0).map(([name, row]) => ({ name, ...row }))
}
