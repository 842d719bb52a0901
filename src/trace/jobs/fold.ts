import { sharesOf } from '../checkpoints/payloads'
import type { ToldRestart } from '../checkpoints/payloads'
import { grown } from '../graphs'
import { growTo } from '../growing'
import { EXECUTION_STATES, JOB_STATUSES, TraceKind } from '../kinds'
import type { ExecutionState, JobStatus } from '../kinds'
import type { Fold, TraceEvent } from '../types'
import type { ExecutionGraph } from '../../graph/types'

/** One attempt of one subtask. */
export interface Attempt {
  /** Index of the execution vertex. */
  readonly vertex: number
  readonly attempt: number
  readonly states: { readonly event: number; readonly time: number; readonly state: ExecutionState; readonly address: number }[]
}

/** Something that failed, and what the scheduler made of it. */
export interface Incident {
  readonly event: number
  readonly time: number
  readonly job: number
  /** Execution vertex; −1: the whole job. */
  readonly vertex: number
  readonly attempt: number
  /** In Flink's words, where the event has them not as its text. */
  readonly cause?: string
}

/** What was decided of a failure: `RestartScheduled`. */
export interface Decision extends ToldRestart {
  readonly event: number
  readonly job: number
  readonly number: number
  /** ms. */
  readonly delay: number
}

export interface JobLedger {
  readonly statuses: { readonly event: number; readonly time: number; readonly status: JobStatus }[]
  readonly decisions: Decision[]
  readonly restores: { readonly event: number; readonly checkpoint: number }[]
}

/** Everything the trace says of jobs and attempts: it only grows, and is read through a moment. */
interface JobsIndex {
  event: number
  graph: ExecutionGraph
  readonly jobs: JobLedger[]
  /** By execution vertex, in order of attempt. */
  readonly attempts: Map<number, Attempt[]>
  readonly incidents: Incident[]
  /** Problem events, which come right before the failure that they tell of. */
  readonly problems: { readonly event: number; readonly process: number }[]
}

export interface JobsState {
  readonly index: JobsIndex
  event: number
}

export const jobsFold: Fold<JobsState> = {
  init: ({ executionGraph }) => ({
    event: -1,
    index: { event: -1, graph: executionGraph, jobs: [], attempts: new Map(), incidents: [], problems: [] },
  }),
  apply: (state, event) => growTo(state, event, take),
  clone: (state) => ({ ...state }),
  size: () => 32,
}

const jobOf = (index: JobsIndex, job: number): JobLedger => (index.jobs[job] ??= { statuses: [], decisions: [], restores: [] })

function take(index: JobsIndex, event: TraceEvent): void {
  const { a, b, c, d, time, index: at } = event
  switch (event.kind) {
    case TraceKind.ExecutionGraphCreated:
      index.graph = grown(index.graph, event)
      return
    case TraceKind.JobStatus:
      jobOf(index, b).statuses.push({ event: at, time, status: JOB_STATUSES[a]! })
      // A job that cannot even be set up: no task has failed, and no strategy is asked.
      if (JOB_STATUSES[a] === 'FAILED' && !index.incidents.some(({ job }) => job === b))
        index.incidents.push({ event: at, time, job: b, vertex: -1, attempt: 0 })
      return
    case TraceKind.ExecutionState: {
      const state = EXECUTION_STATES[c]!
      let attempts = index.attempts.get(a)
      if (attempts === undefined) index.attempts.set(a, (attempts = []))
      let attempt = attempts.find((one) => one.attempt === b)
      if (attempt === undefined) attempts.push((attempt = { vertex: a, attempt: b, states: [] }))
      attempt.states.push({ event: at, time, state, address: d })
      if (state === 'FAILED') index.incidents.push({ event: at, time, job: jobOfVertex(index.graph, a), vertex: a, attempt: b })
      return
    }
    case TraceKind.RestartScheduled: {
      const told = sharesOf.restart(event)
      // Failures of the whole job, as too many failed checkpoints are, are told by no task.
      if (told.vertex < 0 && !failedSinceRunning(index, a))
        index.incidents.push({ event: at, time, job: a, vertex: -1, attempt: 0, cause: told.failure })
      jobOf(index, a).decisions.push({ event: at, job: a, number: b, delay: event.x, ...told })
      return
    }
    case TraceKind.JobRestored:
      jobOf(index, a).restores.push({ event: at, checkpoint: b })
      return
    case TraceKind.Problem:
      index.problems.push({ event: at, process: event.process })
  }
}

/** Whether a task of the job has failed since it was last RUNNING: what is decided is about that. */
function failedSinceRunning({ jobs, incidents }: JobsIndex, job: number): boolean {
  const running = jobs[job]?.statuses.findLast(({ status }) => status === 'RUNNING')?.event ?? -1
  return incidents.some((incident) => incident.job === job && incident.event > running)
}

export const jobOfVertex = (graph: ExecutionGraph, vertex: number): number => graph.job.vertices[graph.vertices[vertex]!.vertex]!.job
