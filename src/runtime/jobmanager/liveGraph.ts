import { rescaled } from '../../graph/executionGraph'
import { RegionFailover } from '../../graph/failover'
import { withMaxParallelism } from '../deployment'
import type { Channel, ExecutionGraph, ExecutionVertex } from '../../graph/types'

/** The execution graph of all jobs as it is now. A job that is made anew with another parallelism adds to it; numbers stay. */
export class LiveGraph {
  private inputs: Channel[][] = []
  private overrides: ReadonlyMap<number, number> = new Map()
  private regions: RegionFailover | null = null

  constructor(private current: ExecutionGraph) {
    this.index(0)
  }

  get graph(): ExecutionGraph {
    return this.current
  }

  /** Vertices whose max parallelism a checkpoint has decided. */
  get overridden(): readonly (readonly [vertex: number, maxParallelism: number])[] {
    return [...this.overrides]
  }

  /** Regions and what restarts with what. The graphs that are made anew have nothing to ask of it. */
  get failover(): RegionFailover {
    return (this.regions ??= new RegionFailover(this.current))
  }

  vertex(index: number): ExecutionVertex {
    return this.current.vertices[index]!
  }

  /** Input channels of a subtask. */
  inputsOf(vertex: number): readonly Channel[] {
    return this.inputs[vertex]!
  }

  jobOf(vertex: ExecutionVertex): number {
    return this.current.job.vertices[vertex.vertex]!.job
  }

  /** A job's subtasks in topological order, subtask by subtask. */
  aliveOf(job: number): readonly ExecutionVertex[] {
    const generation = this.current.generations[job]
    return this.current.vertices.filter((vertex) => vertex.generation === generation && this.jobOf(vertex) === job)
  }

  /** By vertex of the job graph; of the jobs' vertices only this one's are read. */
  rescale(job: number, parallelism: readonly number[]): void {
    const channels = this.current.channels.length
    this.current = rescaled(this.current, job, parallelism)
    this.index(channels)
  }

  /** By vertex of the job graph: a checkpoint's key groups hold (K-2). */
  overrideMaxParallelism(maxParallelism: ReadonlyMap<number, number>): void {
    this.current = withMaxParallelism(this.current, maxParallelism)
    this.overrides = new Map([...this.overrides, ...maxParallelism])
  }

  private index(firstChannel: number): void {
    while (this.inputs.length < this.current.vertices.length) this.inputs.push([])
    for (let i = firstChannel; i < this.current.channels.length; i++) {
      const channel = this.current.channels[i]!
      this.inputs[channel.to]!.push(channel)
    }
  }
}
