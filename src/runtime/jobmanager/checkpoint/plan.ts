import type { ExecutionState } from '../../../trace/kinds'
import { failureOf } from './failure'
import type { CheckpointFailure } from './failure'

/** A vertex of the job as the plan sees it. Tasks are numbers of execution vertices. */
export interface PlanVertex {
  readonly id: number
  /** By subtask. */
  readonly tasks: readonly number[]
}

/** What there is to plan with, as it is now. Mirrors CheckpointPlanCalculatorContext. */
export interface PlanContext {
  /** In topological order. */
  readonly vertices: readonly PlanVertex[]
  /** Tasks that the task reads from; empty: a source. */
  producersOf(task: number): readonly number[]
  /** null: there is no attempt. */
  stateOf(task: number): ExecutionState | null
  readonly hasBlockingOutput: boolean
}

/** Mirrors CheckpointPlan. Tasks in topological order, subtask by subtask. */
export interface CheckpointPlan {
  readonly trigger: readonly number[]
  readonly waitFor: readonly number[]
  readonly commitTo: readonly number[]
  readonly finished: readonly number[]
  /** Ids of vertices all of whose subtasks have finished. */
  readonly fullyFinished: readonly number[]
}

/**
 * C-4, C-5: whom a checkpoint is asked of, or why none can be taken. Mirrors DefaultCheckpointPlanCalculator, which takes cancelled and failed tasks for finished ones
 * once any task has finished: a checkpoint by hand while the job restarts would then complete without their state.
 */
export function calculatePlan(context: PlanContext, afterTasksFinish: boolean): CheckpointPlan | CheckpointFailure {
  const { vertices } = context
  const all = vertices.flatMap(({ tasks }) => tasks)
  const over = new Set<number>()
  for (const task of all) {
    const state = context.stateOf(task)
    if (state === null) return failureOf('NOT_ALL_REQUIRED_TASKS_RUNNING')
    // One that was cancelled or failed will be there again, and has state: it is not over.
    if (state === 'FINISHED') over.add(task)
  }
  if (over.size > 0 && !afterTasksFinish) return failureOf('NOT_ALL_REQUIRED_TASKS_RUNNING')
  const waitFor = all.filter((task) => !over.has(task))
  if (waitFor.some((task) => context.stateOf(task) !== 'RUNNING')) return failureOf('NOT_ALL_REQUIRED_TASKS_RUNNING')
  if (context.hasBlockingOutput) return failureOf('BLOCKING_OUTPUT_EXIST')
  return {
    trigger: waitFor.filter((task) => context.producersOf(task).every((producer) => over.has(producer))),
    waitFor,
    commitTo: waitFor,
    finished: all.filter((task) => over.has(task)),
    fullyFinished: vertices.filter(({ tasks }) => tasks.every((task) => over.has(task))).map(({ id }) => id),
  }
}
