import type { StartRun } from '../../minicluster/types'
import { endOfEndless } from '../../minicluster/dataEnd'
import { runToEnd } from '../../minicluster/headless'
import { ProblemError } from '../../core/problem'
import type { CompiledProgram } from '../../minicluster/types'
import type { ResolvedTopic, Scenario } from '../../scenario/types'
import { TraceLog } from '../../trace/log'
import type { LessonChecks, TraceOfRun, Values } from '../../trace/predicates'

export interface CheckResult {
  readonly id: string
  readonly passed: boolean
  readonly values: Values
  readonly event?: number
}
export interface SeedResult {
  readonly seed: number
  readonly passed: boolean
  readonly results: readonly CheckResult[]
}

/** What running a scenario takes; see Services of the session. */
export interface CheckServices {
  compile(text: string): CompiledProgram | Promise<CompiledProgram>
  resolveTopics(scenario: Scenario): Promise<readonly ResolvedTopic[]>
  readonly startRun: StartRun
  /** Runs to ask for at once; absent: 1. More than go on at once, if `startRun` lets them wait for each other (see inTurn). */
  readonly atOnce?: number
}

/** Virtual µs that a job which never ends goes on behind the last record of its data: for its answer to it. */
const AFTER_DATA = 60e6

/** Runs a scenario to its end, or, where it has none, a minute beyond its data, and keeps its trace. Rejects with ProblemError as a run does, and for one that breaks; with the signal's reason when told to stop. */
export async function traceOf(scenario: Scenario, services: CheckServices, signal?: AbortSignal): Promise<TraceOfRun> {
  const log = new TraceLog()
  const topics = await services.resolveTopics(scenario)
  const request = { scenario, compiled: await services.compile(scenario.program.text), topics, tracing: true }
  const { header, end } = await runToEnd(request, {
    start: services.startRun,
    onPage: (page) => log.append(page),
    until: ({ streamGraph }) => endOfEndless(streamGraph, topics, AFTER_DATA) ?? Number.MAX_SAFE_INTEGER,
    ...(signal === undefined ? {} : { signal }),
  })
  // Half a trace proves nothing.
  if (end.state === 'broken') throw new ProblemError(end.problem)
  return { header, log }
}

export const checkRun = (checks: LessonChecks, run: TraceOfRun): CheckResult[] =>
  checks.checks.map((check) => ({ id: check.id, ...check.test(run) }))

/** The scenario as the checks run it with a seed. */
export const ofSeed = ({ befalls }: LessonChecks, scenario: Scenario, seed: number): Scenario => ({
  ...scenario,
  seed,
  ...(befalls === undefined ? {} : { interventions: befalls(seed, scenario.interventions) }),
})

/**
 * Runs the checks over seeds 1 … `seeds`, `atOnce` at a time, and tells each result in the order of the seeds. Ends early, with what
 * it has, when `signal` says so. The user's program decides how long that takes: callers run it where it may (the sandbox, or Node).
 */
export async function* checkOverSeeds(
  checks: LessonChecks,
  scenario: Scenario,
  seeds: number,
  services: CheckServices,
  signal?: AbortSignal,
): AsyncGenerator<SeedResult, void, void> {
  const ended = new AbortController()
  const end = (): void => ended.abort()
  signal?.addEventListener('abort', end)
  if (signal?.aborted === true) end()
  const check = async (seed: number): Promise<SeedResult> => {
    const results = checkRun(checks, await traceOf(ofSeed(checks, scenario, seed), services, ended.signal))
    return { seed, passed: results.every(({ passed }) => passed), results }
  }
  const running: Promise<SeedResult>[] = []
  let next = 1
  try {
    while (!ended.signal.aborted) {
      while (running.length < (services.atOnce ?? 1) && next <= seeds) {
        const result = check(next++)
        // Whoever takes its turn hears of a failure; those behind it may never be asked.
        result.catch(() => {})
        running.push(result)
      }
      const first = running.shift()
      if (first === undefined) return
      yield await first
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error
  } finally {
    signal?.removeEventListener('abort', end)
    end()
  }
}
