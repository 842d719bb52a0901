import { IllegalStateException, UnsupportedOperationException } from '../../core/exceptions'
import { computeDefaultMaxParallelism, keyGroupRangeOf, operatorIndexOf, UPPER_BOUND_MAX_PARALLELISM } from '../../core/keygroups'
import type { KeyGroupRange } from '../../core/keygroups'

/**
 * Who gets what of the old subtasks' state on restore (D-6 … D-12). Mirrors StateAssignmentOperation, RoundRobinOperatorStateRepartitioner and
 * SubtaskStateMapper, over indexes in place of handles.
 */

/** How list state is dealt out: `split` getListState, `union` getUnionListState, `broadcast` broadcast state. */
export type DistributionMode = 'split' | 'union' | 'broadcast'

export interface ReportedState {
  readonly name: string
  readonly mode: DistributionMode
  /** How many items each old subtask reported; null: nothing at all. */
  readonly items: readonly (number | null)[]
}

/** Items of one old subtask's list, by their indexes. */
export interface Piece {
  readonly from: number
  readonly state: string
  readonly items: readonly number[]
}

const indexes = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** Pieces of one new subtask; a later piece of the same list takes the place of an earlier one, as in Flink's merge maps. */
class Merged {
  private readonly pieces = new Map<string, Piece>()
  put(piece: Piece): void {
    this.pieces.set(`${piece.from} ${piece.state}`, piece)
  }
  list(): readonly Piece[] {
    return [...this.pieces.values()].filter((piece) => piece.items.length > 0)
  }
}

/** Operator state. `splitOrder`: in which order the names of split states are dealt, of which Flink asks a HashMap. */
export function redistributeOperatorState(
  states: readonly ReportedState[],
  oldParallelism: number,
  newParallelism: number,
  splitOrder: readonly string[],
): readonly (readonly Piece[])[] {
  const subtasks = Array.from({ length: newParallelism }, () => new Merged())
  const whole = (state: ReportedState): Piece[] =>
    state.items.flatMap((count, from) => (count === null ? [] : [{ from, state: state.name, items: indexes(0, count) }]))
  const unchanged = newParallelism === oldParallelism
  if (unchanged) for (const state of states) for (const piece of whole(state)) subtasks[piece.from]!.put(piece)
  else {
    let start = 0
    for (const name of splitOrder) {
      const state = states.find((candidate) => candidate.name === name && candidate.mode === 'split')
      if (state !== undefined) start = deal(whole(state), start, subtasks)
    }
  }
  for (const state of states) {
    if (state.mode === 'union') for (const piece of whole(state)) for (const subtask of subtasks) subtask.put(piece)
    if (state.mode !== 'broadcast') continue
    const pieces = whole(state)
    if (pieces.length === 0 || (unchanged && !isPartiallyReported(pieces.length, oldParallelism))) continue
    subtasks.forEach((subtask, i) => subtask.put(pieces[i % pieces.length]!))
  }
  return subtasks.map((subtask) => subtask.list())
}

/** BUG (D-6): compares with the size of a BitSet, which is a multiple of 64. */
const isPartiallyReported = (reported: number, parallelism: number): boolean => reported < Math.ceil(parallelism / 64) * 64

/** D-7: all items in a row, cut into as many pieces as there are subtasks, beginning with subtask `start`. Returns where the next state begins. */
function deal(pieces: readonly Piece[], start: number, subtasks: readonly Merged[]): number {
  const parallelism = subtasks.length
  const total = pieces.reduce((sum, piece) => sum + piece.items.length, 0)
  const base = Math.floor(total / parallelism)
  const extra = total % parallelism
  let at = 0
  let offset = 0
  for (let i = 0; i < parallelism; i++) {
    let wanted = base + (i < extra ? 1 : 0)
    while (wanted > 0) {
      const piece = pieces[at]!
      const taken = piece.items.slice(offset, offset + wanted)
      if (taken.length > 0) subtasks[(start + i) % parallelism]!.put({ ...piece, items: taken })
      wanted -= taken.length
      offset += taken.length
      if (offset < piece.items.length) continue
      at++
      offset = 0
    }
  }
  return (start + extra) % parallelism
}

