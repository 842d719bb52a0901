import { Configuration, type ConfigOption } from '../../core/configuration'
import { LONG_MIN } from '../../core/time'
import { watermarkSettingsOf } from '../../graph/timeSettings'
import type { WatermarkSettings } from '../../graph/timeSettings'
import type { Channel, ExecutionGraph, JobVertex, StreamNode } from '../../graph/types'
import type { Selection } from '../../scenario/types'
import { aliveVertices } from '../../trace/cluster/members'
import { graphAt, grownHeader } from '../../trace/graphs'
import { processingTimeAt } from '../../trace/processingTime'
import { EXECUTION_STATES, JOB_STATUSES } from '../../trace/kinds'
import type { ExecutionState, JobStatus } from '../../trace/kinds'
import type { TraceLog, TraceReader } from '../../trace/log'
import { operatorName, subtaskName } from '../../trace/narration'
import type { TraceHeader } from '../../trace/types'
import { clockAt, type ClockReading } from './clock'
import { evidenceOf, type Evidence, type NodeEvidence, type ProcessEvidence } from './evidence'
import type { Cause, CauseArg, WhySources } from './types'

/** Where a watermark comes from, seen from an operator: something of its own chain, or the inputs of its task. */
export type Point = { readonly at: 'generator'; readonly node: StreamNode } | { readonly at: 'inputs' }

/** A moment of a run, with all that rules need to look up: topology, what was said, the clock. */
export class Situation {
  readonly header: TraceHeader
  readonly graph: ExecutionGraph
  readonly log: TraceLog
  readonly event: number
  readonly time: number
  readonly evidence: Evidence
  readonly clock: ClockReading
  private readonly reader: TraceReader
  private readonly topology: Topology

  constructor(
    readonly sources: WhySources,
    /** Another moment of the same run: what was so then. */
    event = sources.event,
    time = sources.time,
  ) {
    const { header, log, scenario } = sources
    this.header = grownHeader(header, log)
    this.log = log
    this.event = Math.min(event, log.length - 1)
    this.time = time
    this.graph = graphAt(header, log, this.event)
    this.evidence = evidenceOf(log, this.event)
    this.clock = clockAt(header, scenario.interventions, time)
    this.reader = log.reader()
    this.topology = topologyOf(this.header.executionGraph)
  }

  /** The same run as it was right after an event. */
  atEvent(event: number): Situation {
    return new Situation(this.sources, event, this.log.timeAt(Math.max(0, event)))
  }
  node(id: number): StreamNode | undefined {
    return this.header.streamGraph.nodes.find((node) => node.id === id)
  }
  name(id: number): string {
    return operatorName(this.header, id)
  }
  subtaskName(exec: number): string {
    return subtaskName(this.header, exec)
  }
  at(event: number): TraceReader {
    return this.reader.to(event)
  }
  x(event: number, none = LONG_MIN): number {
    return event < 0 ? none : this.at(event).x
  }
  /** What the clocks showed when an event happened, ms since the epoch. */
  clockAtEvent(event: number): number {
    return processingTimeAt(this.sources.header, this.timeOf(event))
  }
  timeOf(event: number): number {
    return event < 0 ? 0 : this.log.timeAt(event)
  }

  // ---- topology --------------------------------------------------------------------------------------------------------

  /** Job vertices that run a node: one, or none for what has no operator. */
  jobVertexOf(node: number): JobVertex | undefined {
    return this.topology.vertexOfNode.get(node)
  }
  /** Execution vertices alive at the moment that run a node, by subtask. */
  subtasksOf(node: number): readonly number[] {
    const vertex = this.jobVertexOf(node)
    return vertex === undefined ? [] : aliveVertices(this.graph, vertex.index)
  }
  vertexOf(exec: number): JobVertex {
    return this.graph.job.vertices[this.header.executionGraph.vertices[exec]!.vertex]!
  }
  inputsOf(exec: number): readonly Channel[] {
    return this.topology.inputs[exec] ?? []
  }
  outputsOf(exec: number): readonly Channel[] {
    return this.topology.outputs[exec] ?? []
  }
  jobEdge(channel: Channel) {
    return this.graph.job.edges[channel.edge]!
  }
  /** The operator before one in its chain; undefined for the head. */
  parentInChain(vertex: JobVertex, node: number): number | undefined {
    return vertex.chain.find(({ outputs }) => outputs.some((output) => output.node === node))?.node
  }
  /** Of an operator and what stands before it in its chain, itself first. */
  chainUp(vertex: JobVertex, node: number): number[] {
    const path: number[] = []
    for (let at: number | undefined = node; at !== undefined && path.length < 200; at = this.parentInChain(vertex, at)) path.push(at)
    return path
  }
  /** Whether `node` gets what `ancestor` gives, inside one chain. */
  isBehind(vertex: JobVertex, node: number, ancestor: number): boolean {
    return this.chainUp(vertex, node).includes(ancestor)
  }

