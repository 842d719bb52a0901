import type { Problem } from '../../core/problem'
import type { ExecutionState, JobStatus } from '../kinds'
import type { TraceLog } from '../log'
import type { Attempt, Decision, Incident, JobsState } from './fold'

const OVER: readonly string[] = ['FINISHED', 'CANCELED', 'FAILED']

export interface JobAt {
  readonly job: number
  readonly status: JobStatus
  /** Event since which it is so. */
  readonly since: number
  /** Virtual µs. */
  readonly started: number
  /** null: it goes on. */
  readonly ended: number | null
  readonly restarts: number
  /** Subtasks of the present attempts, by state. */
  readonly states: ReadonlyMap<ExecutionState, number>
}

/** Up to a moment, what is after it left out. */
const upTo = <T extends { readonly event: number }>(list: readonly T[], at: number): readonly T[] => list.filter(({ event }) => event <= at)

export function jobsAt({ index, event }: JobsState): readonly JobAt[] {
  return index.jobs.flatMap((ledger, job) => {
    const statuses = upTo(ledger.statuses, event)
    const last = statuses.at(-1)
    if (last === undefined) return []
    const states = new Map<ExecutionState, number>()
    for (const [vertex, attempts] of index.attempts) {
      const place = index.graph.vertices[vertex]
      if (place === undefined || index.graph.job.vertices[place.vertex]!.job !== job) continue
      const state = attempts
        .filter((attempt) => attempt.states[0]!.event <= event)
        .at(-1)
        ?.states.findLast((one) => one.event <= event)?.state
      if (state !== undefined) states.set(state, (states.get(state) ?? 0) + 1)
    }
    return [
      {
        job,
        status: last.status,
        since: last.event,
        started: statuses[0]!.time,
        ended: OVER.includes(last.status) ? last.time : null,
        restarts: statuses.filter(({ status }) => status === 'RESTARTING').length,
        states,
      },
    ]
  })
}

/** A failure with all that came of it. */
export interface ExceptionAt {
  readonly incident: Incident
  /** As Flink prints it. */
  readonly cause: string
  /** The program's line; undefined: it is none of the program's. */
  readonly line: number | undefined
  readonly decision: Decision | null
  /** Further subtasks that failed before anything was restarted. */
  readonly concurrent: readonly Incident[]
  readonly restore: { readonly event: number; readonly checkpoint: number } | null
}

/** The exceptions of a job, the newest first. Failures before the scheduler's decision belong to one incident. */
export function exceptionsAt({ index, event }: JobsState, job: number, log: TraceLog): readonly ExceptionAt[] {
  const ledger = index.jobs[job]
  if (ledger === undefined) return []
  const incidents = upTo(index.incidents, event).filter((incident) => incident.job === job)
  const exceptions: ExceptionAt[] = []
  const restarts = upTo(ledger.statuses, event).filter(({ status }) => status === 'RUNNING')
  for (let i = 0; i < incidents.length; i++) {
    const incident = incidents[i]!
    const nextStart = restarts.find((one) => one.event > incident.event)?.event ?? Infinity
    const concurrent: Incident[] = []
    while (i + 1 < incidents.length && incidents[i + 1]!.event < nextStart && incidents[i + 1]!.vertex !== incident.vertex)
      concurrent.push(incidents[++i]!)
    exceptions.push({
      incident,
      cause: incident.cause ?? log.at(incident.event).text(),
      line: lineOf(index.problems, incident, log),
      decision: upTo(ledger.decisions, event).find((one) => one.event >= incident.event && one.event <= nextStart) ?? null,
      concurrent,
      restore: upTo(ledger.restores, event).find((one) => one.event > incident.event) ?? null,
    })
  }
  return exceptions.reverse()
}

/** What failed told its problem first, as the task's last word. */
function lineOf(
  problems: readonly { readonly event: number; readonly process: number }[],
  incident: Incident,
  log: TraceLog,
): number | undefined {
  if (incident.vertex < 0) return undefined
  const told = problems.findLast(({ event, process }) => event < incident.event && log.names.vertexOf(process) === incident.vertex)
  if (told === undefined) return undefined
  const { place } = JSON.parse(log.at(told.event).text()) as Problem
  return place?.in === 'program' ? place.line : undefined
}

export interface Lane {
  readonly vertex: number
  readonly attempts: readonly Attempt[]
}

/** Subtasks of a job with their attempts up to the moment, in order of vertex. */
export function lanesAt({ index, event }: JobsState, job: number): readonly Lane[] {
  return [...index.attempts]
    .filter(([vertex]) => index.graph.job.vertices[index.graph.vertices[vertex]!.vertex]!.job === job)
    .sort(([a], [b]) => a - b)
    .map(([vertex, attempts]) => ({
      vertex,
      attempts: attempts
        .filter(({ states }) => states[0]!.event <= event)
        .map((attempt) => ({ ...attempt, states: attempt.states.filter((state) => state.event <= event) })),
    }))
    .filter(({ attempts }) => attempts.length > 0)
}

/** The stretch in which it did something: from its deployment on. `end` null: it goes on. */
export function spanOf({ states }: Attempt): {
  readonly start: number
  readonly end: number | null
  readonly state: ExecutionState
  readonly address: number
} {
  const last = states.at(-1)!
  const deployed = states.find(({ state }) => state === 'DEPLOYING') ?? states[0]!
  const address = states.find((one) => one.address !== 0)?.address ?? 0
  return { start: deployed.time, end: OVER.includes(last.state) ? last.time : null, state: last.state, address }
}
