import type { JobEdge, JobGraph, JobVertex, ResultType } from '../../../graph/types'

/** A job graph as the families `slot-sharing` and `failover-regions` give it. */
export interface GivenVertices {
  readonly jobVertices: readonly {
    readonly name: string
    readonly parallelism: number
    readonly slotGroup: number
    readonly coLocation?: number
    readonly inputs: readonly {
      readonly from: number
      readonly result: number
      readonly distributionPattern: string
      readonly resultPartitionType: string
    }[]
  }[]
}

/** A job graph with no more in it than they ask for. */
export function jobOf({ jobVertices }: GivenVertices): JobGraph {
  const vertices = jobVertices.map(
    ({ name, parallelism, slotGroup, coLocation }, index): JobVertex => ({
      index,
      job: 0,
      id: String(index),
      name,
      description: name,
      parallelism,
      maxParallelism: 32768,
      slotSharingGroup: String(slotGroup),
      ...(coLocation === undefined ? {} : { coLocationGroup: String(coLocation) }),
      chain: [],
    }),
  )
  const edges = jobVertices.flatMap((vertex, toVertex) =>
    vertex.inputs.map(
      ({ from, result, distributionPattern, resultPartitionType }): Omit<JobEdge, 'index'> => ({
        fromVertex: from,
        toVertex,
        from,
        to: toVertex,
        typeNumber: 0,
        partitioner: { name: distributionPattern === 'POINTWISE' ? 'RESCALE' : 'REBALANCE' },
        resultType: resultPartitionType as ResultType,
        unaligned: false,
        bufferTimeout: 100,
        reason: { rule: 'partitioner', args: {} },
        result,
      }),
    ),
  )
  const job = { name: '', type: 'STREAMING', submission: 'attached', firstVertex: 0, vertices: vertices.length, configuration: {} } as const
  return {
    jobName: '',
    jobType: 'STREAMING',
    jobs: [job],
    vertices,
    edges: edges.map((edge, index) => ({ ...edge, index })),
    configuration: {},
  }
}
