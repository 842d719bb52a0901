import { GraphIndex } from './chaining'
import { escapeHtml4 } from './htmlEntities'
import { prettyJson } from './jackson'
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

/** P-1, to the letter. Mirrors JSONGenerator.getJSON. */
export const executionPlanText = (graph: StreamGraph): string => prettyJson(executionPlanOf(graph))

/** As JsonPlanGenerator escapes a description. */
const escaped = (description: string): string => escapeHtml4(description).replaceAll('\n', '<br/>').replaceAll('\\', '&#92;')

/**
 * P-2: what `/jobs/:id/plan` serves for one job of a program: vertices in the order in which they were made. `jid` is left out where
 * none is given: a plan that nobody submitted has no id.
 */
export function restPlanOf(graph: JobGraph, job = 0, jid?: string): unknown {
  const { name, type } = graph.jobs[job]!
  const order = (graph.creationOrder ?? graph.vertices.map((vertex) => vertex.index)).filter((at) => graph.vertices[at]!.job === job)
  return {
    ...(jid === undefined ? {} : { jid }),
    name,
    type,
    nodes: order.map((at) => {
      const vertex = graph.vertices[at]!
      const inputs = graph.edges
        .filter((edge) => edge.toVertex === at)
        .map((edge, num) => ({
          num,
          id: graph.vertices[edge.fromVertex]!.id,
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
