import { barriers } from './families/barriers'
import { checkpointCoordinator } from './families/checkpointCoordinator'
import { exactlyOnce } from './families/exactlyOnce'
import { failoverRegions } from './families/failoverRegions'
import { jobGraph } from './families/jobGraph'
import { jobs } from './jobs/family'
import { joins } from './families/joins'
import { keyedState } from './families/keyedState'
import { keyGroups } from './families/keyGroups'
import { restartStrategies } from './families/restartStrategies'
import { slotSharing } from './families/slotSharing'
import { stateRedistribution } from './families/stateRedistribution'
import { stateTtl } from './families/stateTtl'
import { timers } from './families/timers'
import { twoInputWatermarks } from './families/twoInputWatermarks'
import { watermarkGenerators } from './families/watermarkGenerators'
import { watermarkValve } from './families/watermarkValve'
import { windowAssigners } from './families/windowAssigners'
import { windowOperator } from './families/windowOperator'
import type { Family } from './family'

/** Families with a runner. */
export const families: readonly Family[] = [
  barriers,
  checkpointCoordinator,
  exactlyOnce,
  failoverRegions,
  jobGraph,
  jobs,
  joins,
  keyedState,
  keyGroups,
  restartStrategies,
  slotSharing,
  stateRedistribution,
  stateTtl,
  timers,
  twoInputWatermarks,
  watermarkGenerators,
  watermarkValve,
  windowAssigners,
  windowOperator,
]

/** Families whose vectors lie in `conformance/` and that nobody runs yet. */
export const notYet: readonly string[] = [
  'dataset-jobs',
  'dataset-plans',
  'jobs-batch',
]
