import { readPlan } from '../graph/readPlan'
import { executionPlanText, restPlanOf } from '../graph/plansAsJson'
import type { JobGraph, StreamGraph } from '../graph/types'
import { planHeader } from '../minicluster/planHeader'
import type { Scenario } from '../scenario/types'
import type { ReadPlan } from '../session/services'
import type { TraceHeader } from '../trace/types'

/** The scenario's plan as views show it. Rejects with ProblemError, on the plan's line, for what is no plan. */
export async function readScenarioPlan(scenario: Scenario): Promise<ReadPlan> {
  const { plan, assumptions } = readPlan(scenario.plan!)
  return { header: planHeader(scenario, plan), assumptions }
}

/** Whether a JSON text that somebody dropped is a plan, rather than a scenario or a table. */
export function mayBePlan(text: string): boolean {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    // What is no JSON is no plan.
    return false
  }
  const nodesOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? (value as { readonly nodes?: unknown }).nodes : undefined
  return Array.isArray(nodesOf(found)) || Array.isArray(nodesOf((found as { readonly plan?: unknown } | null)?.plan))
}

export type PlanForm = 'execution' | 'rest'

/** One job's plan, in the form of `getExecutionPlan()` (P-1) or of `/jobs/:id/plan` (P-2). */
export function planTextOf({ streamGraph, executionGraph }: TraceHeader, job: number, form: PlanForm): string {
  return form === 'execution'
    ? executionPlanText(streamGraphOf(streamGraph, executionGraph.job, job))
    : JSON.stringify(restPlanOf(executionGraph.job, job), null, 2)
}

function streamGraphOf(graph: StreamGraph, { jobs, vertices }: JobGraph, job: number): StreamGraph {
  if (jobs.length === 1) return graph
  const nodes = new Set(
    vertices
      .filter((vertex) => vertex.job === job)
      .flatMap(({ chain, chainedSources = [] }) => [...chain, ...chainedSources].map(({ node }) => node)),
  )
  return {
    ...graph,
    jobName: jobs[job]!.name,
    jobType: jobs[job]!.type,
    nodes: graph.nodes.filter(({ id }) => nodes.has(id)),
    edges: graph.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
  }
}
