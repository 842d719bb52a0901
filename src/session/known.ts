import type { ResolvedTopic, Scenario } from '../scenario/types'
import type { TraceLog } from '../trace/log'
import type { TraceHeader } from '../trace/types'

/** A run to look at. */
export interface Shown {
  readonly scenario: Scenario
  readonly topics: readonly ResolvedTopic[]
  readonly header: TraceHeader
  readonly log: TraceLog
}

/** A run as far as it was simulated: the same scenario gives the same, so it may be put on screen again without any cluster. */
export interface KnownRun extends Shown {
  /** Virtual µs up to which everything is known. */
  readonly frontier: number
  /** Nothing comes after it. */
  readonly ended: boolean
}
