import type { JobEdge, JobVertex, StreamGraph, StreamNode } from '../../../graph/types'
import { MAPPER_OF } from '../../checkpoint/assignment'
import type { AssignedVertex } from '../../checkpoint/assignment'
import type { LiveGraph } from '../liveGraph'
import { operatorsOf } from './finalization'
import type { SnapshotVertex } from './finalization'
import type { PlanVertex } from './plan'

/** A job's part of the graph that is alive, as checkpoints look at it. */
export class JobTopology {
  constructor(
    private readonly job: number,
    private readonly graph: LiveGraph,
    private readonly streamGraph: StreamGraph,
  ) {}

  private get vertices(): readonly JobVertex[] {
    return this.graph.graph.job.vertices.filter(({ job }) => job === this.job)
  }

  private get edges(): readonly JobEdge[] {
    return this.graph.graph.job.edges
  }

  node(id: number): StreamNode {
    return this.streamGraph.nodes.find((node) => node.id === id)!
  }

  /** Numbers of the execution vertices, in topological order, subtask by subtask. */
  get tasks(): readonly number[] {
    return this.graph.aliveOf(this.job).map(({ index }) => index)
  }

  /** By vertex of the job graph. */
  private get tasksOf(): ReadonlyMap<number, readonly number[]> {
    const tasks = new Map<number, number[]>()
    for (const { vertex, index } of this.graph.aliveOf(this.job)) {
      const list = tasks.get(vertex)
      if (list === undefined) tasks.set(vertex, [index])
      else list.push(index)
    }
    return tasks
  }

  get planVertices(): readonly PlanVertex[] {
    return [...this.tasksOf].map(([id, tasks]) => ({ id, tasks }))
  }

  producersOf(task: number): readonly number[] {
    return this.graph.inputsOf(task).map(({ from }) => from)
  }

  get hasBlockingOutput(): boolean {
    const { vertices } = this.graph.graph.job
    return this.edges.some(({ fromVertex, resultType }) => vertices[fromVertex]!.job === this.job && resultType === 'BLOCKING')
  }

  get snapshotVertices(): readonly SnapshotVertex[] {
    const tasksOf = this.tasksOf
    return this.vertices.map((vertex) => ({ vertex, maxParallelism: vertex.maxParallelism, tasks: tasksOf.get(vertex.index) ?? [] }))
  }

  get assigned(): readonly AssignedVertex[] {
    const tasksOf = this.tasksOf
    return this.vertices.map((vertex) => ({
      index: vertex.index,
      id: vertex.id,
      operators: operatorsOf(vertex).map(({ node, operatorId }) => {
        const { uidHash } = this.node(node)
        return uidHash === undefined ? { id: operatorId } : { id: operatorId, uidHash }
      }),
      tail: tailOf(vertex),
      parallelism: tasksOf.get(vertex.index)?.length ?? 0,
      maxParallelism: vertex.maxParallelism,
      maxParallelismConfigured: vertex.maxParallelismConfigured === true,
      inputs: this.edges
        .filter(({ toVertex }) => toVertex === vertex.index)
        .map(({ fromVertex, partitioner }) => ({ vertex: fromVertex, mapper: MAPPER_OF[partitioner.name] })),
      outputs: this.edges
        .filter(({ fromVertex }) => fromVertex === vertex.index)
        .map(({ toVertex, partitioner }) => ({ vertex: toVertex, mapper: MAPPER_OF[partitioner.name] })),
    }))
  }

  /** K-2: what a checkpoint was taken with wins over what was derived. */
  override(maxParallelism: ReadonlyMap<number, number>): void {
    if (maxParallelism.size > 0) this.graph.overrideMaxParallelism(maxParallelism)
  }
}

/** The operator that a task creates first, behind which there is none: where first outputs lead. */
function tailOf({ chain }: JobVertex): string {
  let tail = chain[0]!
  while (tail.outputs.length > 0) tail = chain.find(({ node }) => node === tail.outputs[0]!.node)!
  return tail.operatorId
}
