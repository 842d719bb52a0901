import { TraceKind } from '../../../src/trace/kinds'
import { seenOutside } from '../../../src/trace/ledgers/ofRun'
import { findEvent } from '../../../src/trace/predicates'
import type { Intervention, TraceOfRun } from '../../../src/trace/predicates'

// Bills by the page, which two lessons are about: the pages that were opened, the lines that readers of the bills see, and what befalls the cluster.

/** What a learner's program makes may be anything. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** A page that was opened, and each event at which it was read. */
export interface View {
  readonly user: string
  /** Which of the user's pages it is, from 1. */
  readonly line: number
  readonly reads: number[]
}

/** By offset, in the order in which they were read first; the pages of a user are in one partition. */
export function viewsOf(run: TraceOfRun): readonly View[] {
  const views = new Map<string, View>()
  const lines = new Map<string, number>()
  findEvent(run, TraceKind.SourceRecord, (event) => {
    const { user } = fieldsOf(event.value())
    if (typeof user !== 'string') return false
    const name = `${event.a} ${event.c} ${event.d}`
    const known = views.get(name)
    if (known !== undefined) known.reads.push(event.index)
    else {
      const line = (lines.get(user) ?? 0) + 1
      lines.set(user, line)
      views.set(name, { user, line, reads: [event.index] })
    }
    return false
  })
  return [...views.values()]
}

/** What readers of the topic or table see of one line: how often it is there, and the events since which it is, and since which it is twice. */
export interface Printed {
  readonly count: number
  readonly first: number
  readonly last: number
}
/** By `<user> <line>`. Under a key of a table there is one line: each comes in place of the one before. */
export function printedLines(run: TraceOfRun): ReadonlyMap<string, Printed> {
  const lines = new Map<string, Printed>()
  for (const { value, replaced, since } of seenOutside(run)) {
    const { f0: user, f1: line } = fieldsOf(value)
    if (typeof user !== 'string' || typeof line !== 'number') continue
    const name = `${user} ${line}`
    const known = lines.get(name) ?? { count: 0, first: since, last: since }
    const first = Math.min(known.first, since)
    lines.set(name, replaced ? { ...known, first } : { count: known.count + 1, first, last: Math.max(known.last, since) })
  }
  // What was there and is no more is not there.
  return new Map([...lines].filter(([, { count }]) => count > 0))
}

const SECOND = 1_000_000
/** Tenths of a second between the first and the last moment of a kill; no two seeds up to 100 have the same. */
const MOMENTS = 101

/** One or the other TaskManager is killed, at another moment for each seed, and another takes its place. */
export const killAnywhere = (seed: number, own: readonly Intervention[]): readonly Intervention[] => {
  const at = 1.55 * SECOND + ((seed * 37) % MOMENTS) * (SECOND / 10)
  return [
    ...own.filter((one) => one.do !== 'kill-task-manager' && one.do !== 'start-task-manager'),
    { at, do: 'kill-task-manager', host: 1 + (seed % 2) },
    { at: at + SECOND / 5, do: 'start-task-manager' },
  ]
}
