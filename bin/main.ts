import { createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { problemOf } from '../src/client'
import { compile } from '../src/client/compile'
import { JavaException } from '../src/core/exceptions'
import { problem, ProblemError, warning, type Problem } from '../src/core/problem'
import { executionPlanText } from '../src/graph/plansAsJson'
import { jobsOf, planProgram } from '../src/minicluster/assemble'
import { endOfEndless } from '../src/minicluster/dataEnd'
import { runToEnd } from '../src/minicluster/headless'
import { startLocalRun } from '../src/minicluster/local'
import type { RunRequest, StartRun } from '../src/minicluster/types'
import { checkScenario } from '../src/scenario/checks'
import { appDataFrom } from '../src/scenario/node'
import { readTopics } from '../src/scenario/topics'
import type { Scenario } from '../src/scenario/types'
import { TraceWriter } from '../src/trace/codec'
import { TraceLog } from '../src/trace/log'
import { Guard } from './guard'
import { filesInFolder } from './directory'
import { parseRun, UsageError, type RunArguments } from './args'
import { PrintedOutput } from './output'
import { scenarioOf } from './scenario'
import { Terminal } from './terminal'

const USAGE = `Usage: tidemark run [OPTIONS] FILE
       tidemark info [OPTIONS] FILE
       tidemark why [OPTIONS] FILE

run executes a program (.ts) or a scenario (.json) and prints what its sinks write.
info prints the execution plan of its first job, as JSON.
why runs it to a moment and says of everything that is puzzling there (windows and timers that have not fired, records
without effect, watermarks that stand, sinks without output) what causes it, down to the root, and what would change it.

  -p, --parallelism N      parallelism.default
  -D key=value             a configuration key of Flink's; may stand several times
  --input NAME=FILE        rows of topic NAME, from a CSV or JSON file
  --language en|zh         language of problems

Of run alone:
  --deployment DEPLOYMENT  local (one thread) or workers (a thread for the JobManager and each TaskManager)
  --trace FILE             writes everything that happened to FILE
  --files DIR              keeps the run's files in DIR: a savepoint of one run is there for the next; without it in memory
  -s, --fromSavepoint PATH starts from a savepoint or retained checkpoint
  -n, --allowNonRestoredState
                           starts though some of its state belongs to no operator of the program
  -rm, --restoreMode MODE  CLAIM, NO_CLAIM or LEGACY (also -cm, --claimMode)
  --check                  compiles and plans only

Of why alone:
  --at TIME                the moment, in time of the run: 12.5s, 250ms; without it the end
  --json                   answers as JSON`

/** The project's folder, from wherever this has been bundled to: the link in node_modules/.bin is not followed here. */
const publicFolder = (): string => join(process.env.TIDEMARK_ROOT ?? dirname(dirname(fileURLToPath(import.meta.url))), 'public')

/** Flink's local environment has as many slots as the job needs. */
const withSlots = (scenario: Scenario, sharedSlots: number): Scenario =>
  scenario.configuration['taskmanager.numberOfTaskSlots'] === undefined
    ? { ...scenario, configuration: { ...scenario.configuration, 'taskmanager.numberOfTaskSlots': String(Math.max(1, sharedSlots)) } }
    : scenario

const deploymentOf = async (name: RunArguments['deployment'], guard: Guard): Promise<StartRun> => {
  if (name === 'local') return (request) => startLocalRun(request, { pause: guard.beat })
  const { startOnThreads } = await import('../src/minicluster/node')
  // Those threads have a watch of their own; this one only waits for them.
  return async (request) => {
    await guard.end()
    return startOnThreads(request)
  }
}

/** Virtual µs after the last record in which an unbounded job may still answer: its watermarks, timers and windows. */
const AFTER_THE_DATA = 10_000_000

/** What the editor would underline: warnings, for types are gone when the program runs. */
async function typeProblems(text: string): Promise<readonly Problem[]> {
  const { programChecker } = await import('../scripts/flink-types')
  return programChecker()(text).map(({ message, line, column }) => warning('program-type', { message }, { in: 'program', line, column }))
}

type Action = (args: RunArguments, terminal: Terminal, guard: Guard) => Promise<number>

async function guarded(action: Action, args: RunArguments, terminal: Terminal): Promise<number> {
  const guard = new Guard((problem) => {
    terminal.flush()
    terminal.problem(problem)
  })
  try {
    return await action(args, terminal, guard)
  } finally {
    await guard.end()
  }
}

/** The scenario with its program compiled and its topics read; null if something in it must be mended first, which was said. */
async function requestOf(
  args: RunArguments,
  terminal: Terminal,
  guard: Guard,
): Promise<{ readonly request: RunRequest; readonly local: boolean } | null> {
  const { scenario, local, problems: asked } = scenarioOf(args)
  if (scenario.plan !== undefined) {
    terminal.problem(problem('plan-no-run', {}, { in: 'run' }))
    return null
  }
  const compiled = compile(scenario.program.text)
  // TypeScript may take its time on a busy machine; the program is not running yet.
  if (args.check) for (const complaint of await guard.during(() => typeProblems(scenario.program.text))) terminal.problem(complaint)
  const { topics, problems } = await readTopics(scenario, appDataFrom(publicFolder()))
  for (const found of [...asked, ...checkScenario(scenario), ...problems]) terminal.problem(found)
  return terminal.errors > 0 ? null : { request: { scenario, compiled, topics, tracing: args.trace !== undefined }, local }
}

/** Mirrors CliFrontend.info. */
async function info(args: RunArguments, terminal: Terminal, guard: Guard): Promise<number> {
  const prepared = await requestOf(args, terminal, guard)
  if (prepared === null) return 1
  const [job] = jobsOf(prepared.request, [])
  terminal.out('----------------------- Execution Plan -----------------------')
  terminal.out(executionPlanText(job!.streamGraph))
  terminal.out('--------------------------------------------------------------')
  terminal.out('\nNo description provided.')
  terminal.flush()
  return 0
}

async function run(args: RunArguments, terminal: Terminal, guard: Guard): Promise<number> {
  const prepared = await requestOf(args, terminal, guard)
  if (prepared === null) return 1
  // Reading and type checking were this process's own: the program's time begins here.
  guard.beat()
  const { request, local } = prepared
  const { topics } = request
  const plan = planProgram(request, [])
  if (args.check) {
    for (const problem of plan.warnings) terminal.problem(problem)
    return 0
  }
  const scenario = local ? withSlots(request.scenario, plan.executionGraph.sharedSlots) : request.scenario
  const until = endOfEndless(plan.streamGraph, topics, AFTER_THE_DATA)

  const file = args.trace === undefined ? null : createWriteStream(args.trace)
  let writer: TraceWriter | null = null
  let printed: PrintedOutput | null = null
  const start = await deploymentOf(args.deployment, guard)
  const outcome = await runToEnd(
    { ...request, scenario, ...(args.files === undefined ? {} : { files: filesInFolder(args.files) }) },
    {
      start,
      ...(until === undefined ? {} : { until }),
      onHeader: (header) => {
        for (const problem of header.warnings) terminal.problem(problem)
        printed = new PrintedOutput(header, terminal)
        if (file !== null) writer = new TraceWriter(header, (bytes) => file.write(bytes))
      },
      onPage: (page) => {
        printed?.page(page)
        writer?.append(page)
        terminal.page()
      },
    },
  )
  terminal.flush()
  if (file !== null) {
    ;(writer as TraceWriter | null)?.end()
    await new Promise<void>((resolve, reject) => file.end((error?: Error | null) => (error ? reject(error) : resolve())))
  }
  if (outcome.end.state === 'broken') {
    terminal.problem(outcome.end.problem)
    return 1
  }
  if (outcome.end.state === 'paused') {
    terminal.problem(warning('job-unbounded', { seconds: Math.round(outcome.frontier / 1e6) }, { in: 'run' }))
  }
  const failed = outcome.jobs.filter(({ status }) => status === 'FAILED')
  // Flink's own form of a failed program (FLINK.md L-1).
  for (const { reason } of failed) {
    terminal.err(
      `\n------------------------------------------------------------\n The program finished with the following exception:\n\n${FAILED}\nCaused by: ${reason}`,
    )
  }
  // What was put right by a restart is no failure of the program.
  return failed.length === 0 ? 0 : 1
}

/** What a client hears of any job that failed; why comes below it. */
const FAILED = 'org.apache.flink.runtime.client.JobExecutionException: Job execution failed.'

/** Runs to the moment, keeps the trace in memory, and asks. What fails meanwhile is part of the answer. */
async function explain(args: RunArguments, terminal: Terminal, guard: Guard): Promise<number> {
  const prepared = await requestOf(args, terminal, guard)
  if (prepared === null) return 1
  guard.beat()
  const { request, local } = prepared
  const plan = planProgram(request, [])
  const scenario = local ? withSlots(request.scenario, plan.executionGraph.sharedSlots) : request.scenario
  const until = args.at ?? endOfEndless(plan.streamGraph, request.topics, AFTER_THE_DATA)
  const log = new TraceLog()
  const start = await deploymentOf(args.deployment, guard)
  const { header, end, frontier } = await runToEnd(
    { ...request, scenario, tracing: true },
    {
      start,
      ...(until === undefined ? {} : { until }),
      onHeader: ({ warnings }) => {
        for (const problem of warnings) terminal.problem(problem)
      },
      onPage: (page) => log.append(page),
    },
  )
  if (end.state === 'broken') {
    terminal.problem(end.problem)
    return 1
  }
  const time = args.at ?? Math.max(log.endTime, Math.min(frontier, until ?? 0))
  const { tellWhy } = await import('./why')
  tellWhy({ header, log, scenario, event: log.lastAt(time), time, topics: request.topics }, args.language, args.json, (line) =>
    terminal.out(line),
  )
  terminal.flush()
  return 0
}

const ACTIONS: Readonly<Record<string, Action | undefined>> = { run, info, why: explain }

/** The command line's entry; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv
  if (action === undefined || action === '-h' || action === '--help') {
    process.stdout.write(action === undefined ? `Please specify an action.\n\n${USAGE}\n` : `${USAGE}\n`)
    return action === undefined ? 1 : 0
  }
  const act = ACTIONS[action]
  if (act === undefined) {
    process.stderr.write(
      `"${action}" is not a valid action.\n\nValid actions are "run", "info", "why".\n\nSpecify the help option (-h or --help) to get help on the command.\n`,
    )
    return 1
  }
  if (rest.includes('-h') || rest.includes('--help')) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  let terminal = new Terminal('en')
  try {
    const args = parseRun(rest, action as 'run' | 'info' | 'why')
    terminal = new Terminal(args.language)
    return await guarded(act, args, terminal)
  } catch (error) {
    terminal.flush()
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\nUse the help option (-h or --help) to get help on the command.\n`)
      return 1
    }
    // What is no mistake of the person's keeps its stack: it is ours to mend.
    if (!(error instanceof ProblemError) && !(error instanceof JavaException)) throw error
    terminal.problem(problemOf(error))
    return 1
  }
}
