import { GraphIndex } from './chaining'
import type { JobGraph, StreamGraph } from './types'

/** P-1: what `env.getExecutionPlan()` says: the unchained graph. `side` is always `second`, as in Flink. */
export function executionPlanOf(graph: StreamGraph): unknown {
  const index = new GraphIndex(graph)
  const byId = [...graph.nodes].sort((a, b) => a.id - b.id)
  const isSink = (node: (typeof byId)[number]): boolean => node.traits?.dataSink === true
  return {
    nodes: [...byId.filter((node) => !isSink(node)), ...byId.filter(isSink)].map((node) => {
      const predecessors = index.inEdges(node.id).map((edge) => ({ id: edge.from, ship_strategy: edge.partitioner.name, side: 'second' }))
      return {
        id: node.id,
        type: node.name,
        pact: isSink(node) ? 'Data Sink' : predecessors.length === 0 ? 'Data Source' : 'Operator',
        contents: node.description,
        parallelism: node.parallelism,
        ...(predecessors.length === 0 ? {} : { predecessors }),
      }
    }),
  }
}

const escaped = (description: string): string =>
  description
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\n', '<br/>')
    .replaceAll('\\', '&#92;')

/** P-2: what `/jobs/:id/plan` serves, without the job's id: vertices in the order in which they were made. */
export function restPlanOf(job: JobGraph): unknown {
  const order = job.creationOrder ?? job.vertices.map((vertex) => vertex.index)
  return {
    name: job.jobName,
    type: job.jobType,
    nodes: order.map((at) => {
      const vertex = job.vertices[at]!
      const inputs = job.edges
        .filter((edge) => edge.toVertex === at)
        .map((edge, num) => ({
          num,
          id: job.vertices[edge.fromVertex]!.id,
          ship_strategy: edge.partitioner.name,
          exchange: edge.resultType.toLowerCase(),
        }))
      return {
        id: vertex.id,
        parallelism: vertex.parallelism,
        operator: '',
        operator_strategy: '',
        description: escaped(vertex.description),
        ...(inputs.length === 0 ? {} : { inputs }),
        optimizer_properties: {},
      }
    }),
  }
}
