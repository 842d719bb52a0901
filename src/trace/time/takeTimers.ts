import { TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import type { TimeIndex, TimerTable } from './state'
import { nodeOf } from './takeTasks'

export function takeTimer(index: TimeIndex, event: TraceEvent): void {
  const track = nodeOf(index, event.process, event.a)
  if (track === null) return
  const table = event.c === 0 ? track.timers.event : track.timers.processing
  const { b: key, d: window, x: time } = event
  if (event.kind === TraceKind.TimerRegistered) {
    const row = table.length++
    table.keys.put(row, key)
    table.windows.put(row, window)
    table.times.put(row, time)
    table.registered.put(row, event.index)
    const name = `${key} ${time}`
    const rows = table.pending.get(name)
    if (rows === undefined) table.pending.set(name, [row])
    else rows.push(row)
    const owner = window < 0 ? undefined : track.attempt.windows[window]
    if (owner !== undefined) (owner.timers ??= []).push(row * 2 + event.c)
    return
  }
  const row = takeRow(table, key, time, window)
  if (row < 0) return
  table.ended.put(row, event.index + 1)
  if (event.kind === TraceKind.TimerFired) table.fired.put(row, 1)
}

/**
 * The pending row that a deletion or firing is of. Of several the older one: a session that grows has a new timer, maybe of the same time, before the old
 * one is deleted. A window that is gone has no number any more when what its trigger left behind fires (W-13).
 */
function takeRow(table: TimerTable, key: number, time: number, window: number): number {
  const name = `${key} ${time}`
  const rows = table.pending.get(name)
  if (rows === undefined) return -1
  const exact = rows.findIndex((row) => table.windows.at(row) === window)
  const at = exact >= 0 ? exact : window < 0 ? 0 : -1
  if (at < 0) return -1
  const [row] = rows.splice(at, 1)
  if (rows.length === 0) table.pending.delete(name)
  return row!
}
