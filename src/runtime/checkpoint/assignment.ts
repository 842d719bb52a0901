import { keyGroupRangeOf } from '../../core/keygroups'
import type { PartitionerName } from '../../graph/types'
import { redistributeKeyedState } from '../state/redistribution'
import type { SubtaskStateMapper } from '../state/redistribution'
import { assignInput, assignOutput, checkTopology } from './assignmentOfChannels'
import { assignOperatorState } from './assignmentOfLists'
import type { CheckpointMetadata, OperatorState } from './metadata'
import { DoesNotFit } from './restoreRefusal'
import { NO_STATE } from './types'
import type { KeyedStateHandle, KeyGroups, OperatorSubtaskState, TaskStateSnapshot } from './types'

/** D-12: whose records a new subtask reads that lay in channels behind such a partitioner. */
export const MAPPER_OF: Readonly<Record<PartitionerName, SubtaskStateMapper>> = {
  HASH: 'RANGE',
  REBALANCE: 'ROUND_ROBIN',
  SHUFFLE: 'ROUND_ROBIN',
  GLOBAL: 'FIRST',
  CUSTOM: 'FULL',
  FORWARD: 'UNSUPPORTED',
  RESCALE: 'UNSUPPORTED',
  BROADCAST: 'UNSUPPORTED',
}

/** An operator of the present job. */
export interface OperatorIds {
  readonly id: string
  /** `setUidHash`: looked for first. */
  readonly uidHash?: string
}

/** A vertex of the present job as state is dealt to it. */
export interface AssignedVertex {
  readonly index: number
  /** As Flink prints it: id and name. */
  readonly id: string
  /** Head first. */
  readonly operators: readonly OperatorIds[]
  /** Whose partitions the vertex's are. */
  readonly tail: string
  readonly parallelism: number
  readonly maxParallelism: number
  /** The program set it, so a checkpoint may not change it (K-2). */
  readonly maxParallelismConfigured: boolean
  /** Its gates and partitions, in order: the vertex at the other end, and how records are dealt on the way. */
  readonly inputs: readonly { readonly vertex: number; readonly mapper: SubtaskStateMapper }[]
  readonly outputs: readonly { readonly vertex: number; readonly mapper: SubtaskStateMapper }[]
}

export interface Assignment {
  /** By vertex, then by subtask; null: it begins from nothing. */
  readonly tasks: ReadonlyMap<number, readonly (TaskStateSnapshot | null)[]>
  /** By vertex: where the checkpoint's wins over the one that was derived. */
  readonly maxParallelism: ReadonlyMap<number, number>
}

const hasState = ({ subtasks }: OperatorState): boolean =>
  subtasks.some((state) => state !== null && state.operator.length + state.keyed.length + state.input.length + state.output.length > 0)

/** By the operator's present id: what the checkpoint has of it. */
function statesOf(vertex: AssignedVertex, states: ReadonlyMap<string, OperatorState>): ReadonlyMap<string, OperatorState> {
  const found = new Map<string, OperatorState>()
  for (const { id, uidHash } of vertex.operators) {
    const state = (uidHash === undefined ? undefined : states.get(uidHash)) ?? states.get(id)
    if (state !== undefined) found.set(id, state)
  }
  return found
}

/**
 * Whether a job can begin from a checkpoint or savepoint at all. Throws IllegalStateException in Flink's words for state of an operator that the job does not have
 * (D-11), and for another max parallelism (K-2). Mirrors Checkpoints.loadAndValidateCheckpoint.
 */
export function validateCheckpoint(
  { operators, checkpoint }: CheckpointMetadata,
  path: string,
  vertices: readonly AssignedVertex[],
  allowNonRestoredState: boolean,
): void {
  const vertexOf = new Map(
    vertices.flatMap((vertex) =>
      vertex.operators.flatMap(({ id, uidHash }) => [
        [id, vertex] as const,
        ...(uidHash === undefined ? [] : [[uidHash, vertex] as const]),
      ]),
    ),
  )
  for (const operator of operators) {
    const vertex = vertexOf.get(operator.id)
    if (vertex === undefined) {
      if (allowNonRestoredState || (!hasState(operator) && !operator.fullyFinished)) continue
      throw new DoesNotFit(
        `Failed to rollback to checkpoint/savepoint ${path}. Cannot map checkpoint/savepoint state for operator ${operator.id} to the new program, because the ` +
          'operator is not available in the new program. If you want to allow to skip this, you can set the --allowNonRestoredState option on the CLI.',
        'restore-other-program',
        { operator: operator.id },
      )
    }
    if (vertex.maxParallelism !== operator.maxParallelism && vertex.maxParallelismConfigured)
      throw new DoesNotFit(
        `Failed to rollback to checkpoint/savepoint Checkpoint Metadata (ID=${checkpoint}). Max parallelism mismatch between checkpoint/savepoint state and new ` +
          `program. Cannot map operator ${operator.id} with max parallelism ${operator.maxParallelism} to new program with max parallelism ${vertex.maxParallelism}. ` +
          'This indicates that the program has been changed in a non-compatible way after the checkpoint/savepoint.',
        'restore-max-parallelism',
        { operator: operator.id, was: operator.maxParallelism, is: vertex.maxParallelism },
      )
  }
}

