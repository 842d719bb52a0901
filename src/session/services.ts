import type { RunRequest, StartRun } from '../minicluster/types'
import type { ResolvedTopic, Scenario } from '../scenario/types'

/** What the session asks of others; each may load its code when first called. All reject with ProblemError for what the user can mend. */
export interface Services {
  compile(text: string): Promise<RunRequest['compiled']>
  resolveTopics(scenario: Scenario): Promise<readonly ResolvedTopic[]>
  readonly startRun: StartRun
}
