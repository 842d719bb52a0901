import { pointwiseConsumers, pointwiseProducers } from './links'
import { isPointwise } from './partitioners'
import type { ExecutionGraph, JobEdge } from './types'

/** A run of execution vertices: `first` … `end − 1`. */
export interface Range {
  readonly first: number
  readonly end: number
}

/**
 * Who reads from whom among the subtasks of an execution graph, by arithmetic, without looking at channels: an all-to-all exchange
 * is one range. Mirrors SchedulingTopology with its ConsumedPartitionGroups. Subtasks of every generation are known; data passes
 * only within one.
 */
export class SchedulingTopology {
  /** By job vertex. */
  private readonly ins: JobEdge[][]
  private readonly outs: JobEdge[][]
  /** By generation, then job vertex. */
  private readonly blocks: Range[][] = []

  constructor(readonly graph: ExecutionGraph) {
    this.ins = graph.job.vertices.map(() => [])
    this.outs = graph.job.vertices.map(() => [])
    for (const edge of graph.job.edges) {
      this.ins[edge.toVertex]!.push(edge)
      this.outs[edge.fromVertex]!.push(edge)
    }
    for (const { index, vertex, generation, subtask, parallelism } of graph.vertices) {
      if (subtask !== 0) continue
      while (this.blocks.length <= generation) this.blocks.push([])
      this.blocks[generation]![vertex] = { first: index, end: index + parallelism }
    }
  }

  inEdges(execution: number): readonly JobEdge[] {
    return this.ins[this.graph.vertices[execution]!.vertex]!
  }
  outEdges(execution: number): readonly JobEdge[] {
    return this.outs[this.graph.vertices[execution]!.vertex]!
  }

  /** Whose partitions a subtask reads by an edge. */
  producersOf(execution: number, edge: JobEdge): Range {
    const { generation, subtask, parallelism } = this.graph.vertices[execution]!
    const { first, end } = this.blocks[generation]![edge.fromVertex]!
    if (!isPointwise(edge.partitioner.name)) return { first, end }
    const own = pointwiseProducers(end - first, parallelism, subtask)
    return { first: first + own.first, end: first + own.end }
  }

  /** Who reads a subtask's partition for an edge. */
  consumersOf(execution: number, edge: JobEdge): Range {
    const { generation, subtask, parallelism } = this.graph.vertices[execution]!
    const { first, end } = this.blocks[generation]![edge.toVertex]!
    if (!isPointwise(edge.partitioner.name)) return { first, end }
    const own = pointwiseConsumers(parallelism, end - first, subtask)
    return { first: first + own.first, end: first + own.end }
  }
}
