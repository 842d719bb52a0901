import { javaToString } from '../../core/values'
import { pairOf } from '../checkpoints/payloads'
import type { TraceLog } from '../log'
import { positionIn } from './fold'
import type { LedgersState, SplitLedger, SystemLedger, TransactionLedger } from './state'

/** The latest completed checkpoint at a moment; null: none yet. Savepoints count too: they hold the same. */
export const latestCompleted = ({ index, event }: LedgersState) => index.completed.findLast((one) => one.event <= event) ?? null
export const latestRestore = ({ index, event }: LedgersState) => index.restored.findLast((one) => one.event <= event) ?? null
export const lastFailure = ({ index, event }: LedgersState): number => index.failures.last(event)

export interface SplitAt {
  readonly split: SplitLedger
  readonly node: number
  readonly partition: number
  /** The offset that is read next. */
  readonly position: number
  /** One more than the highest offset ever read. */
  readonly highest: number
  /** How many reads were of records read before. */
  readonly replayed: number
  /** Position in the latest completed checkpoint; null: in none. */
  readonly inCheckpoint: number | null
  /** Its subtask had finished before that checkpoint, which so holds all of it. */
  readonly finished: boolean
  /** Event of the last read, −1: none. */
  readonly lastRead: number
  /** Event by which it was put back the last time, −1: never. */
  readonly lastRestore: number
}

/** The source ledger: each split, in order of node and partition. */
export function splitsAt(state: LedgersState): readonly SplitAt[] {
  const { index, event } = state
  const completed = latestCompleted(state)
  return [...index.splits.values()]
    .filter((split) => split.reads.count(event) > 0 || split.restores.count(event) > 0)
    .map((split) => {
      const count = split.reads.count(event)
      let replayed = 0
      for (let i = 0; i < count; i++) if (split.offsets[i]! < split.before[i]!) replayed++
      const earlier = split.snapshots.findLast((one) => one.event <= event)
      const held = completed === null ? undefined : split.snapshots.findLast((one) => one.checkpoint === completed.id && one.event <= event)
      const finished =
        completed !== null &&
        held === undefined &&
        earlier !== undefined &&
        earlier.checkpoint < completed.id &&
        earlier.event > split.restores.last(event)
      return {
        split,
        node: split.node,
        partition: split.partition,
        position: positionIn(split, event),
        highest: count === 0 ? 0 : Math.max(split.before[count - 1]!, split.offsets[count - 1]! + 1),
        replayed,
        inCheckpoint: held?.offset ?? (finished ? positionIn(split, event) : null),
        finished,
        lastRead: split.reads.last(event),
        lastRestore: split.restores.last(event),
      }
    })
    .sort((a, b) => a.node - b.node || a.partition - b.partition)
}

/** What became of something written, as the outside sees it. */
export type Standing = 'visible' | 'committed' | 'open' | 'aborted'

export interface Entry {
  /** Event of the write. */
  readonly event: number
  readonly transaction: number
  readonly standing: Standing
  /** Event since which it stands so. */
  readonly since: number
  /** What tells equal things from others: key and value as Flink prints them. */
  readonly text: string
  readonly key: string | null
}

const standingOf = (transaction: TransactionLedger, at: number): readonly [Standing, number] => {
  const move = transaction.moves.findLast(({ event, to }) => event <= at && to !== 'committed-again')
  if (move === undefined) return ['open', -1]
  return [move.to === 'committed' ? 'committed' : move.to === 'pre-committed' ? 'open' : 'aborted', move.event]
}

/** The output ledger of one system, in order of writing. */
export function entriesAt(system: SystemLedger, at: number, log: TraceLog): readonly Entry[] {
  const entries: Entry[] = []
  const count = system.writes.count(at)
  for (let i = 0; i < count; i++) {
    const event = system.writes.at(i)
    const transaction = system.transactionOf[i]!
    const [standing, since] = transaction < 0 ? (['visible', event] as const) : standingOf(system.transactions.get(transaction)!, at)
    const [key, value] = pairOf(log.at(event))
    const shown = key === null ? null : javaToString(key)
    entries.push({ event, transaction, standing, since: since < 0 ? event : since, text: javaToString(value), key: shown })
  }
  return entries
}

export const isSeen = ({ standing }: Entry): boolean => standing === 'visible' || standing === 'committed'
export const systemsAt = ({ index, event }: LedgersState): readonly SystemLedger[] =>
  index.systems.filter((system) => system !== undefined && system.named <= event)