/** Deals a checkpoint's state to the subtasks of a job (D-6 … D-12, K-2). Mirrors StateAssignmentOperation. Throws as Flink does for what does not fit. */
export function assignStates({ operators }: CheckpointMetadata, vertices: readonly AssignedVertex[]): Assignment {
  const states = new Map(operators.map((operator) => [operator.id, operator]))
  const old = new Map(vertices.map((vertex) => [vertex.index, statesOf(vertex, states)]))
  const tasks = new Map<number, readonly (TaskStateSnapshot | null)[]>()
  const maxParallelism = new Map<number, number>()
  const parallelismOf = (vertex: number): number => vertices.find(({ index }) => index === vertex)!.parallelism
  for (const vertex of vertices) {
    const own = old.get(vertex.index)!
    const subtasks = Array.from({ length: vertex.parallelism }, (_, i) => i)
    if (own.size === 0) {
      tasks.set(
        vertex.index,
        subtasks.map(() => null),
      )
      continue
    }
    if (own.size === vertex.operators.length && [...own.values()].every(({ fullyFinished }) => fullyFinished)) {
      tasks.set(
        vertex.index,
        subtasks.map(() => ({ operators: {}, finished: true as const })),
      )
      continue
    }
    const max = maxParallelismOf(vertex, own)
    if (max !== vertex.maxParallelism) maxParallelism.set(vertex.index, max)
    const head = vertex.operators[0]!.id
    const { tail } = vertex
    checkTopology(own, head, tail)
    const input = assignInput(vertex, own.get(head) ?? null, parallelismOf)
    const output = assignOutput(vertex, own.get(tail) ?? null)
    const lists = new Map([...own].map(([id, state]) => [id, assignOperatorState(state, vertex.parallelism)]))
    tasks.set(
      vertex.index,
      subtasks.map((subtask) => ({
        operators: Object.fromEntries(
          vertex.operators.map(({ id }): [string, OperatorSubtaskState] => {
            const state = own.get(id)
            if (state === undefined) return [id, NO_STATE]
            return [
              id,
              {
                operator: lists.get(id)![subtask]!,
                keyed: keyedOf(state, vertex.parallelism, max, subtask),
                input: id === head ? input[subtask]! : [],
                output: id === tail ? output[subtask]! : [],
              },
            ]
          }),
        ),
      })),
    )
  }
  return { tasks, maxParallelism }
}

/** K-2 */
function maxParallelismOf(vertex: AssignedVertex, states: ReadonlyMap<string, OperatorState>): number {
  let max = vertex.maxParallelism
  for (const { maxParallelism } of states.values()) {
    const configured = vertex.maxParallelismConfigured ? vertex.maxParallelism : null
    max = redistributeKeyedState({ maxParallelism, ranges: [] }, vertex.parallelism, configured).maxParallelism
  }
  return max
}

/** D-10 */
function keyedOf(state: OperatorState, parallelism: number, maxParallelism: number, subtask: number): readonly KeyedStateHandle[] {
  if (state.parallelism === parallelism) return state.subtasks[subtask]?.keyed ?? []
  const { start, end } = keyGroupRangeOf(maxParallelism, parallelism, subtask)
  return state.subtasks.flatMap((old) => (old?.keyed ?? []).flatMap((handle) => intersection(handle, [start, end]) ?? []))
}

/** null: they have no key group in common. RocksDB's files stay as they are: their reader leaves out what is not its own. */
export function intersection(handle: KeyedStateHandle, [start, end]: KeyGroups): KeyedStateHandle | null {
  const [from, to] = [Math.max(handle.keyGroups[0], start), Math.min(handle.keyGroups[1], end)]
  if (from > to) return null
  if (handle.type === 'incremental') return handle
  return { ...handle, keyGroups: [from, to], offsets: handle.offsets.slice(from - handle.keyGroups[0], to - handle.keyGroups[0] + 1) }
}
