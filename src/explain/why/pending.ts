import { TraceKind } from '../../trace/kinds'
import type { Situation } from './situation'
import type { AskedTimer } from './timer'

interface OpenWindow {
  readonly process: number
  readonly window: number
}

/** Windows of an operator that are open at the moment, by subtask in the order in which they opened, at most `limit`. */
export function openWindows(s: Situation, node: number, limit = Infinity): OpenWindow[] {
  const found: OpenWindow[] = []
  for (const exec of s.subtasksOf(node)) {
    const process = s.processOf(exec)
    const lives = s.evidence.processes.get(process)?.nodes.get(node)?.lives
    if (lives === undefined) continue
    const open = new Set<number>()
    const reader = s.log.reader()
    const count = lives.count(s.event)
    for (let at = 0; at < count; at++) {
      reader.to(lives.at(at))
      if (reader.kind === TraceKind.WindowOpened) open.add(reader.b)
      else if (reader.kind === TraceKind.WindowCleared) open.delete(reader.b)
      else if (reader.c >= 0 && reader.c !== reader.b) open.delete(reader.c)
    }
    for (const window of open) found.push({ process, window })
  }
  const endOf = ({ process, window }: OpenWindow): number => {
    const opened = s.at(s.log.names.windowBoundsAt(process, window, s.event))
    return Number(opened.value())
  }
  if (found.length > limit) {
    const ends = new Map(found.map((open) => [open, endOf(open)]))
    found.sort((one, other) => ends.get(one)! - ends.get(other)!)
  }
  return found.slice(0, limit)
}

/** Timers of an operator that are pending, those of its windows apart; the earliest first, at most `limit`. */
export function pendingTimers(s: Situation, node: number, limit = Infinity): AskedTimer[] {
  const found: AskedTimer[] = []
  for (const exec of s.subtasksOf(node)) {
    const process = s.processOf(exec)
    const events = s.evidence.processes.get(process)?.nodes.get(node)?.timers
    if (events === undefined) continue
    const pending = new Map<string, AskedTimer>()
    const reader = s.log.reader()
    const count = events.count(s.event)
    for (let at = 0; at < count; at++) {
      const { kind, b: key, c, d: window, x: time } = reader.to(events.at(at))
      if (window >= 0) continue
      const name = `${key} ${c} ${time}`
      if (kind === TraceKind.TimerRegistered)
        pending.set(name, { about: 'timer', kind: 'timer', process, node, key, domain: c === 1 ? 'processing' : 'event', window, time })
      else pending.delete(name)
    }
    found.push(...pending.values())
  }
  return found.sort((one, other) => one.time - other.time).slice(0, limit)
}
