import type { StartRun } from '../../minicluster/types'
import { runToEnd } from '../../minicluster/headless'
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
}

/** Runs a scenario to its end and keeps its trace. Rejects with ProblemError as a run does. */
export async function traceOf(scenario: Scenario, services: CheckServices, tracing = true): Promise<TraceOfRun> {
  const log = new TraceLog()
  const request = {
    scenario,
    compiled: await services.compile(scenario.program.text),
    topics: await services.resolveTopics(scenario),
    tracing,
  }
  const { header } = await runToEnd(request, { start: services.startRun, onPage: (page) => log.append(page) })
  return { header, log }
}

export const checkRun = (checks: LessonChecks, run: TraceOfRun): CheckResult[] =>
  checks.checks.map((check) => ({ id: check.id, ...check.test(run) }))

/**
 * Runs the checks over seeds 1 … `seeds`, one run after the other, telling each result as it comes. `stop` is asked
 * between runs. The user's program decides how long that takes: callers run it where it may (the sandbox, or Node).
 */
export async function* checkOverSeeds(
  checks: LessonChecks,
  scenario: Scenario,
  seeds: number,
  services: CheckServices,
  stop: () => boolean = () => false,
): AsyncGenerator<SeedResult, void, void> {
  for (let seed = 1; seed <= seeds && !stop(); seed++) {
    const results = checkRun(checks, await traceOf({ ...scenario, seed }, services))
    yield { seed, passed: results.every(({ passed }) => passed), results }
  }
}
