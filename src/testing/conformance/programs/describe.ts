import { Configuration } from '../../../core/configuration'
import { JavaException } from '../../../core/exceptions'
import { checkParallelism } from '../../../graph/executionGraph'
import { jobGraphOf } from '../../../graph/jobGraph'
import { isPointwise } from '../../../graph/partitioners'
import { executionPlanOf, restPlanOf } from '../../../graph/plansAsJson'
import { slotArithmetic } from '../../../graph/slotArithmetic'
import { streamGraphOf } from '../../../graph/streamGraph'
import type { JobGraph, JobVertex, StreamGraph } from '../../../graph/types'
import { buildProgram, BuildError } from './build'
import type { ProgramCase } from './notation'

/** What Flink builds from a program, in the words of the family `job-graph`; an object with `error` where it refuses. */
export function describeProgram(program: ProgramCase, withRestPlan: boolean): unknown {
  let phase: string = 'build'
  try {
    const { environment, stepAt } = buildProgram(program)
    phase = 'streamGraph'
    const configuration = Configuration.fromMap(program.environment.configuration ?? {})
    const graph = streamGraphOf(environment)
    phase = 'jobGraph'
    const job = jobGraphOf(graph, configuration)
    return {
      jobType: graph.jobType,
      jobName: graph.jobName,
      ...(graph.dynamic === true ? { dynamic: true } : {}),
      streamNodes: streamNodes(graph, stepAt),
      streamEdges: graph.edges.map(({ partitioner, line: _line, call: _call, ...edge }) => ({ ...edge, partitioner: partitioner.name })),
      jobVertices: job.vertices.map((vertex) => jobVertex(vertex, job, graph)),
      creationOrder: job.creationOrder,
      ...requiredSlots(job),
      ...executionGraphError(job),
      executionPlan: executionPlanOf(graph),
      ...(withRestPlan ? { restPlan: restPlanOf(job) } : {}),
    }
  } catch (error) {
    const step = error instanceof BuildError ? { step: error.step } : {}
    const thrown = error instanceof BuildError ? error.thrown : error
    if (!(thrown instanceof JavaException)) throw thrown
    return { error: { phase, ...step, class: thrown.name, messageContains: thrown.message } }
  }
}

const streamNodes = (graph: StreamGraph, stepAt: (line: number) => string): unknown[] =>
  graph.nodes.map((node) => ({
    id: node.id,
    ...(node.chaining === null ? {} : { step: stepAt(node.line!) }),
    name: node.name,
    parallelism: node.parallelism,
    ...(graph.dynamic === true ? { parallelismConfigured: node.parallelismConfigured === true } : {}),
    maxParallelism: node.maxParallelism,
    slotSharingGroup: node.slotSharingGroup,
    ...(node.coLocationGroup === undefined ? {} : { coLocationGroup: node.coLocationGroup }),
    chaining: node.chaining,
    bufferTimeout: node.bufferTimeout,
    ...(node.uid === undefined ? {} : { uid: node.uid }),
    ...(node.uidHash === undefined ? {} : { uidHash: node.uidHash }),
  }))

const numbered = (names: readonly (string | undefined)[]): readonly number[] => {
  const seen: string[] = []
  return names.map((name) => {
    if (name === undefined) return -1
    if (!seen.includes(name)) seen.push(name)
    return seen.indexOf(name)
  })
}

function jobVertex(vertex: JobVertex, job: JobGraph, graph: StreamGraph): unknown {
  const node = (id: number) => graph.nodes.find((candidate) => candidate.id === id)!
  const operator = ({ node: id, operatorId }: JobVertex['chain'][number]) => {
    const { uidHash } = node(id)
    return { node: id, operatorId, ...(uidHash === undefined ? {} : { userOperatorId: uidHash.toLowerCase() }) }
  }
  const coLocation = numbered(job.vertices.map((other) => other.coLocationGroup))[vertex.index]!
  return {
    name: vertex.name,
    id: vertex.id,
    description: vertex.description,
    parallelism: vertex.parallelism,
    maxParallelism: vertex.maxParallelismConfigured === true ? vertex.maxParallelism : -1,
    ...(job.dynamic === true ? {} : { effectiveMaxParallelism: vertex.maxParallelism }),
    slotGroup: numbered(job.vertices.map((other) => other.slotSharingGroup))[vertex.index],
    ...(coLocation === -1 ? {} : { coLocation }),
    chain: vertex.chain.map(operator),
    ...(vertex.chainedSources === undefined ? {} : { chainedSources: vertex.chainedSources.map(operator) }),
    inputs: job.edges
      .filter((edge) => edge.toVertex === vertex.index)
      .map((edge) => ({
        from: edge.fromVertex,
        result: edge.result,
        shipStrategy: edge.partitioner.name,
        distributionPattern: isPointwise(edge.partitioner.name) ? 'POINTWISE' : 'ALL_TO_ALL',
        resultPartitionType: edge.resultType,
      })),
    results: new Set(job.edges.filter((edge) => edge.fromVertex === vertex.index).map((edge) => edge.result)).size,
  }
}

function requiredSlots(job: JobGraph): object {
  const { total } = slotArithmetic(job, 0)
  return total === null ? {} : { requiredSlots: total }
}

function executionGraphError(job: JobGraph): object {
  try {
    checkParallelism(job)
    return {}
  } catch (error) {
    if (!(error instanceof JavaException)) throw error
    return { executionGraphError: { class: error.name, messageContains: error.message } }
  }
}
