import { compile } from '../client/compile'
import type { EventPage } from '../core/page'
import type { Problem } from '../core/problem'
import { javaToString, valueFromBytes } from '../core/values'
import { rescaled } from '../graph/executionGraph'
import type { ExecutionGraph } from '../graph/types'
import { newScenario } from '../scenario/defaults'
import type { ResolvedTopic, Scenario } from '../scenario/types'
import { EXECUTION_STATES, TraceKind } from '../trace/kinds'
import type { TraceKindName } from '../trace/kinds'
import type { TraceHeader } from '../trace/types'
import { runToEnd } from './headless'
import type { Outcome } from './headless'
import type { RunFiles, StartRun } from './types'

/** One event of a trace, unpacked: for tests, which look at few. */
export interface SeenEvent {
  readonly time: number
  readonly process: number
  readonly kind: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly x: number
  readonly payload: Uint8Array
}

export interface TestRun extends Outcome {
  readonly events: readonly SeenEvent[]
  /** Every byte of the trace, to compare runs. */
  readonly pages: readonly EventPage[]
}

export interface TestRunOptions {
  readonly scenario?: Partial<Scenario>
  readonly configuration?: Readonly<Record<string, string>>
  readonly topics?: readonly ResolvedTopic[]
  readonly tracing?: boolean
  readonly until?: number
  readonly start?: StartRun
  /** Where files lie: a savepoint of one run for the next. */
  readonly files?: RunFiles
}

/** For tests: runs a program's text to its end and keeps all that its trace says. */
export async function testRun(text: string, options: TestRunOptions = {}): Promise<TestRun> {
  const base = newScenario()
  const scenario: Scenario = {
    ...base,
    ...options.scenario,
    program: { language: 'typescript', text },
    configuration: { ...base.configuration, ...options.configuration },
  }
  const events: SeenEvent[] = []
  const pages: EventPage[] = []
  const request = {
    scenario,
    compiled: compile(text),
    topics: options.topics ?? [],
    tracing: options.tracing ?? true,
    ...(options.files === undefined ? {} : { files: options.files }),
  }
  const outcome = await runToEnd(request, {
    ...(options.until === undefined ? {} : { until: options.until }),
    ...(options.start === undefined ? {} : { start: options.start }),
    onPage: (page) => {
      pages.push(page)
      for (let i = 0; i < page.count; i++) {
        events.push({
          time: page.time[i]!,
          process: page.process[i]!,
          kind: page.kind[i]!,
          a: page.a[i]!,
          b: page.b[i]!,
          c: page.c[i]!,
          d: page.d[i]!,
          x: page.x[i]!,
          payload: page.payload.slice(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!),
        })
      }
    },
  })
  return { ...outcome, events, pages }
}

export const ofKind = (run: TestRun, kind: TraceKindName): SeenEvent[] => run.events.filter((event) => event.kind === TraceKind[kind])

/** The execution graph at first, and after each time that a job was scheduled with another parallelism. */
export function graphsOf(run: TestRun): readonly ExecutionGraph[] {
  const graphs = [run.header.executionGraph]
  for (const { a, payload } of ofKind(run, 'ExecutionGraphCreated')) {
    graphs.push(rescaled(graphs.at(-1)!, a, valueFromBytes(payload) as readonly number[]))
  }
  return graphs
}

/** What arrived at the sinks, as Flink prints it, `N> ` in front where the sink has several subtasks. */
export function sinkLines(run: TestRun): string[] {
  const tasks = new Map<number, number>()
  for (const event of ofKind(run, 'ExecutionState')) if (event.d !== 0) tasks.set(event.d, event.a)
  const { vertices } = graphsOf(run).at(-1)!
  return ofKind(run, 'SinkRecord').map(({ process, payload }) => {
    const { parallelism, subtask } = vertices[tasks.get(process)!]!
    const prefix = parallelism > 1 ? `${subtask + 1}> ` : ''
    return `${prefix}${javaToString(valueFromBytes(payload))}`
  })
}

/** States of one subtask, `CREATED SCHEDULED …`. */
export const statesOf = (run: TestRun, execution: number): string =>
  ofKind(run, 'ExecutionState')
    .filter(({ a }) => a === execution)
    .map(({ c }) => EXECUTION_STATES[c])
    .join(' ')

export const problemsOf = (run: TestRun): Problem[] =>
  ofKind(run, 'Problem').map(({ payload }) => JSON.parse(new TextDecoder().decode(payload)) as Problem)

/** A topic of one record each `every` ms in a partition, from `a@1 b@3 c` on (event time behind the @). */
export function topicOf(name: string, partitions: readonly string[], every = 0): ResolvedTopic {
  return {
    name,
    columns: ['value'],
    partitions: partitions.map((text) =>
      text
        .split(' ')
        .filter((item) => item !== '')
        .map((item, i) => {
          const [value, time] = item.split('@')
          return { value: { value: value! }, timestamp: time === undefined ? null : Number(time), arrival: i * every * 1000, row: i }
        }),
    ),
  }
}

/** Node id of an operator, by its name. */
export const nodeNamed = (header: TraceHeader, name: string): number => header.streamGraph.nodes.find((node) => node.name === name)!.id
