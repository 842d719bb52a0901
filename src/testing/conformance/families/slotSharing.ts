import type { JobEdge, JobGraph, JobVertex } from '../../../graph/types'
import { sharedSlotsOf } from '../../../graph/slotSharing'
import { taskName } from '../../../graph/names'
import { family } from '../family'

interface Given {
  readonly jobVertices: readonly {
    readonly name: string
    readonly parallelism: number
    readonly slotGroup: number
    readonly coLocation?: number
    readonly inputs: readonly { readonly from: number; readonly result: number; readonly distributionPattern: string; readonly resultPartitionType: string }[]
  }[]
}

/** A job graph with no more in it than slot sharing asks for. */
function jobOf({ jobVertices }: Given): JobGraph {
  const vertices = jobVertices.map(
    ({ name, parallelism, slotGroup, coLocation }, index): JobVertex => ({
      index,
      job: 0,
      id: String(index),
      name,
      description: name,
      parallelism,
      maxParallelism: 128,
      slotSharingGroup: String(slotGroup),
      ...(coLocation === undefined ? {} : { coLocationGroup: String(coLocation) }),
      chain: [],
    }),
  )
  const edges = jobVertices.flatMap((vertex, toVertex) =>
    vertex.inputs.map(
      ({ from, result, distributionPattern }): Omit<JobEdge, 'index'> => ({
        fromVertex: from,
        toVertex,
        from,
        to: toVertex,
        typeNumber: 0,
        partitioner: { name: distributionPattern === 'POINTWISE' ? 'RESCALE' : 'REBALANCE' },
        resultType: 'PIPELINED_BOUNDED',
        unaligned: false,
        bufferTimeout: 100,
        reason: { rule: 'partitioner', args: {} },
        result,
      }),
    ),
  )
  return { jobName: '', jobType: 'STREAMING', jobs: [], vertices, edges: edges.map((edge, index) => ({ ...edge, index })), configuration: {} }
}

export const slotSharing = family<Given>('slot-sharing', (given) => {
  const { slotOf, count } = sharedSlotsOf(jobOf(given))
  const groups: string[][] = Array.from({ length: count }, () => [])
  let subtasks = 0
  for (const { name, parallelism } of given.jobVertices) {
    for (let subtask = 0; subtask < parallelism; subtask++) groups[slotOf[subtasks++]!]!.push(taskName(name, subtask, parallelism))
  }
  return { groups }
})
