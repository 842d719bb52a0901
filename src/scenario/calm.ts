import type { Intervention, Scenario } from './types'

/** What a person does that breaks something, as opposed to what belongs to the job's life. */
const FAILURES: readonly Intervention['do'][] = [
  'kill-task-manager',
  'kill-job-manager',
  'stop-task-manager',
  'fail-task',
  'throw-at-record',
  'cut-link',
  'set-disk',
  'system-outage',
  'decline-checkpoints',
]

/** The same scenario with nothing done to it that breaks anything; the same object if there was nothing. */
export function withoutFailures(scenario: Scenario): Scenario {
  const interventions = scenario.interventions.filter((one) => !FAILURES.includes(one.do))
  return interventions.length === scenario.interventions.length ? scenario : { ...scenario, interventions }
}
