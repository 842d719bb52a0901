import type { ExecutionGraph, StreamGraph } from '../../graph/types'
import { FloatColumn, IntColumn } from '../columns'
import type { TraceHeader } from '../types'

/**
 * What never changes during a run, looked up by number; and the columns that all states of one fold share. A graph that is made anew
 * appends to it: what a state has not come to yet is not its business.
 */
export class ClusterPlan {
  /** The graph that the run begins with; a state has the one of its moment. */
  readonly first: ExecutionGraph
  readonly streamGraph: StreamGraph
  /** As the header tells them; others are known once they register. */
  readonly hosts: TraceHeader['hosts']
  /** By execution vertex: ids of its channels. */
  readonly inputs: (readonly number[])[] = []
  readonly outputs: (readonly number[])[] = []
  channelFrom: Int32Array = new Int32Array(0)
  channelTo: Int32Array = new Int32Array(0)
  /** By execution vertex: the operator at the head of its chain. */
  head: Int32Array = new Int32Array(0)
  isSource: Uint8Array = new Uint8Array(0)
  jobVertexOf: Int32Array = new Int32Array(0)

  /** By process, once it was deployed. An address is never given to another vertex. */
  readonly vertexOf = new Map<number, number>()
  /** By channel: what went onto it in order. An event index for a record, its complement (~) for a watermark or status. */
  readonly items: IntColumn[] = []
  /** By channel and buffer: up to which item it reaches, how many records it has, and the event that sent it. */
  readonly bufferEnd: IntColumn[] = []
  readonly bufferRecords: IntColumn[] = []
  readonly bufferEvent: IntColumn[] = []
  /** By channel and barrier: its checkpoint, the event that sent it, and how much was put on the channel before it (below 0: −1 − what it overtook). */
  readonly barrierId: IntColumn[] = []
  readonly barrierEvent: IntColumn[] = []
  readonly barrierBehind: IntColumn[] = []
  /** By execution vertex: what the task has been (TaskIo) since when. */
  readonly ioSince: FloatColumn[] = []
  readonly ioState: IntColumn[] = []

  constructor(header: TraceHeader) {
    this.first = header.executionGraph
    this.streamGraph = header.streamGraph
    this.hosts = header.hosts
    this.extend(header.executionGraph)
  }

  /** Takes in what a graph has behind those known so far; nothing, when another state of the fold was here before. */
  extend(graph: ExecutionGraph): void {
    const first = this.inputs.length
    if (graph.vertices.length <= first) return
    const fresh = graph.vertices.slice(first)
    const channels = graph.channels.slice(this.items.length)
    const inputs: number[][] = fresh.map(() => [])
    const outputs: number[][] = fresh.map(() => [])
    for (const channel of channels) {
      outputs[channel.from - first]!.push(channel.id)
      inputs[channel.to - first]!.push(channel.id)
      this.items.push(new IntColumn())
      this.bufferEnd.push(new IntColumn())
      this.bufferRecords.push(new IntColumn())
      this.bufferEvent.push(new IntColumn())
      this.barrierId.push(new IntColumn())
      this.barrierEvent.push(new IntColumn())
      this.barrierBehind.push(new IntColumn())
    }
    this.inputs.push(...inputs)
    this.outputs.push(...outputs)
    for (const _ of fresh) {
      this.ioSince.push(new FloatColumn())
      this.ioState.push(new IntColumn())
    }
    this.channelFrom = Int32Array.from(graph.channels, ({ from }) => from)
    this.channelTo = Int32Array.from(graph.channels, ({ to }) => to)
    this.jobVertexOf = Int32Array.from(graph.vertices, ({ vertex }) => vertex)
    this.head = Int32Array.from(graph.vertices, ({ vertex }) => graph.job.vertices[vertex]!.chain[0]!.node)
    this.isSource = Uint8Array.from(this.inputs, (ids) => (ids.length === 0 ? 1 : 0))
  }
}
