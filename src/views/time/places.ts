import { TraceKind } from '../../trace/kinds'
import { windowSettingsOf, watermarkSettingsOf } from '../../graph/timeSettings'
import type { ExecutionGraph, StreamNode } from '../../graph/types'
import type { Selection } from '../../scenario/types'
import type { TraceHeader } from '../../trace/types'

/** Where one stands to look at time: what has come there, and what watermarks say there. */
export type Place =
  /** All partitions of a source, or what a source without partitions gave. */
  | { readonly kind: 'source'; readonly node: number }
  | { readonly kind: 'partition'; readonly node: number; readonly partition: number }
  /** All subtasks of a task, by its job vertex. */
  | { readonly kind: 'task'; readonly vertex: number }
  | { readonly kind: 'subtask'; readonly vertex: number; readonly subtask: number }
  /** Behind an operator in a task that gives records their timestamps: what leaves the task. */
  | { readonly kind: 'stamped'; readonly vertex: number; readonly node: number }

export interface NamedPlace {
  readonly id: string
  readonly place: Place
  /** Operator or task; its number within, −1: the whole. */
  readonly name: string
  readonly number: number
}

export const placeId = (place: Place): string => {
  switch (place.kind) {
    case 'source':
      return `source ${place.node}`
    case 'partition':
      return `partition ${place.node} ${place.partition}`
    case 'task':
      return `task ${place.vertex}`
    case 'subtask':
      return `subtask ${place.vertex} ${place.subtask}`
    case 'stamped':
      return `stamped ${place.vertex} ${place.node}`
  }
}

/** A short name of an operator: without Flink's prefixes. */
export const shortName = (name: string): string => name.replace(/^(Source|Sink): /, '').split(' -> ')[0]!

/** The name of the topic that a source reads; null: it reads none. */
export function topicOf({ operator }: StreamNode): string | null {
  const { source, topic } = operator.params
  return operator.kind === 'source' && source === 'log' && typeof topic === 'string' ? topic : null
}

/** Every place of the run, in the order in which records pass them. `graph` is the execution graph as it has become. */
export function placesOf(header: TraceHeader, graph: ExecutionGraph): readonly NamedPlace[] {
  const found: NamedPlace[] = []
  const add = (place: Place, name: string, number = -1): void => void found.push({ id: placeId(place), place, name, number })
  const nodeOf = new Map(header.streamGraph.nodes.map((node) => [node.id, node]))
  for (const { index, chain, chainedSources } of graph.job.vertices) {
    for (const { node: id } of [...chain, ...(chainedSources ?? [])]) {
      const node = nodeOf.get(id)
      if (node === undefined) continue
      const name = shortName(node.name)
      if (node.role === 'source') {
        add({ kind: 'source', node: id }, name)
        const topic = header.topics.find((known) => known.name === topicOf(node))
        for (let partition = 0; partition < (topic?.partitions ?? 0); partition++)
          add({ kind: 'partition', node: id, partition }, name, partition)
      } else if (node.operator.kind === 'timestampsAndWatermarks' && id !== chain[0]!.node)
        add({ kind: 'stamped', vertex: index, node: id }, name)
    }
    const head = nodeOf.get(chain[0]!.node)
    if (head === undefined || head.role === 'source') continue
    const name = shortName(head.name)
    add({ kind: 'task', vertex: index }, name)
    const subtasks = graph.vertices.reduce((most, at) => (at.vertex === index ? Math.max(most, at.subtask + 1) : most), 0)
    if (subtasks > 1) for (let subtask = 0; subtask < subtasks; subtask++) add({ kind: 'subtask', vertex: index, subtask }, name, subtask)
  }
  return found
}

/** Where most happens: the first task with windows, else with timers or a join, else behind the first source. */
export function firstPlace(header: TraceHeader, places: readonly NamedPlace[]): Place | null {
  const { nodes } = header.streamGraph
  const { vertices } = header.executionGraph.job
  const tells = (node: StreamNode): boolean => windowSettingsOf(node) !== null || node.operator.kind === 'window'
  const timed = (node: StreamNode): boolean => /^(intervalJoin|keyedProcess|keyedCoProcess)$/.test(node.operator.kind)
  for (const wanted of [tells, timed]) {
    const vertex = vertices.find(({ chain }) => chain.some(({ node }) => nodes.some((known) => known.id === node && wanted(known))))
    if (vertex !== undefined) return { kind: 'task', vertex: vertex.index }
  }
  const marked = places.find(({ place }) => place.kind === 'stamped') ?? places[0]
  return marked?.place ?? null
}

/** The place that a selection is at, if it is one. */
export function placeOfSelection(selection: Selection | null): Place | null {
  switch (selection?.kind) {
    case 'partition':
      return { kind: 'partition', node: selection.node, partition: selection.partition }
    case 'subtask':
      return { kind: 'subtask', vertex: selection.vertex, subtask: selection.subtask }
    case 'task':
      return { kind: 'task', vertex: selection.vertex }
    default:
      return null
  }
}

/** Execution vertices that the place is made of, in order: those of all graphs of the run. */
export function executionsOf(graph: ExecutionGraph, place: Place): readonly number[] {
  const wanted = (vertex: number, subtask: number): boolean => {
    switch (place.kind) {
      case 'task':
      case 'stamped':
        return vertex === place.vertex
      case 'subtask':
        return vertex === place.vertex && subtask === place.subtask
      default: {
        const { chain, chainedSources } = graph.job.vertices[vertex]!
        return chain[0]!.node === place.node || chainedSources?.some(({ node }) => node === place.node) === true
      }
    }
  }
  return graph.vertices.filter(({ vertex, subtask }) => wanted(vertex, subtask)).map(({ index }) => index)
}

/** Whether watermarks of a source's subtasks can be told at all there: the source has a strategy. */
export const hasStrategy = (node: StreamNode): boolean => {
  const settings = watermarkSettingsOf(node)
  return settings !== null && settings.generator.type !== 'none'
}

/** Kinds of events that bring a record to a place. */
export const BRINGS: ReadonlySet<number> = new Set([TraceKind.SourceRecord, TraceKind.RecordIn, TraceKind.RecordOut])
