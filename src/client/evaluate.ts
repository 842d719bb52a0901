import { AssertionFailure } from '../base/assert'
import { problem, ProblemError } from '../core/problem'
import { streamGraphOf } from '../graph/streamGraph'
import type { ProgramJob } from '../graph/union'
import { executionPlanText } from '../graph/plansAsJson'
import * as flink from '../streaming/index'
import { withContext, type ExecutionContext } from '../streaming/environment/context'
import { JobID } from '../streaming/environment/JobClient'
import { rememberNames } from '../streaming/operators/names'
import type { Transformation } from '../streaming/operators/transformation'
import { problemOf } from './errors'
import { programGlobals } from './fence'
import { FLINK, lineAt } from './module'
import { lineOf, SOURCE_URL } from './stack'
import { earlyErrorLine } from './earlyErrors'
import type { CompiledProgram, ProgramInstance, ProgramWorld } from './types'

rememberNames(flink)

/**
 * Runs a program's main part and keeps what `env.execute()` was called on. Each call is a world of its own: its own functions,
 * module variables, Date, Math.random and console. Throws ProblemError: `program-syntax`, `program-name` (flink has no such
 * export), `program-without-job`, or `program-exception` with Flink's class and message, each with its line.
 */
export function evaluate(compiled: CompiledProgram, world: ProgramWorld): ProgramInstance {
  const transformations = new Map<number, Transformation>()
  const jobs: ProgramJob[] = []
  let ids = 0
  const context: ExecutionContext = {
    configuration: world.configuration,
    services: world.services,
    nextId: () => ++ids,
    register: (transformation) => void transformations.set(transformation.id, transformation),
    currentLine: () => lineOf(new Error().stack),
    executionPlan: (environment) => executionPlanText(streamGraphOf(environment)),
    execute(environment, jobName, submission) {
      const streamGraph = streamGraphOf(environment, jobName)
      return JobID.of(jobs.push({ streamGraph, submission }), streamGraph.jobName)
    },
  }
  const globals = programGlobals({ ...world, print: (line) => world.print(line, jobs.length) })
  const main = mainOf(compiled, Object.keys(globals))
  try {
    withContext(context, () => main(...Object.values(globals))(flink, {}))
  } catch (error) {
    if (error instanceof AssertionFailure) throw error
    throw new ProblemError(problemOf(error))
  }
  if (jobs.length === 0) throw withoutJob()
  return {
    jobs,
    functionsOf: (transformation) => transformations.get(transformation)?.functions ?? {},
  }
}

/** The outer function takes the globals, so that a program may declare names like theirs; the inner one is the program. */
type Main = (...globals: unknown[]) => (module: typeof flink, exports: object) => void

/** Parsed once for each program and thread. */
const parsed = new WeakMap<CompiledProgram, Main>()

function mainOf(compiled: CompiledProgram, globals: readonly string[]): Main {
  let main = parsed.get(compiled)
  if (main !== undefined) return main
  checkNames(compiled)
  try {
    main = new Function(
      ...globals,
      `"use strict"; return function (${FLINK}, exports) { ${compiled.javascript}\n}\n//# sourceURL=${SOURCE_URL}`,
    ) as Main
  } catch (error) {
    // What only the engine notices: a name declared twice, await outside an async function.
    if (!(error instanceof SyntaxError)) throw error
    const line = earlyErrorLine(error, compiled.text)
    throw new ProblemError(problem('program-syntax', { message: error.message }, line === undefined ? undefined : { in: 'program', line }))
  }
  parsed.set(compiled, main)
  return main
}

/** Names of module `flink` that the program uses and that are not there. */
function checkNames({ text, javascript }: CompiledProgram): void {
  const exported: Readonly<Record<string, unknown>> = flink
  for (const [, variable] of javascript.matchAll(new RegExp(`var (\\w+) = ${FLINK.replace('$', '\\$')};`, 'g'))) {
    for (const use of javascript.matchAll(new RegExp(`(?<![\\w$.])${variable}\\.(\\w+)`, 'g'))) {
      const name = use[1]!
      if (name in exported || name === '__esModule') continue
      const imported = text.search(new RegExp(`\\b${name}\\b`))
      const line = lineAt(imported === -1 ? javascript : text, imported === -1 ? use.index : imported)
      throw new ProblemError(problem('program-name', { name }, { in: 'program', line }))
    }
  }
}

/** Flink's ProgramMissingJobException, with its message. */
const withoutJob = (): ProblemError =>
  new ProblemError(
    problem('program-without-job', {
      class: 'org.apache.flink.client.program.ProgramMissingJobException',
      message: "The program didn't contain a Flink job. Perhaps you forgot to call execute() on the execution environment.",
    }),
  )
