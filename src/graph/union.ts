import type { JobGraph, JobInfo, StreamGraph } from './types'

/** What a program submitted, in order: each `execute()` or `executeAsync()` is a job of its own. */
export interface ProgramJob {
  readonly streamGraph: StreamGraph
  readonly submission: JobInfo['submission']
}

/** Operators of all jobs side by side; node ids are a program's own, so they never meet (G-1). Name and type are the first job's; what differs for chaining is in `parts`. */
export function unionOfStreamGraphs(graphs: readonly StreamGraph[]): StreamGraph {
  const [first] = graphs
  if (first === undefined || graphs.length === 1) return first!
  return {
    ...first,
    chainingEnabled: graphs.every((graph) => graph.chainingEnabled),
    nodes: graphs.flatMap((graph) => graph.nodes),
    edges: graphs.flatMap((graph) => graph.edges),
    parts: graphs.map(({ nodes, chainingEnabled, chainDifferentMaxParallelism }) => ({
      nodes: nodes.length,
      chainingEnabled,
      chainDifferentMaxParallelism,
    })),
    warnings: graphs.flatMap((graph) => graph.warnings ?? []),
  }
}

/** Tasks of all jobs side by side, vertices and edges numbered through in order of submission; `submissions` by job. */
export function unionOf(graphs: readonly JobGraph[], submissions: readonly JobInfo['submission'][]): JobGraph {
  const [first] = graphs
  const firstVertices: number[] = []
  const firstEdges: number[] = []
  let vertices = 0
  let edges = 0
  for (const graph of graphs) {
    firstVertices.push(vertices)
    firstEdges.push(edges)
    vertices += graph.vertices.length
    edges += graph.edges.length
  }
  return {
    jobName: first!.jobName,
    jobType: first!.jobType,
    jobs: graphs.map((graph, job) => ({ ...graph.jobs[0]!, submission: submissions[job]!, firstVertex: firstVertices[job]! })),
    vertices: graphs.flatMap((graph, job) =>
      graph.vertices.map((vertex) => ({ ...vertex, job, index: firstVertices[job]! + vertex.index })),
    ),
    edges: graphs.flatMap((graph, job) =>
      graph.edges.map((edge) => ({
        ...edge,
        index: firstEdges[job]! + edge.index,
        fromVertex: firstVertices[job]! + edge.fromVertex,
        toVertex: firstVertices[job]! + edge.toVertex,
      })),
    ),
    configuration: first!.configuration,
    ...(graphs.some((graph) => graph.dynamic === true) ? { dynamic: true as const } : {}),
    creationOrder: graphs.flatMap((graph, job) =>
      (graph.creationOrder ?? graph.vertices.map(({ index }) => index)).map((index) => firstVertices[job]! + index),
    ),
  }
}
