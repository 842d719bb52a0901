import { Configuration } from '../core/configuration'
import { TaskManagerOptions } from '../core/options'
import { warning, type Problem } from '../core/problem'
import type { Plan } from '../graph/types'
import { scenarioHash } from '../scenario/identity'
import type { Scenario } from '../scenario/types'
import type { TraceHeader } from '../trace/types'

const MICROS_PER_MILLI = 1000

/** What views need to draw a plan that nothing runs: the scenario's cluster, and the jobs of the plan in place of a program's. */
export function planHeader(scenario: Scenario, { streamGraph, executionGraph, warnings }: Plan): TraceHeader {
  const { cluster, configuration } = scenario
  const slots = Configuration.fromMap(configuration).get(TaskManagerOptions.NUM_TASK_SLOTS)
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
    warnings: [...warnings, ...tooFewSlots(executionGraph.sharedSlots, slots * cluster.taskManagers)],
  }
}

/** Flink says so only when its patience is over, and not what to do (S-6). */
export const tooFewSlots = (needed: number, offered: number): readonly Problem[] =>
  needed <= offered ? [] : [warning('slots-too-few', { needed, offered }, { in: 'cluster', key: TaskManagerOptions.NUM_TASK_SLOTS.key })]
