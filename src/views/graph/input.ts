import { isAlive } from '../../graph/executionGraph'
import type { ChainedOperator, ExecutionGraph, JobVertex, StreamGraph } from '../../graph/types'
import type { PlanSketch } from '../../scenario/types'

export interface OperatorInput {
  /** Node of the StreamGraph; below 0 in a sketch. */
  readonly node: number
  readonly name: string
  readonly parallelism: number
  /** How many branchings of its chain it lies behind. */
  readonly depth: number
}

export interface TaskInput {
  readonly vertex: number
  readonly job: number
  readonly name: string
  /** As it is at the moment; below 1 where it is decided at run time. */
  readonly parallelism: number
  readonly group: string
  /** Chained sources first, then the chain, head first. */
  readonly operators: readonly OperatorInput[]
  /** Execution vertices, by subtask; a graph that has not run has made-up numbers. */
  readonly cells: readonly number[]
}

/** From operator to operator: these are places in all operators of all tasks, one task after the other. */
export interface EdgeInput {
  /** Place in StreamGraph.edges; −1 in a sketch. */
  readonly edge: number
  readonly from: number
  readonly to: number
  readonly fromTask: number
  readonly toTask: number
  readonly partitioner: string
  /** Number of the job edge; null for an edge inside a chain. */
  readonly jobEdge: number | null
}

export interface ChannelInput {
  readonly channel: number
  readonly edge: number
  readonly from: number
  readonly to: number
}

/** What the picture depends on, and all it depends on: names and numbers of the graph of the moment, nothing that a run changes. */
export interface PictureInput {
  readonly jobs: readonly string[]
  readonly tasks: readonly TaskInput[]
  readonly edges: readonly EdgeInput[]
  readonly channels: readonly ChannelInput[]
  /** It is a plan: nothing of it runs. */
  readonly planned: boolean
}

export function inputOf(streamGraph: StreamGraph, graph: ExecutionGraph, planned = false): PictureInput {
  const { job } = graph
  const nodes = new Map(streamGraph.nodes.map((node) => [node.id, node]))
  const cells: number[][] = job.vertices.map(() => [])
  const alive = new Uint8Array(graph.vertices.length)
  for (const vertex of graph.vertices) {
    if (!isAlive(graph, vertex)) continue
    alive[vertex.index] = 1
    cells[vertex.vertex]!.push(vertex.index)
  }
  const place = new Map<number, { operator: number; task: number }>()
  let operators = 0
  const tasks = job.vertices.map((vertex, task): TaskInput => {
    const inChain = operatorsOf(vertex)
    for (const { node } of inChain) place.set(node, { operator: operators++, task })
    const parallelism = cells[task]!.length || vertex.parallelism
    return {
      vertex: vertex.index,
      job: vertex.job,
      name: vertex.name,
      parallelism,
      group: vertex.slotSharingGroup,
      operators: inChain.map(({ node, depth }) => ({
        node,
        name: nodes.get(node)?.name ?? vertex.name,
        parallelism: nodes.get(node)?.parallelism ?? parallelism,
        depth,
      })),
      cells: cells[task]!,
    }
  })
  const jobEdges = new Map(job.edges.map((edge) => [`${edge.from} ${edge.to} ${edge.typeNumber} ${edge.outputTag ?? ''}`, edge.index]))
  const edges = streamGraph.edges.flatMap((edge, index): EdgeInput[] => {
    const from = place.get(edge.from)
    const to = place.get(edge.to)
    if (from === undefined || to === undefined) return []
    const jobEdge = jobEdges.get(`${edge.from} ${edge.to} ${edge.typeNumber} ${edge.outputTag ?? ''}`) ?? null
    if (jobEdge === null && from.task !== to.task) return []
    return [
      {
        edge: index,
        from: from.operator,
        to: to.operator,
        fromTask: from.task,
        toTask: to.task,
        partitioner: edge.partitioner.name,
        jobEdge,
      },
    ]
  })
  return {
    jobs: job.jobs.map(({ name }) => name),
    tasks,
    edges,
    channels: graph.channels.flatMap(({ id, edge, from, to }) => (alive[from] === 1 ? [{ channel: id, edge, from, to }] : [])),
    planned,
  }
}

function operatorsOf({ chain, chainedSources = [] }: JobVertex): { node: number; depth: number }[] {
  const depths = new Map<number, number>()
  const depthOf = (operator: ChainedOperator): number => depths.get(operator.node) ?? 0
  for (const operator of chain) {
    const branching = operator.outputs.length > 1
    operator.outputs.forEach(({ node }) => depths.set(node, depthOf(operator) + (branching ? 1 : 0)))
  }
  return [...chainedSources, ...chain].map((operator) => ({ node: operator.node, depth: depthOf(operator) }))
}

/** Whoever made a link may have written any numbers. */
const MOST_PARALLEL = 32_768

/** What a link says of its graph; edges to tasks that it does not name are left out. Operators are told from the names of the chains. */
export function inputOfSketch(sketch: PlanSketch): PictureInput {
  let operators = 0
  const first: number[] = []
  const last: number[] = []
  const tasks = sketch.vertices.map(({ name, parallelism: given }, vertex): TaskInput => {
    const parallelism = Math.max(1, Math.min(MOST_PARALLEL, Math.floor(given) || 1))
    const names = name.includes('(') ? [name] : name.split(' -> ')
    first.push(operators)
    operators += names.length
    last.push(operators - 1)
    return {
      vertex,
      job: 0,
      name,
      parallelism,
      group: '',
      operators: names.map((operator, i) => ({ node: -1 - first[vertex]! - i, name: operator, parallelism, depth: 0 })),
      cells: [],
    }
  })
  const ties = tasks.flatMap((task, index): EdgeInput[] =>
    task.operators.slice(1).map((_, i) => ({
      edge: -1,
      from: first[index]! + i,
      to: first[index]! + i + 1,
      fromTask: index,
      toTask: index,
      partitioner: 'FORWARD',
      jobEdge: null,
    })),
  )
  const edges = sketch.edges
    .filter(([from, to]) => tasks[from] !== undefined && tasks[to] !== undefined)
    .map(([from, to, partitioner], jobEdge): EdgeInput => ({
      edge: -1,
      from: last[from]!,
      to: first[to]!,
      fromTask: from,
      toTask: to,
      partitioner: String(partitioner),
      jobEdge,
    }))
  return { jobs: [''], tasks, edges: [...ties, ...edges], channels: [], planned: true }
}
