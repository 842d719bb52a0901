import { Configuration } from '../core/configuration'
import { TaskManagerOptions } from '../core/options'
import type { Plan } from '../graph/types'
import { scenarioHash } from '../scenario/identity'
import type { Scenario } from '../scenario/types'
import type { TraceHeader } from '../trace/types'
import { tooFewSlots } from './jobChecks'

const MICROS_PER_MILLI = 1000

/** What views need to draw a plan that nothing runs: the scenario's cluster, and the jobs of the plan in place of a program's. */
export function planHeader(scenario: Scenario, { streamGraph, jobGraph, executionGraph, warnings }: Plan): TraceHeader {
  const { cluster, configuration } = scenario
  const submitted = Configuration.fromMap(configuration)
  const slots = submitted.get(TaskManagerOptions.NUM_TASK_SLOTS)
  return {
    scenarioHash: scenarioHash(scenario),
    streamGraph,
    executionGraph,
    hosts: [
      { host: 0, name: 'jobmanager', kind: 'jobmanager', slots: 0 },
      ...Array.from({ length: cluster.taskManagers }, (_, i) => ({
        host: i + 1,
        name: `taskmanager-${i + 1}`,
        kind: 'taskmanager' as const,
        slots,
      })),
    ],
    topics: [],
    clockStart: cluster.clockStart,
    linkLatency: cluster.linkLatency * MICROS_PER_MILLI,
    interventions: [],
    warnings: [...warnings, ...tooFewSlots(jobGraph, submitted, slots * cluster.taskManagers)],
  }
}