  /** Whether all that reaches a node ends some day. */
  ends(id: number): boolean {
    const seen = new Set([id])
    for (const at of seen) {
      if (this.node(at)?.operator.params.source === 'log' && this.node(at)?.operator.params.bounded !== true) return false
      for (const { from, to } of this.header.streamGraph.edges) if (to === at) seen.add(from)
    }
    return true
  }
  isGenerator(node: StreamNode): boolean {
    return node.role === 'source' || node.operator.kind === 'timestampsAndWatermarks'
  }
  watermarks(node: StreamNode): WatermarkSettings | null {
    return watermarkSettingsOf(node)
  }
  /** Whose watermark comes out of an operator (`out`), or into it. */
  pointOf(exec: number, node: number, out: boolean): Point {
    const path = this.chainUp(this.vertexOf(exec), node)
    for (const id of out ? path : path.slice(1)) {
      const found = this.node(id)
      if (found !== undefined && this.isGenerator(found)) return { at: 'generator', node: found }
    }
    return { at: 'inputs' }
  }

  // ---- who said what ---------------------------------------------------------------------------------------------------

  processOf(exec: number): number {
    return this.log.names.processAt(exec, this.event)
  }
  said(exec: number): ProcessEvidence | undefined {
    return this.evidence.processes.get(this.processOf(exec))
  }
  saidOf(exec: number, node: number): NodeEvidence | undefined {
    return this.said(exec)?.nodes.get(node)
  }
  /** Event of a task's combined watermark, −1 before the first. */
  advancedEvent(exec: number): number {
    return this.log.names.watermarkAt(this.processOf(exec), this.event)
  }
  emittedEvent(exec: number, node: number): number {
    return this.saidOf(exec, node)?.watermarks.last(this.event) ?? -1
  }
  /** Event that told the watermark at a point. */
  pointEvent(exec: number, point: Point): number {
    return point.at === 'inputs' ? this.advancedEvent(exec) : this.emittedEvent(exec, point.node.id)
  }

  jobStatus(job: number): { readonly status: JobStatus; readonly event: number } {
    const event = this.evidence.jobs[job]?.last(this.event) ?? -1
    return { status: event < 0 ? 'CREATED' : JOB_STATUSES[this.at(event).a]!, event }
  }
  execution(exec: number): { readonly state: ExecutionState; readonly event: number } {
    const event = this.evidence.executions[exec]?.last(this.event) ?? -1
    return { state: event < 0 ? 'CREATED' : EXECUTION_STATES[this.at(event).c]!, event }
  }
  jobOf(exec: number): number {
    return this.vertexOf(exec).job
  }
  /** An option of Flink's as the job has it: the program's word beats the cluster's. */
  option<T>(job: number, option: ConfigOption<T>): T {
    const { configuration } = this.sources.scenario
    const own = { ...this.header.streamGraph.configuration, ...this.graph.job.jobs[job]?.configuration }
    return Configuration.fromMap({ ...configuration, ...own }).get(option)
  }
  /** The event of an intervention of the scenario that has happened, −1 otherwise. */
  interventionEvent(index: number): number {
    for (const event of this.evidence.interventions.list(this.event)) if (this.at(event).a === index) return event
    return -1
  }

  // ---- words -----------------------------------------------------------------------------------------------------------

  cause(code: string, args: Readonly<Record<string, CauseArg>>, event: number, selection?: Selection): Cause {
    return { code, args, event, ...(selection === undefined ? {} : { selection }) }
  }
  subtaskSelection(exec: number): Selection {
    const { vertex, subtask } = this.header.executionGraph.vertices[exec]!
    return { kind: 'subtask', vertex, subtask }
  }
  isSource(exec: number): boolean {
    return this.inputsOf(exec).length === 0
  }
}

export const eventTime = (ms: number): CauseArg => ({ eventTime: ms })
export const spanOf = (ms: number): CauseArg => ({ span: ms })
export const processingTime = (ms: number): CauseArg => ({ processingTime: ms })

interface Topology {
  readonly inputs: readonly Channel[][]
  readonly outputs: readonly Channel[][]
  readonly vertexOfNode: ReadonlyMap<number, JobVertex>
}
const topologies = new WeakMap<ExecutionGraph, Topology>()

function topologyOf(graph: ExecutionGraph): Topology {
  const known = topologies.get(graph)
  if (known !== undefined) return known
  const inputs: Channel[][] = []
  const outputs: Channel[][] = []
  for (const channel of graph.channels) {
    ;(inputs[channel.to] ??= []).push(channel)
    ;(outputs[channel.from] ??= []).push(channel)
  }
  const vertexOfNode = new Map<number, JobVertex>()
  for (const vertex of graph.job.vertices)
    for (const { node } of [...vertex.chain, ...(vertex.chainedSources ?? [])]) vertexOfNode.set(node, vertex)
  const topology = { inputs, outputs, vertexOfNode }
  topologies.set(graph, topology)
  return topology
}
