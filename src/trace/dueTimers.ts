import { TraceKind } from './kinds'
import type { TraceLog } from './log'

const PROCESSING = 1

/**
 * The time (ms since the epoch) of the earliest processing-time timer that is set and has not fired by event `upTo`; null: none. Reads the
 * trace from its start: for what somebody asks for now and then.
 */
export function nextDueTimer(log: TraceLog, upTo: number): number | null {
  /** By process, node, key, window and time: how often it is set. Those of a task that is gone are left out with its process. */
  const set = new Map<string, number>()
  const reader = log.reader()
  while (reader.next() && reader.index <= upTo) {
    const { kind } = reader
    if (kind !== TraceKind.TimerRegistered && kind !== TraceKind.TimerDeleted && kind !== TraceKind.TimerFired) continue
    if (reader.c !== PROCESSING) continue
    const name = `${reader.process} ${reader.a} ${reader.b} ${reader.d} ${reader.x}`
    if (kind === TraceKind.TimerRegistered) set.set(name, reader.x)
    else set.delete(name)
  }
  let least = Infinity
  for (const time of set.values()) if (time < least) least = time
  return least === Infinity ? null : least
}
