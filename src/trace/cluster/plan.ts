import type { ExecutionGraph, StreamGraph } from '../../graph/types'
import { FloatColumn, IntColumn } from '../columns'
import type { TraceHeader } from '../types'

/** What never changes during a run, looked up by number; and the columns that all states of one fold share. */
export class ClusterPlan {
  readonly graph: ExecutionGraph
  readonly streamGraph: StreamGraph
  readonly vertices: number
  readonly channels: number
  readonly hosts: number
  /** By execution vertex: ids of its channels. */
  readonly inputs: readonly (readonly number[])[]
  readonly outputs: readonly (readonly number[])[]
  readonly channelFrom: Int32Array
  readonly channelTo: Int32Array
  /** By execution vertex: the operator at the head of its chain. */
  readonly head: Int32Array
  readonly isSource: Uint8Array
  readonly jobVertexOf: Int32Array

  /** By process, once it was deployed. An address is never given to another vertex. */
  readonly vertexOf = new Map<number, number>()
  /** By channel: what went onto it in order. An event index for a record, its complement (~) for a watermark or status. */
  readonly items: readonly IntColumn[]
  /** By channel and buffer: up to which item it reaches, and the event that sent it. */
  readonly bufferEnd: readonly IntColumn[]
  readonly bufferEvent: readonly IntColumn[]
  /** By execution vertex: what the task has been (TaskIo) since when. */
  readonly ioSince: readonly FloatColumn[]
  readonly ioState: readonly IntColumn[]

  constructor(header: TraceHeader) {
    const graph = header.executionGraph
    this.graph = graph
    this.streamGraph = header.streamGraph
    this.vertices = graph.vertices.length
    this.channels = graph.channels.length
    this.hosts = header.hosts.reduce((most, { host }) => Math.max(most, host + 1), 0)
    const inputs: number[][] = graph.vertices.map(() => [])
    const outputs: number[][] = graph.vertices.map(() => [])
    for (const channel of graph.channels) {
      outputs[channel.from]!.push(channel.id)
      inputs[channel.to]!.push(channel.id)
    }
    this.inputs = inputs
    this.outputs = outputs
    this.channelFrom = Int32Array.from(graph.channels, ({ from }) => from)
    this.channelTo = Int32Array.from(graph.channels, ({ to }) => to)
    this.jobVertexOf = Int32Array.from(graph.vertices, ({ vertex }) => vertex)
    this.head = Int32Array.from(graph.vertices, ({ vertex }) => graph.job.vertices[vertex]!.chain[0]!.node)
    this.isSource = Uint8Array.from(inputs, (channels) => (channels.length === 0 ? 1 : 0))
    this.items = graph.channels.map(() => new IntColumn())
    this.bufferEnd = graph.channels.map(() => new IntColumn())
    this.bufferEvent = graph.channels.map(() => new IntColumn())
    this.ioSince = graph.vertices.map(() => new FloatColumn())
    this.ioState = graph.vertices.map(() => new IntColumn())
  }
}
