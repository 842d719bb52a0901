import type { Problem } from '../core/problem'
import type { RunRequest, StartRun } from '../minicluster/types'
import type { ResolvedTopic, Scenario } from '../scenario/types'
import type { TraceHeader } from '../trace/types'

/** A scenario's plan as views show it. */
export interface ReadPlan {
  readonly header: TraceHeader
  /** What the plan does not say and was taken for granted. */
  readonly assumptions: readonly Problem[]
}

/** What the session asks of others; each may load its code when first called. All reject with ProblemError for what the user can mend. */
export interface Services {
  compile(text: string): Promise<RunRequest['compiled']>
  /** One for each topic of the scenario, in their order. */
  resolveTopics(scenario: Scenario): Promise<readonly ResolvedTopic[]>
  /** The plan of a scenario that has one in place of its program. */
  readPlan(scenario: Scenario): Promise<ReadPlan>
  /** The run on screen, whose TaskManagers can really die. */
  readonly startRun: StartRun
  /** Runs beside it, all of each on one warm thread: previews while somebody drags, forks to compare with. Absent: as the one on screen. */
  readonly startBeside?: StartRun
}
