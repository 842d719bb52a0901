import { Configuration } from '../core/configuration'
import { IllegalStateException, JavaException } from '../core/exceptions'
import { JobManagerOptions, TaskManagerOptions } from '../core/options'
import { problem, ProblemError, warning, type Problem } from '../core/problem'
import { slotArithmetic } from '../graph/slotArithmetic'
import type { JobGraph } from '../graph/types'
import { restartStrategyOf } from '../runtime/jobmanager/restart/choice'

/** What the JobManager would not even start a job with: throws ProblemError with Flink's class and message. */
export function checkJobs(graph: JobGraph, cluster: Configuration): void {
  graph.jobs.forEach(({ configuration }, job) => {
    const own = Configuration.fromMap(configuration)
    try {
      restartStrategyOf(own, cluster, { now: () => 0, jitter: () => 0n })
      if (isAdaptive(own, cluster)) checkExchanges(graph, job)
    } catch (error) {
      if (!(error instanceof JavaException)) throw error
      const message = `Could not start the JobMaster.\nCaused by: ${error.javaClass}: ${error.message}`
      throw new ProblemError(problem('program-exception', { class: 'org.apache.flink.runtime.client.JobInitializationException', message }))
    }
  })
}

const isAdaptive = (own: Configuration, cluster: Configuration): boolean =>
  cluster.merge(own).get(JobManagerOptions.SCHEDULER) === 'Adaptive'

/** Mirrors AdaptiveScheduler.assertPreconditions, whose message names the producer's class as well. */
function checkExchanges({ vertices, edges }: JobGraph, job: number): void {
  for (const { fromVertex, toVertex, resultType } of edges) {
    if (vertices[fromVertex]!.job !== job || resultType === 'PIPELINED_BOUNDED') continue
    const violated = `${vertices[fromVertex]!.name} -> ${vertices[toVertex]!.id}`
    throw new IllegalStateException(`The adaptive scheduler supports pipelined data exchanges (violated by ${violated}).`)
  }
}

/** Flink says so only when its patience is over, and not what to do (S-6). `offered` are the slots of all TaskManagers that there ever are. */
export function tooFewSlots(graph: JobGraph, cluster: Configuration, offered: number): readonly Problem[] {
  const needed = slotsAtOnce(graph, cluster)
  const { key } = TaskManagerOptions.NUM_TASK_SLOTS
  return needed <= offered ? [] : [warning('slots-too-few', { needed, offered }, { in: 'cluster', key })]
}

/**
 * Slots that a program's jobs may want at one time: an attached job is over before the next one begins, a detached one need not be. The adaptive
 * scheduler makes do with one slot a group. Undecided parallelism counts for nothing.
 */
function slotsAtOnce(graph: JobGraph, cluster: Configuration): number {
  let detached = 0
  let most = 0
  graph.jobs.forEach(({ submission, configuration }, job) => {
    const { groups, total } = slotArithmetic(graph, job)
    const wanted = isAdaptive(Configuration.fromMap(configuration), cluster) ? groups.length : (total ?? 0)
    most = Math.max(most, detached + wanted)
    if (submission === 'detached') detached += wanted
  })
  return most
}
