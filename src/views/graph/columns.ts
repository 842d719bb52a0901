import { Graph, layout as dagre } from '@dagrejs/dagre'

/** Beyond this dagre would keep the page waiting; such graphs come from hostile links alone, or have hundreds of operators. */
const MOST_FOR_DAGRE = 400

/** What the columns depend on. Tasks are 0 … `count` − 1. */
export interface ColumnsInput {
  readonly count: number
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

/** Tasks in columns from left to right; within a column in an order with few crossings. The same graph gives the same columns. */
export function columnsOf(input: ColumnsInput): readonly (readonly number[])[] {
  if (input.count + input.edges.length > MOST_FOR_DAGRE) return plainColumns(input)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 100 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (let task = 0; task < input.count; task++) graph.setNode(String(task), { width: 100, height: 50 })
  input.edges.forEach(({ from, to }, edge) => graph.setEdge(String(from), String(to), {}, String(edge)))
  dagre(graph)
  const placed = Array.from({ length: input.count }, (_, task) => ({ task, ...(graph.node(String(task)) as { x: number; y: number }) }))
  const xs = [...new Set(placed.map(({ x }) => Math.round(x)))].sort((one, other) => one - other)
  return xs.map((x) =>
    placed
      .filter((node) => Math.round(node.x) === x)
      .sort((one, other) => one.y - other.y || one.task - other.task)
      .map(({ task }) => task),
  )
}

/** Each task one column behind the last of its producers; edges that lead back to lower numbers do not count. */
function plainColumns({ count, edges }: ColumnsInput): number[][] {
  const outputs: number[][] = Array.from({ length: count }, () => [])
  for (const { from, to } of edges) if (from < to) outputs[from]!.push(to)
  const rank = new Array<number>(count).fill(0)
  // In the order of numbers all edges that count lead forwards.
  for (let task = 0; task < count; task++) for (const to of outputs[task]!) rank[to] = Math.max(rank[to]!, rank[task]! + 1)
  const columns: number[][] = []
  rank.forEach((column, task) => (columns[column] ??= []).push(task))
  return columns
}
