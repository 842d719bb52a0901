import { compile } from '../../client/compile'
import type { EventPage } from '../../core/page'
import { runToEnd } from '../../minicluster/headless'
import type { Outcome } from '../../minicluster/headless'
import type { RunFiles, StartRun } from '../../minicluster/types'
import { readTopics } from '../../scenario/topics'
import type { Scenario } from '../../scenario/types'
import { TraceLog } from '../../trace/log'
import type { TraceReader } from '../../trace/log'
import { TraceKind } from '../../trace/kinds'

/** Virtual µs after which a job that is still not over has got stuck: all of them are bounded, and restart for ever. */
const PATIENCE = 900_000_000

/** A job of a few hundred records that has more to tell than this goes round in circles. */
const MOST_EVENTS = 400_000

/** One thing that an outside system was given. */
export interface Written {
  /** JSON of [key or null, value]. */
  readonly what: string
  readonly transaction: number
}

/** A run as it looks from outside. */
export interface Observed {
  readonly scenario: Scenario
  readonly outcome: Outcome
  readonly log: TraceLog
  readonly systems: ReadonlyMap<string, SystemContent>
  /** Completed checkpoints and savepoints, in order: [job, id]. */
  readonly completed: readonly number[]
  readonly restarts: number
}

export interface SystemContent {
  readonly kind: 'table' | 'topic' | 'directory'
  /** Written, visible at once or committed, in the order in which it became visible. */
  readonly visible: readonly string[]
  /** Of open or aborted transactions. */
  readonly invisible: readonly string[]
  /** Committed twice, or after it was aborted. */
  readonly wrong: readonly string[]
}

/** Runs the scenario, traced, to its end. */
export async function observe(scenario: Scenario, where: { readonly start?: StartRun; readonly files?: RunFiles } = {}): Promise<Observed> {
  const { start, files } = where
  const { topics, problems } = await readTopics(scenario, () => Promise.reject(new Error('a chaos scenario brings its own data')))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const log = new TraceLog()
  const onPage = (page: EventPage): void => {
    log.append(page)
    if (log.length > MOST_EVENTS) throw new Error(`more than ${MOST_EVENTS} events, and the job is not over at ${log.endTime} µs`)
  }
  const outcome = await runToEnd(
    { scenario, compiled: compile(scenario.program.text), topics, tracing: true, ...(files === undefined ? {} : { files }) },
    { until: PATIENCE, onPage, ...(start === undefined ? {} : { start }) },
  )
  return { scenario, outcome, log, ...contentOf(log) }
}

interface Building {
  kind: SystemContent['kind']
  readonly name: string
  readonly visible: string[]
  readonly open: Map<number, string[]>
  readonly over: Map<number, 'committed' | 'aborted'>
  readonly wrong: string[]
}

function contentOf(log: TraceLog): Pick<Observed, 'systems' | 'completed' | 'restarts'> {
  const systems: Building[] = []
  const completed: number[] = []
  let restarts = 0
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    if (event.kind === TraceKind.CheckpointCompleted) completed.push(event.b)
    else if (event.kind === TraceKind.JobRestored) restarts++
    else if (event.kind === TraceKind.ExternalNamed) {
      systems[event.a] = {
        kind: (['table', 'topic', 'directory'] as const)[event.b]!,
        name: event.text(),
        visible: [],
        open: new Map(),
        over: new Map(),
        wrong: [],
      }
    } else move(systems[event.a], event)
  }
  const told = systems.map(({ name, kind, visible, open, wrong }): [string, SystemContent] => [
    name,
    { kind, visible, invisible: [...open.values()].flat(), wrong },
  ])
  return { systems: new Map(told), completed, restarts }
}

function move(system: Building | undefined, event: TraceReader): void {
  const { kind, b: transaction } = event
  if (kind === TraceKind.ExternalWrote) {
    const what = JSON.stringify(event.value())
    if (transaction < 0) system!.visible.push(what)
    else if (system!.over.has(transaction))
      system!.wrong.push(`written into transaction ${transaction}, which is ${system!.over.get(transaction)}: ${what}`)
    else if (system!.open.has(transaction)) system!.open.get(transaction)!.push(what)
    else system!.open.set(transaction, [what])
  } else if (kind === TraceKind.ExternalCommitted) {
    if (system!.over.get(transaction) === 'aborted') system!.wrong.push(`transaction ${transaction} is committed after it was aborted`)
    system!.visible.push(...(system!.open.get(transaction) ?? []))
    system!.open.delete(transaction)
    system!.over.set(transaction, 'committed')
  } else if (kind === TraceKind.ExternalAborted && system!.over.get(transaction) !== 'committed') system!.over.set(transaction, 'aborted')
}
