import { EventList } from '../columns'
import { growTo } from '../growing'
import type { Take } from '../growing'
import { TraceKind } from '../kinds'
import type { Fold } from '../types'
import type { LedgerIndex, LedgersState, SplitLedger, StateLedger, TransactionLedger } from './state'

export const ledgersFold: Fold<LedgersState> = {
  init: () => ({
    event: -1,
    index: {
      event: -1,
      splits: new Map(),
      readBy: new Map(),
      systems: [],
      states: new Map(),
      completed: [],
      restored: [],
      failures: new EventList(),
    },
  }),
  apply: (state, event) => growTo(state, event, TAKE[event.kind]),
  clone: (state) => ({ ...state }),
  size: () => 64,
}

const SYSTEM_KINDS = ['table', 'topic', 'directory'] as const

function splitOf(index: LedgerIndex, node: number, partition: number): SplitLedger {
  const key = `${node} ${partition}`
  let split = index.splits.get(key)
  if (split === undefined) {
    split = { node, partition, reads: new EventList(), offsets: [], before: [], restores: new EventList(), restoredTo: [], snapshots: [] }
    index.splits.set(key, split)
  }
  return split
}

function reads(index: LedgerIndex, process: number, split: SplitLedger): void {
  const known = index.readBy.get(process)
  if (known === undefined) index.readBy.set(process, new Set([split]))
  else known.add(split)
}

function stateOf(index: LedgerIndex, node: number): StateLedger {
  let state = index.states.get(node)
  if (state === undefined)
    index.states.set(node, (state = { node, updates: new EventList(), restores: new EventList(), held: new EventList() }))
  return state
}

const transactionOf = (index: LedgerIndex, system: number, transaction: number): TransactionLedger => {
  const { transactions } = index.systems[system]!
  let known = transactions.get(transaction)
  if (known === undefined) transactions.set(transaction, (known = { transaction, writes: new EventList(), moves: [] }))
  return known
}

/** By kind: what takes it in. */
const TAKE: Readonly<Record<number, Take<LedgerIndex>>> = {
  [TraceKind.SourceRecord](index, { index: event, process, a, c, d }) {
    const split = splitOf(index, a, c)
    reads(index, process, split)
    const last = split.offsets.length - 1
    split.before.push(last < 0 ? 0 : Math.max(split.before[last]!, split.offsets[last]! + 1))
    split.offsets.push(d)
    split.reads.add(event)
  },
  [TraceKind.OffsetRestored](index, { index: event, process, a, b, c }) {
    const split = splitOf(index, a, b)
    reads(index, process, split)
    split.restores.add(event)
    split.restoredTo.push(c)
  },
  // The barrier stands between two records: what the subtask has read by now is what the checkpoint holds (C-24).
  [TraceKind.CheckpointBegun](index, { index: event, process, a: checkpoint }) {
    for (const split of index.readBy.get(process) ?? []) split.snapshots.push({ event, checkpoint, offset: positionIn(split, event) })
  },
  [TraceKind.ExternalNamed](index, event) {
    index.systems[event.a] = {
      system: event.a,
      kind: SYSTEM_KINDS[event.b]!,
      name: event.text(),
      named: event.index,
      writes: new EventList(),
      transactionOf: [],
      transactions: new Map(),
    }
  },
  [TraceKind.ExternalWrote](index, { index: event, a, b }) {
    const system = index.systems[a]!
    system.writes.add(event)
    system.transactionOf.push(b)
    if (b >= 0) transactionOf(index, a, b).writes.add(event)
  },
  [TraceKind.ExternalCommitted](index, { index: event, a, b, c }) {
    transactionOf(index, a, b).moves.push({ event, to: c === 0 ? 'committed' : 'committed-again' })
  },
  [TraceKind.ExternalAborted](index, { index: event, a, b, c }) {
    transactionOf(index, a, b).moves.push({ event, to: (['aborted', 'timed-out', 'fenced'] as const)[c]! })
  },
  [TraceKind.StateUpdated]: (index, { index: event, a }) => stateOf(index, a).updates.add(event),
  [TraceKind.StateRestored]: (index, { index: event, a }) => stateOf(index, a).restores.add(event),
  [TraceKind.StateHeld]: (index, { index: event, a }) => stateOf(index, a).held.add(event),
  [TraceKind.CheckpointCompleted]: (index, { index: event, a, b }) => void index.completed.push({ event, job: a, id: b }),
  [TraceKind.JobRestored]: (index, { index: event, a, b }) => void index.restored.push({ event, job: a, id: b }),
  // One for each failure, however many subtasks it takes with it; also for one that nothing is restarted after.
  [TraceKind.RestartScheduled]: (index, { index: event }) => index.failures.add(event),
  [TraceKind.JobManagerDied]: (index, { index: event }) => index.failures.add(event),
}

/** The offset that is read next, at a moment. */
export function positionIn(split: SplitLedger, at: number): number {
  const read = split.reads.count(at)
  const restored = split.restores.count(at)
  const readLast = read === 0 ? -1 : split.reads.at(read - 1)
  const restoredLast = restored === 0 ? -1 : split.restores.at(restored - 1)
  if (readLast < 0 && restoredLast < 0) return 0
  return readLast > restoredLast ? split.offsets[read - 1]! + 1 : split.restoredTo[restored - 1]!
}
