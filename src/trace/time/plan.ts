import type { ExecutionGraph, StreamGraph, StreamNode } from '../../graph/types'

const GENERATOR = 'timestampsAndWatermarks'
/** Of a source: it reads a topic's partitions. */
const TOPIC = 'log'

/** What graphs say of time, looked up by number; graphs made anew append to it. */
export class TimePlan {
  /** By execution vertex: its logical inputs, and of each the channels in the order of its valve. */
  readonly inputs: (readonly (readonly number[])[])[] = []
  readonly outputs: (readonly number[])[] = []
  /** By channel: which logical input of its receiver it belongs to, and its place in the valve. */
  readonly inputOf: number[] = []
  readonly placeOf: number[] = []
  readonly channelFrom: number[] = []
  readonly channelTo: number[] = []
  /** By job vertex. */
  readonly isSource: readonly boolean[]
  readonly head: readonly number[]
  /** By operator: the job vertex that it is chained into. */
  readonly taskOf = new Map<number, number>()
  /** By operator: the one that it gets its elements from within its chain. Heads have none. */
  readonly parentOf = new Map<number, number>()
  readonly nodes = new Map<number, StreamNode>()
  private readonly job: ExecutionGraph['job']

  constructor(streamGraph: StreamGraph, graph: ExecutionGraph) {
    const { job } = graph
    this.job = job
    for (const node of streamGraph.nodes) this.nodes.set(node.id, node)
    const receivers = new Set(job.edges.map(({ toVertex }) => toVertex))
    this.isSource = job.vertices.map(({ index }) => !receivers.has(index))
    this.head = job.vertices.map(({ chain }) => chain[0]!.node)
    for (const { index, chain } of job.vertices) {
      for (const { node, outputs } of chain) {
        this.taskOf.set(node, index)
        for (const output of outputs) this.parentOf.set(output.node, node)
      }
    }
    this.extend(graph)
  }

  /** Takes in what a graph has behind those known so far. Inputs are made as a task makes them: edges of one type number are one (G-5). */
  extend(graph: ExecutionGraph): void {
    const first = this.inputs.length
    if (graph.vertices.length <= first) return
    const incoming: number[][] = []
    const outgoing: number[][] = []
    for (let vertex = first; vertex < graph.vertices.length; vertex++) {
      incoming.push([])
      outgoing.push([])
    }
    for (let channel = this.channelFrom.length; channel < graph.channels.length; channel++) {
      const { from, to } = graph.channels[channel]!
      this.channelFrom.push(from)
      this.channelTo.push(to)
      this.inputOf.push(0)
      this.placeOf.push(0)
      outgoing[from - first]!.push(channel)
      incoming[to - first]!.push(channel)
    }
    for (let vertex = first; vertex < graph.vertices.length; vertex++) {
      const edges = this.job.edges.filter(({ toVertex }) => toVertex === graph.vertices[vertex]!.vertex)
      const numbers = [...new Set(edges.map(({ typeNumber }) => typeNumber))].sort((a, b) => a - b)
      const logical = numbers.map((number, input) => {
        const channels: number[] = []
        for (const edge of edges) {
          if (edge.typeNumber !== number) continue
          const own = incoming[vertex - first]!.filter((channel) => graph.channels[channel]!.edge === edge.index)
          own.sort((a, b) => graph.channels[a]!.inputChannel - graph.channels[b]!.inputChannel)
          channels.push(...own)
        }
        channels.forEach((channel, place) => {
          this.inputOf[channel] = input
          this.placeOf[channel] = place
        })
        return channels
      })
      this.inputs.push(logical)
      this.outputs.push(outgoing[vertex - first]!)
    }
  }

  /** Whether the operator makes watermarks of its own in the middle of a chain. */
  isGenerator(node: number): boolean {
    return this.nodes.get(node)?.operator.kind === GENERATOR
  }

  /** Whether a source reads partitions; others read through the reader's own output. Plans from elsewhere and traces by hand: they do. */
  readsTopic(node: number): boolean {
    const source = this.nodes.get(node)?.operator.params.source
    return source === undefined || source === TOPIC
  }
}
