import { TraceKind } from '../../trace/kinds'
import type { Situation } from './situation'
import type { AskedTimer } from './timer'

interface OpenWindow {
  readonly process: number
  readonly window: number
}

/** Windows of an operator that are open at the moment, by subtask in the order in which they opened; of more than `limit` those that began first. */
export function openWindows(s: Situation, node: number, limit = Infinity): OpenWindow[] {
  const found: (OpenWindow & { readonly start: number })[] = []
  for (const exec of s.subtasksOf(node)) {
    const process = s.processOf(exec)
    const lives = s.evidence.processes.get(process)?.nodes.get(node)?.lives
    if (lives === undefined) continue
    const open = new Map<number, number>()
    const reader = s.log.reader()
    const count = lives.count(s.event)
    for (let at = 0; at < count; at++) {
      reader.to(lives.at(at))
      if (reader.kind === TraceKind.WindowOpened) open.set(reader.b, reader.x)
      else if (reader.kind === TraceKind.WindowCleared) open.delete(reader.b)
      else if (reader.c >= 0 && reader.c !== reader.b) open.delete(reader.c)
    }
    for (const [window, start] of open) found.push({ process, window, start })
  }
  if (found.length > limit) found.sort((one, other) => one.start - other.start)
  return found.slice(0, limit)
}

/** Timers of an operator that are pending, those of its windows apart; the earliest first, at most `limit`. */
export function pendingTimers(s: Situation, node: number, limit = Infinity): AskedTimer[] {
  const found: AskedTimer[] = []
  for (const exec of s.subtasksOf(node)) {
    const process = s.processOf(exec)
    const events = s.evidence.processes.get(process)?.nodes.get(node)?.timers
    if (events === undefined) continue
    // By key and kind of time; a timer is one of them at most (T-24).
    const pending = new Map<number, Set<number>>()
    const reader = s.log.reader()
    const count = events.count(s.event)
    for (let at = 0; at < count; at++) {
      const { kind, b: key, c, d: window, x: time } = reader.to(events.at(at))
      if (window >= 0) continue
      const name = 2 * key + c
      if (kind !== TraceKind.TimerRegistered) pending.get(name)?.delete(time)
      else {
        const times = pending.get(name)
        if (times === undefined) pending.set(name, new Set([time]))
        else times.add(time)
      }
    }
    for (const [name, times] of pending) {
      const key = name >> 1
      const domain = (name & 1) === 1 ? 'processing' : 'event'
      for (const time of times) found.push({ about: 'timer', kind: 'timer', process, node, key, domain, window: -1, time })
    }
  }
  return found.sort((one, other) => one.time - other.time).slice(0, limit)
}
