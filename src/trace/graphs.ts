import { rescaled } from '../graph/executionGraph'
import type { ExecutionGraph } from '../graph/types'
import type { TraceLog } from './log'
import type { TraceEvent, TraceHeader } from './types'

/** By graph, job and parallelisms: every fold and reader of a run gets the very same graph. */
const made = new WeakMap<ExecutionGraph, Map<string, ExecutionGraph>>()

/**
 * The graph after an ExecutionGraphCreated event; the same object for the same graph and event. What the event says must follow on
 * `graph`, as it does in every trace of ours: of any other, as from a damaged file, the graph stays as it is.
 */
export function grown(graph: ExecutionGraph, event: TraceEvent): ExecutionGraph {
  const parallelism = parallelismsOf(graph, event)
  if (parallelism === null) return graph
  let after = made.get(graph)
  if (after === undefined) made.set(graph, (after = new Map()))
  const name = `${event.a}:${parallelism.join()}`
  let next = after.get(name)
  if (next === undefined) after.set(name, (next = rescaled(graph, event.a, parallelism)))
  return next
}

function parallelismsOf(graph: ExecutionGraph, event: TraceEvent): readonly number[] | null {
  const { vertices, channels, sharedSlots, job } = graph
  if (event.b !== vertices.length || event.c !== channels.length || event.d !== sharedSlots) return null
  const value = event.value()
  if (job.jobs[event.a] === undefined || !Array.isArray(value) || value.length !== job.vertices.length) return null
  const parallelism = value.map(Number)
  const fits = job.vertices.every(({ index, job: of, maxParallelism }) => {
    const wanted = parallelism[index]!
    return of !== event.a || (Number.isInteger(wanted) && wanted > 0 && wanted <= maxParallelism)
  })
  return fits ? parallelism : null
}

/** By the log's names: a truncated log has new ones. The graphs of the run so far, the first one first. */
const histories = new WeakMap<object, ExecutionGraph[]>()

/** The execution graph as it is at event `upTo`; by default, as far as the log goes: it then has every number that any event names. */
export function graphAt(header: TraceHeader, log: TraceLog, upTo = log.length - 1): ExecutionGraph {
  const { names } = log
  const events = names.graphEvents
  const count = events.count(upTo)
  if (count === 0) return header.executionGraph
  let history = histories.get(names)
  if (history?.[0] !== header.executionGraph) histories.set(names, (history = [header.executionGraph]))
  while (history.length <= count) history.push(grown(history.at(-1)!, log.at(events.at(history.length - 1))))
  return history[count]!
}

const headers = new WeakMap<ExecutionGraph, TraceHeader>()

/**
 * The header with the execution graph as far as the log goes: what names and numbers are looked up in. Numbers never change their meaning, so it
 * is good for every moment; who lives at one moment is asked of `graphAt` or of a fold's state.
 */
export function grownHeader(header: TraceHeader, log: TraceLog): TraceHeader {
  const executionGraph = graphAt(header, log)
  if (executionGraph === header.executionGraph) return header
  let known = headers.get(executionGraph)
  if (known?.scenarioHash !== header.scenarioHash) headers.set(executionGraph, (known = { ...header, executionGraph }))
  return known
}
