import { JavaException } from '../core/exceptions'
import { problem, ProblemError, type Problem } from '../core/problem'
import { Assumptions } from './plans/assumptions'
import { planOfExecutionPlan } from './plans/executionPlan'
import { planJson } from './plans/planJson'
import { planOfRestPlan } from './plans/restPlan'
import type { Plan } from './types'

export interface ReadPlan {
  readonly plan: Plan
  readonly kind: 'execution-plan' | 'rest-plan'
  /** What the JSON does not say and was taken for granted, as warnings. */
  readonly assumptions: readonly Problem[]
}

/**
 * A plan from a cluster elsewhere: the JSON of `getExecutionPlan()` (P-1; also as `flink info` prints it), of `/jobs/:id/plan` (P-2)
 * or of `/jobs/:id`, of Flink 1.x or 2.x. Nothing in it can be run. Throws ProblemError with a place in the plan, as `planJson` does,
 * and `plan-refused` for what no Flink would have made.
 */
export function readPlan(text: string): ReadPlan {
  const given = planJson(text)
  const assumptions = new Assumptions()
  try {
    const plan = given.kind === 'execution-plan' ? planOfExecutionPlan(given, assumptions) : planOfRestPlan(given, assumptions)
    return { plan, kind: given.kind, assumptions: assumptions.all }
  } catch (error) {
    if (!(error instanceof JavaException)) throw error
    throw new ProblemError(problem('plan-refused', { class: error.javaClass, message: error.message }, { in: 'plan' }))
  }
}
