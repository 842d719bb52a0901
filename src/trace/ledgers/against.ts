import type { Entry } from './queries'
import { isSeen } from './queries'

/** What is outside, held against what a run without failures puts there. */
export interface Against {
  /** Entries that are there once too often, by their events. */
  readonly duplicates: ReadonlySet<number>
  /** Entries whose like a run without failures never has. */
  readonly strange: ReadonlySet<number>
  /** Entries of the run without failures that are not here: yet, or ever. */
  readonly missing: readonly Entry[]
}

const nameOf = ({ key, text }: Entry): string => `${key ?? ''}\u0000${text}`

/**
 * `calm`: what the other run's system holds in the end. In a table only the last of a key counts, so what is there twice in a row is no
 * duplicate. The first copies of a thing are the right ones: a reader has seen them first.
 */
export function against(entries: readonly Entry[], calm: readonly Entry[], kind: 'table' | 'topic' | 'directory'): Against {
  const seen = kind === 'table' ? lastOfEach(entries.filter(isSeen)) : entries.filter(isSeen)
  const wanted = kind === 'table' ? lastOfEach(calm.filter(isSeen)) : calm.filter(isSeen)
  const left = new Map<string, Entry[]>()
  for (const entry of wanted) left.set(nameOf(entry), [...(left.get(nameOf(entry)) ?? []), entry])
  const known = new Set(left.keys())
  const duplicates = new Set<number>()
  const strange = new Set<number>()
  for (const entry of seen) {
    const name = nameOf(entry)
    if (!known.has(name)) strange.add(entry.event)
    else if ((left.get(name)!.shift() ?? null) === null) duplicates.add(entry.event)
  }
  return { duplicates, strange, missing: [...left.values()].flat().sort((a, b) => a.event - b.event) }
}

function lastOfEach(entries: readonly Entry[]): readonly Entry[] {
  const last = new Map<string | null, Entry>()
  for (const entry of entries) last.set(entry.key, entry)
  return [...last.values()]
}
