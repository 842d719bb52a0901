import { Graph, layout as dagre } from '@dagrejs/dagre'

/** Beyond this dagre would keep the page waiting; such graphs come from hostile links alone, or have hundreds of operators. */
const MOST_FOR_DAGRE = 320

/** What the columns depend on. Tasks are 0 … `count` − 1. */
export interface ColumnsInput {
  readonly count: number
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

/** What stands in a column: a task; or, as −1 − its number, an edge on its way past it. */
export type Entry = number
export const passing = (edge: number): Entry => -1 - edge

/**
 * Tasks in columns from left to right; within a column in an order with few crossings, with room for the edges that go past.
 * The same graph gives the same columns.
 */
export function columnsOf(input: ColumnsInput): readonly (readonly Entry[])[] {
  if (input.count + input.edges.length > MOST_FOR_DAGRE) return plainColumns(input)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 100 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (let task = 0; task < input.count; task++) graph.setNode(String(task), { width: 100, height: 50 })
  input.edges.forEach(({ from, to }, edge) => graph.setEdge(String(from), String(to), {}, String(edge)))
  dagre(graph)
  const placed = Array.from({ length: input.count }, (_, entry) => {
    const { x, y } = graph.node(String(entry)) as Point
    return { entry, x: Math.round(x), y }
  })
  const xs = [...new Set(placed.map(({ x }) => x))].sort((one, other) => one - other)
  const passers = input.edges.flatMap(({ from, to }, edge) => {
    const { points } = graph.edge(String(from), String(to), String(edge)) as { points: readonly Point[] }
    const [start, end] = [placed[from]!.x, placed[to]!.x]
    return xs.filter((x) => x > start && x < end).map((x) => ({ entry: passing(edge), x, y: heightAt(points, x) }))
  })
  return xs.map((x) =>
    [...placed, ...passers]
      .filter((one) => one.x === x)
      .sort((one, other) => one.y - other.y || one.entry - other.entry)
      .map(({ entry }) => entry),
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Where a line of points from left to right is at `x`. */
function heightAt(points: readonly Point[], x: number): number {
  const next = points.findIndex((point) => point.x >= x)
  if (next <= 0) return points[Math.max(0, next)]!.y
  const [one, other] = [points[next - 1]!, points[next]!]
  return one.y + ((other.y - one.y) * (x - one.x)) / Math.max(1e-9, other.x - one.x)
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

/** From the place of one operator in its task, 0 … 1 from top to bottom, to that of another. */
export interface Port {
  readonly from: number
  readonly to: number
  readonly fromRow: number
  readonly toRow: number
}

const MOST_FOR_CROSSINGS = 300

/**
 * Tasks of a column in the order of what leads to them: dagre sees boxes, not the operators in them from which edges go out.
 * Where that makes no fewer crossings, the columns stay as they are.
 */
export function untangled(columns: readonly (readonly Entry[])[], edges: readonly Port[]): readonly (readonly Entry[])[] {
  if (edges.length > MOST_FOR_CROSSINGS) return columns
  const ports = stepsOf(columns, edges)
  const place = new Map<number, number>()
  const result = columns.map((column) => {
    const wanted = new Map(
      column.map((task, at) => {
        const inputs = ports.filter(({ from, to }) => to === task && place.has(from))
        const sum = inputs.reduce((total, { from, fromRow }) => total + place.get(from)! + fromRow, 0)
        return [task, inputs.length === 0 ? (at + 0.5) / column.length : sum / inputs.length] as const
      }),
    )
    const sorted = column
      .map((task, at) => ({ task, at }))
      .sort((one, other) => wanted.get(one.task)! - wanted.get(other.task)! || one.at - other.at)
    sorted.forEach(({ task }, at) => place.set(task, at / column.length))
    return sorted.map(({ task }) => task)
  })
  return crossings(result, ports) < crossings(columns, ports) ? result : columns
}

/** Edges from column to column: those that go past some are cut there. */
function stepsOf(columns: readonly (readonly Entry[])[], edges: readonly Port[]): Port[] {
  const passers = edges.map((): Entry[] => [])
  for (const column of columns) for (const entry of column) if (entry < 0) passers[-1 - entry]!.push(entry)
  // A passer is one entry in several columns: its last place is where the next step begins.
  return edges.flatMap((edge, number) =>
    passers[number]!.length === 0
      ? [edge]
      : [
          { ...edge, to: passing(number), toRow: 0.5 },
          { ...edge, from: passing(number), fromRow: 0.5 },
        ],
  )
}

/** How often edges between the same two columns cross. */
function crossings(columns: readonly (readonly number[])[], ports: readonly Port[]): number {
  const at = new Map(columns.flatMap((column, number) => column.map((task, row) => [task, { number, row }] as const)))
  const lines = ports.map(({ from, to, fromRow, toRow }) => {
    const one = at.get(from)!
    const other = at.get(to)!
    return { from: one.number, to: other.number, start: one.row + fromRow, end: other.row + toRow }
  })
  let count = 0
  lines.forEach((line, i) => {
    for (let j = i + 1; j < lines.length; j++) {
      const other = lines[j]!
      if (line.from === other.from && line.to === other.to && (line.start - other.start) * (line.end - other.end) < 0) count++
    }
  })
  return count
}
