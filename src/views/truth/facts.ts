import { javaToString } from '../../core/values'
import { pairOf } from '../../trace/checkpoints/payloads'
import { against } from '../../trace/ledgers/against'
import type { Against } from '../../trace/ledgers/against'
import { ledgersFold } from '../../trace/ledgers/fold'
import { entriesAt, isSeen, systemsAt } from '../../trace/ledgers/queries'
import type { Entry } from '../../trace/ledgers/queries'
import type { LedgersState, SystemLedger } from '../../trace/ledgers/state'
import { keyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import type { CalmRun } from '../types'

export interface SystemAt {
  readonly system: SystemLedger
  readonly entries: readonly Entry[]
  readonly seen: number
  readonly open: number
  readonly aborted: number
  /** null: there is nothing to hold it against yet. */
  readonly against: Against | null
}

/** What a run without failures leaves outside, by the system's name. */
export type CalmContent = ReadonlyMap<string, readonly Entry[]>

export function calmContent(calm: CalmRun): CalmContent {
  const state = ledgersFold.init(calm.header)
  for (const reader = calm.log.reader(); reader.next();) ledgersFold.apply(state, reader)
  return new Map(systemsAt(state).map((system) => [system.name, entriesAt(system, state.event, calm.log)]))
}

export function outsideAt(state: LedgersState, log: TraceLog, calm: CalmContent | null): readonly SystemAt[] {
  return systemsAt(state).map((system) => {
    const entries = entriesAt(system, state.event, log)
    const count = (standing: Entry['standing']): number => entries.filter((entry) => entry.standing === standing).length
    return {
      system,
      entries,
      seen: entries.filter(isSeen).length,
      open: count('open'),
      aborted: count('aborted'),
      against: calm === null ? null : against(entries, calm.get(system.name) ?? [], system.kind),
    }
  })
}

export interface Change {
  readonly event: number
  readonly node: number
  readonly key: string
  readonly hue: number
  readonly name: string
  /** null: cleared. */
  readonly value: string | null
}

/** The newest updates of one operator's state, the last first. */
export function lastChanges(state: LedgersState, node: number, log: TraceLog, limit: number): readonly Change[] {
  const updates = state.index.states.get(node)?.updates
  if (updates === undefined) return []
  return updates
    .list(state.event, limit)
    .reverse()
    .map((index) => {
      const event = log.at(index)
      const [name, value] = pairOf(event)
      const { text, hue } = keyLook(log, event.process, event.b)
      return { event: index, node, key: text, hue, name: String(name), value: event.d === 1 ? null : javaToString(value) }
    })
}
