import { pipelinedRegions } from './regions'
import { SchedulingTopology } from './schedulingTopology'
import type { ExecutionGraph, JobEdge } from './types'

/** One result partition: which result of which subtask (`JobEdge.result`). */
export interface Partition {
  readonly producer: number
  readonly result: number
}

/** What is known about a failure beside the task that failed. */
export interface FailureFacts {
  /** The cause is that this partition could not be read; it counts as lost. Whether the failed task reads it at all is not asked. */
  readonly unreadable?: Partition
  /** Partitions whose producer is gone or that were released; absent: all are there. */
  isLost?(partition: Partition): boolean
  /** Tasks that have nothing to restart, as they are still CREATED. */
  isCreated?(execution: number): boolean
}

/** Results that may be read again by a consumer that starts anew (ResultPartitionType.isReconsumable). */
const isReconsumable = ({ resultType }: JobEdge): boolean => resultType === 'BLOCKING' || resultType === 'HYBRID_FULL'

/**
 * S-10: which subtasks start anew when one fails. Mirrors RestartPipelinedRegionFailoverStrategy: the region of the failed task;
 * for each region that restarts, the regions of producers whose partitions it cannot read again, and all regions that consume from it.
 * One object may be asked again and again; it keeps nothing of an answer.
 */
export class RegionFailover {
  private readonly topology: SchedulingTopology
  private readonly regionOf: Int32Array
  private readonly members: number[][] = []

  constructor(graph: ExecutionGraph) {
    this.topology = new SchedulingTopology(graph)
    this.regionOf = pipelinedRegions(graph, this.topology)
    this.regionOf.forEach((region, execution) => (this.members[region] ??= []).push(execution))
  }

  /** Each an ascending list of execution vertices, in the order of their first. */
  get regions(): readonly (readonly number[])[] {
    return this.members
  }

  /** Execution vertices, ascending. */
  tasksNeedingRestart(failed: number, facts: FailureFacts = {}): readonly number[] {
    const { topology, regionOf } = this
    const regions = new Set([regionOf[failed]!])
    const isAvailable = (producer: number, edge: JobEdge): boolean => {
      const { unreadable } = facts
      const result = edge.result ?? edge.index
      if (unreadable !== undefined && unreadable.producer === producer && unreadable.result === result) return false
      return facts.isLost?.({ producer, result }) !== true && isReconsumable(edge)
    }
    /** Consumers with the same producers, and producers with the same consumers, are looked at once. */
    const seen = new Set<string>()
    for (const region of regions) {
      for (const execution of this.members[region]!) {
        for (const edge of topology.inEdges(execution)) {
          const { first, end } = topology.producersOf(execution, edge)
          if (!isNew(seen, `in ${edge.index} ${first}`)) continue
          for (let producer = first; producer < end; producer++) if (!isAvailable(producer, edge)) regions.add(regionOf[producer]!)
        }
        for (const edge of topology.outEdges(execution)) {
          const { first, end } = topology.consumersOf(execution, edge)
          if (!isNew(seen, `out ${edge.index} ${first}`)) continue
          for (let consumer = first; consumer < end; consumer++) regions.add(regionOf[consumer]!)
        }
      }
    }
    return [...regions]
      .flatMap((region) => this.members[region]!)
      .filter((execution) => facts.isCreated?.(execution) !== true)
      .sort((a, b) => a - b)
  }
}

/** Whether a key was not yet there. */
function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false
  seen.add(key)
  return true
}
