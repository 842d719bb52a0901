import type { JobVertex, StreamNode } from '../../../graph/types'
import type { CheckpointMetadata, OperatorState } from '../../checkpoint/metadata'
import type { OperatorSubtaskState } from '../../checkpoint/types'
import { failureOf } from './failure'
import type { CheckpointFailure } from './failure'
import type { PendingCheckpoint } from './pendingCheckpoint'

/** A vertex with its subtasks, as a checkpoint is put together from them. */
export interface SnapshotVertex {
  readonly vertex: JobVertex
  /** In force: a restored checkpoint's may have won. */
  readonly maxParallelism: number
  /** By subtask: number of the execution vertex. */
  readonly tasks: readonly number[]
}

/** All operators of a vertex, the head first, sources that it has taken in last. */
export const operatorsOf = ({ chain, chainedSources }: JobVertex): readonly { readonly node: number; readonly operatorId: string }[] => [
  ...chain,
  ...(chainedSources ?? []),
]

/**
 * What the acknowledgements of a checkpoint make together, or why they make nothing (D-11: union state of which a part is missing). `begunFinished`: tasks that were
 * restored as finished. Mirrors PendingCheckpoint.finalizeCheckpoint and DefaultCheckpointPlan.fulfillFinishedTaskStatus.
 */
export function metadataOf(
  job: string,
  pending: PendingCheckpoint,
  vertices: readonly SnapshotVertex[],
  nodeOf: (node: number) => StreamNode,
  begunFinished: ReadonlySet<number>,
): CheckpointMetadata | CheckpointFailure {
  const over = new Set([...pending.plan.finished, ...begunFinished])
  const operators: OperatorState[] = []
  for (const { vertex, maxParallelism, tasks } of vertices) {
    const fullyFinished = tasks.every((task) => over.has(task))
    const states = tasks.map((task) => pending.acknowledged.get(task)?.state ?? null)
    const incomplete = !fullyFinished && tasks.some((task, i) => over.has(task) || states[i]?.finished === true)
    const own = operatorsOf(vertex).map(({ node, operatorId }): OperatorState => {
      const { uid = '', name } = nodeOf(node)
      const subtasks = fullyFinished ? tasks.map(() => null) : states.map((state) => state?.operators[operatorId] ?? null)
      return { id: operatorId, uid, name, parallelism: tasks.length, maxParallelism, subtasks, fullyFinished }
    })
    if (incomplete && !tasks.every((_, i) => states[i]?.finished === true) && own.some(({ subtasks }) => subtasks.some(hasUnion)))
      return failureOf(
        'CHECKPOINT_DECLINED_TASK_CLOSING',
        `The vertex ${vertex.name} (id = ${vertex.id}) has used UnionListState, but part of its tasks has FINISHED.`,
      )
    operators.push(...own)
  }
  const { id, timestamp, properties } = pending
  return { job, checkpoint: id, timestamp, type: properties.type, format: properties.format, operators }
}

const hasUnion = (state: OperatorSubtaskState | null): boolean =>
  state !== null && state.operator.some(({ states }) => states.some(({ mode }) => mode === 'UNION'))
