import type { TraceOfRun } from '../predicates'
import { ledgersFold } from './fold'
import { entriesAt, isSeen, systemsAt } from './queries'

/** Something that readers of an outside system see when the run is over. */
export interface SeenOutside {
  readonly system: string
  readonly kind: 'table' | 'topic' | 'directory'
  readonly value: unknown
  /** Event of the write, and the one since which it is seen: the same without a transaction, else that of the commit. */
  readonly written: number
  readonly since: number
  /** Of a table: something came later under the same key, and took its place. */
  readonly replaced: boolean
}

/** All that was ever seen outside, by systems, in order of writing. Empty for a run whose sinks write to the client alone. */
export function seenOutside(run: TraceOfRun): readonly SeenOutside[] {
  const { log } = run
  const state = ledgersFold.init(run.header)
  for (const reader = log.reader(); reader.next();) ledgersFold.apply(state, reader)
  const at = log.length - 1
  return systemsAt(state).flatMap((system) => {
    const entries = entriesAt(system, at, log).filter(isSeen)
    const last = new Map(entries.map(({ key, event }) => [key, event]))
    return entries.map(({ event, since, key }) => ({
      system: system.name,
      kind: system.kind,
      value: (log.at(event).value() as readonly [unknown, unknown])[1],
      written: event,
      since,
      replaced: system.kind === 'table' && last.get(key) !== event,
    }))
  })
}
