import { Configuration } from '../core/configuration'
import { JavaException } from '../core/exceptions'
import { JobManagerOptions } from '../core/options'
import { problem, ProblemError } from '../core/problem'
import { slotArithmetic } from '../graph/slotArithmetic'
import type { JobGraph } from '../graph/types'
import { restartStrategyOf } from '../runtime/jobmanager/restart/choice'

/** What the JobManager would not even start a job with: throws ProblemError with Flink's class and message. */
export function checkRestartStrategies({ jobs }: JobGraph, cluster: Configuration): void {
  for (const { configuration } of jobs) {
    try {
      restartStrategyOf(Configuration.fromMap(configuration), cluster, { now: () => 0, jitter: () => 0n })
    } catch (error) {
      if (!(error instanceof JavaException)) throw error
      const message = `Could not start the JobMaster.\nCaused by: ${error.javaClass}: ${error.message}`
      throw new ProblemError(problem('program-exception', { class: 'org.apache.flink.runtime.client.JobInitializationException', message }))
    }
  }
}

/**
 * Slots that a program's jobs may want at one time: an attached job is over before the next one begins, a detached one need not be. The adaptive
 * scheduler makes do with one slot a group. Undecided parallelism counts for nothing.
 */
export function slotsAtOnce(graph: JobGraph, cluster: Configuration): number {
  let detached = 0
  let most = 0
  graph.jobs.forEach(({ submission, configuration }, job) => {
    const { groups, total } = slotArithmetic(graph, job)
    const adaptive = cluster.merge(Configuration.fromMap(configuration)).get(JobManagerOptions.SCHEDULER) === 'Adaptive'
    const wanted = adaptive ? groups.length : (total ?? 0)
    most = Math.max(most, detached + wanted)
    if (submission === 'detached') detached += wanted
  })
  return most
}