export interface KeyedStateReport {
  /** What is stored in the checkpoint. */
  readonly maxParallelism: number
  /** Of each old subtask; null: it had finished. */
  readonly ranges: readonly (KeyGroupRange | null)[]
}

export interface KeyedAssignment {
  /** Of the vertex, in force after the restore. */
  readonly maxParallelism: number
  readonly subtasks: readonly {
    readonly range: KeyGroupRange
    readonly reads: readonly { readonly from: number; readonly range: KeyGroupRange }[]
  }[]
}

/**
 * Keyed state (D-10, D-11, K-2). `report` null: there is none to restore. `maxParallelism` null: not set explicitly, so derived or taken over.
 * Throws IllegalStateException with Flink's message if the key groups do not fit.
 */
export function redistributeKeyedState(
  report: KeyedStateReport | null,
  newParallelism: number,
  maxParallelism: number | null,
): KeyedAssignment {
  let max = maxParallelism ?? computeDefaultMaxParallelism(newParallelism)
  if (report !== null) {
    if (report.maxParallelism < newParallelism) {
      throw new IllegalStateException(
        `The state for the task can not be restored. The maximum parallelism (${report.maxParallelism}) of the restored state is lower than the configured ` +
          `parallelism (${newParallelism}). Please reduce the parallelism of the task to be lower or equal to the maximum parallelism.`,
      )
    }
    if (report.maxParallelism !== max && maxParallelism !== null) {
      throw new IllegalStateException(
        `The maximum parallelism (${report.maxParallelism}) with which the latest checkpoint of the execution job vertex has been taken and the current ` +
          `maximum parallelism (${max}) changed. This is currently not supported.`,
      )
    }
    max = report.maxParallelism
  }
  const subtasks = Array.from({ length: newParallelism }, (_, i) => {
    const range = keyGroupRangeOf(max, newParallelism, i)
    const reads = (report?.ranges ?? []).flatMap((old, from) => {
      if (old === null || (report!.ranges.length === newParallelism && from !== i)) return []
      const start = Math.max(old.start, range.start)
      const end = Math.min(old.end, range.end)
      return start <= end ? [{ from, range: { start, end } }] : []
    })
    return { range, reads }
  })
  return { maxParallelism: max, subtasks }
}

export type SubtaskStateMapper = 'ARBITRARY' | 'FIRST' | 'FULL' | 'RANGE' | 'ROUND_ROBIN' | 'UNSUPPORTED'

/** Whether a reader of channel state must filter what it restores. */
export const isAmbiguous = (mapper: SubtaskStateMapper): boolean => mapper === 'FULL' || mapper === 'RANGE'

/** D-12: whose channel state a new subtask reads, ascending. Throws UnsupportedOperationException for pointwise partitioners. */
export function oldSubtasksOf(
  mapper: SubtaskStateMapper,
  newSubtask: number,
  oldParallelism: number,
  newParallelism: number,
): readonly number[] {
  switch (mapper) {
    case 'ARBITRARY':
    case 'ROUND_ROBIN':
      return indexes(0, oldParallelism).filter((subtask) => subtask % newParallelism === newSubtask)
    case 'FIRST':
      return newSubtask === 0 ? indexes(0, oldParallelism) : []
    case 'FULL':
      return indexes(0, oldParallelism)
    case 'RANGE': {
      const { start, end } = keyGroupRangeOf(UPPER_BOUND_MAX_PARALLELISM, newParallelism, newSubtask)
      const oldOf = (keyGroup: number): number => operatorIndexOf(keyGroup, UPPER_BOUND_MAX_PARALLELISM, oldParallelism)
      return indexes(oldOf(start), oldOf(end) + 1)
    }
    case 'UNSUPPORTED':
      throw new UnsupportedOperationException(
        'Cannot rescale the given pointwise partitioner.\nDid you change the partitioner to forward or rescale?\nIt may also help to add an explicit shuffle().',
      )
  }
}
