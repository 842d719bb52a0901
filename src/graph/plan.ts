import { Configuration } from '../core/configuration'
import { JavaException } from '../core/exceptions'
import { JobManagerOptions } from '../core/options'
import { problem, ProblemError, warning, type Problem } from '../core/problem'
import { executionGraphOf } from './executionGraph'
import { jobGraphOf } from './jobGraph'
import { validationWarnings } from './preValidation'
import { windowWarnings } from './windowWarnings'
import type { Plan, StreamGraph } from './types'
import { unionOf, unionOfStreamGraphs, type ProgramJob } from './union'

/**
 * All three graphs of all jobs of a program, and what must be said about them. Throws ProblemError: `program-exception` with Flink's class and
 * message for what Flink refuses (on the line of the operator at fault).
 * Batch and jobs too large for a tab are planned as well; whether they can be run is asked of `jobs[].type` and by `requireSimulated`.
 */
export function planOf(jobs: readonly ProgramJob[], configuration: Configuration): Plan {
  const streamGraph = unionOfStreamGraphs(jobs.map((job) => job.streamGraph))
  const validation = jobs.flatMap((job) => validationWarnings(configuration.merge(Configuration.fromMap(job.streamGraph.configuration))))
  const warnings = [
    ...(streamGraph.warnings ?? []),
    ...validation.slice(0, 1),
    ...jobs.flatMap((job) => [...sinkless(job.streamGraph), ...windowWarnings(job.streamGraph)]),
  ]
  try {
    const jobGraph = unionOf(
      jobs.map((job) => jobGraphOf(job.streamGraph, configuration)),
      jobs.map(({ submission }) => submission),
    )
    const isAdaptive = (job: number): boolean =>
      configuration.merge(Configuration.fromMap(jobGraph.jobs[job]!.configuration)).get(JobManagerOptions.SCHEDULER) === 'Adaptive'
    return { streamGraph, jobGraph, executionGraph: executionGraphOf(jobGraph, streamGraph, isAdaptive), warnings }
  } catch (error) {
    if (!(error instanceof JavaException)) throw error
    const place = error.line === undefined ? undefined : ({ in: 'program', line: error.line } as const)
    throw new ProblemError(problem('program-exception', { class: error.javaClass, message: error.message }, place))
  }
}

/** Flink runs a job that ends in no sink without a word; its author hardly meant that. */
function sinkless({ nodes }: StreamGraph): readonly Problem[] {
  if (nodes.some(({ role }) => role === 'sink')) return []
  const line = nodes.at(-1)?.line
  return [warning('job-without-sink', {}, line === undefined ? undefined : { in: 'program', line })]
}
