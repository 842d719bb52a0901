import { Graph, layout as dagre } from '@dagrejs/dagre'
import type { ExecutionGraph, StreamGraph } from '../../graph/types'
import type { PlanSketch } from '../../scenario/types'

/** How much a subtask's cell has room to say: all lines, two, one, or nothing but its busy bar. */
export type Detail = 'full' | 'short' | 'line' | 'bar'

export interface Cell {
  /** Number of the execution vertex; for a graph that has not run, a count. */
  readonly index: number
  readonly vertex: number
  readonly subtask: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface TaskBox {
  readonly vertex: number
  readonly name: string
  readonly parallelism: number
  readonly detail: Detail
  readonly column: number
  /** Header and cells together; the header's lines, four at most, begin at (x, y). */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly cells: readonly Cell[]
}

/** A cubic Bézier curve from (x0, y0) to (x3, y3), its handles level with its ends. */
export interface Curve {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly x3: number
  readonly y3: number
}

export interface ChannelCurve {
  readonly channel: number
  readonly edge: number
  readonly from: number
  readonly to: number
  readonly curve: Curve
  /** For an SVG path. */
  readonly path: string
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  readonly tasks: readonly TaskBox[]
  readonly channels: readonly ChannelCurve[]
  /** So many channels that lines should be faint, and things on them small. */
  readonly crowded: boolean
}

/** What a layout depends on, and all it depends on: names and numbers of the graph, nothing that a run changes. */
export interface LayoutInput {
  readonly tasks: readonly { readonly name: string; readonly parallelism: number }[]
  readonly edges: readonly { readonly from: number; readonly to: number; readonly partitioner: string }[]
  /** By id; made up from the partitioners when absent. */
  readonly channels?: readonly { readonly edge: number; readonly from: number; readonly to: number }[]
}

const MARGIN = 24
const CELL_WIDTH = 160
const COLUMN_GAP = 102
const HEADER = 84
/** Below the last cell: a line for each of its channels. */
const NOTES = 44
const BLOCK_GAP = 36
const HANDLE = 52
const CROWDED = 200
const MOST_MADE_UP = 4096
/** Subtasks of tasks that have not run, all in all: as many as can be drawn. */
const MOST_CELLS = 2000
const shown = (parallelism: number, tasks: number): number =>
  Math.max(1, Math.min(128, Math.floor(MOST_CELLS / tasks), Math.floor(parallelism) || 1))

interface Pitch {
  readonly detail: Detail
  readonly height: number
  readonly gap: number
}
/** By parallelism, so that 32 subtasks are still seen whole. */
function pitchOf(parallelism: number): Pitch {
  if (parallelism <= 2) return { detail: 'full', height: 92, gap: 88 }
  if (parallelism <= 4) return { detail: 'full', height: 92, gap: 24 }
  if (parallelism <= 8) return { detail: 'short', height: 48, gap: 12 }
  if (parallelism <= 16) return { detail: 'line', height: 24, gap: 8 }
  return { detail: 'bar', height: 12, gap: 4 }
}

export const inputOfGraph = (graph: ExecutionGraph): LayoutInput => ({
  tasks: graph.job.vertices.map(({ name, parallelism }) => ({ name, parallelism })),
  edges: graph.job.edges.map(({ fromVertex, toVertex, partitioner }) => ({
    from: fromVertex,
    to: toVertex,
    partitioner: partitioner.name,
  })),
  channels: graph.channels,
})

/** A program's operators before they are chained: one task each. */
export function inputOfStreamGraph(graph: StreamGraph): LayoutInput {
  const position = new Map(graph.nodes.map((node, index) => [node.id, index]))
  return {
    tasks: graph.nodes.map(({ name, parallelism }) => ({ name, parallelism: shown(parallelism, graph.nodes.length) })),
    edges: graph.edges.map(({ from, to, partitioner }) => ({
      from: position.get(from)!,
      to: position.get(to)!,
      partitioner: partitioner.name,
    })),
  }
}

/** What a link says of its graph; edges to tasks that it does not name are left out. */
export const inputOfSketch = (sketch: PlanSketch): LayoutInput => ({
  tasks: sketch.vertices.map(({ name, parallelism }) => ({ name, parallelism: shown(parallelism, sketch.vertices.length) })),
  edges: sketch.edges
    .filter(([from, to]) => sketch.vertices[from] !== undefined && sketch.vertices[to] !== undefined)
    .map(([from, to, partitioner]) => ({ from, to, partitioner })),
})

/** Tasks in columns from left to right, subtasks as cells below each other. The same input gives the same picture. */
export function layoutGraph(input: LayoutInput): GraphLayout {
  const columns = columnsOf(input)
  const heights = input.tasks.map(({ parallelism }) => cellsHeight(parallelism))
  const heightOf = (column: readonly number[]): number =>
    column.reduce((sum, task) => sum + HEADER + heights[task]!, (column.length - 1) * BLOCK_GAP)
  const inner = Math.max(0, ...columns.map(heightOf))
  const offsets: number[] = []
  for (let task = 0, next = 0; task < input.tasks.length; task++) {
    offsets.push(next)
    next += input.tasks[task]!.parallelism
  }
  const tasks: TaskBox[] = []
  columns.forEach((column, number) => {
    const x = MARGIN + number * (CELL_WIDTH + COLUMN_GAP)
    // A task alone in its column has its header at the top, as its neighbours have, and its cells in the middle.
    const alone = column.length === 1
    let y = MARGIN + (alone ? 0 : (inner - heightOf(column)) / 2)
    for (const vertex of column) {
      const { name, parallelism } = input.tasks[vertex]!
      const pitch = pitchOf(parallelism)
      const top = alone ? MARGIN + HEADER + (inner - HEADER - heights[vertex]!) / 2 : y + HEADER
      const cells = Array.from({ length: parallelism }, (_, subtask) => ({
        index: offsets[vertex]! + subtask,
        vertex,
        subtask,
        x,
        y: top + subtask * (pitch.height + pitch.gap),
        width: CELL_WIDTH,
        height: pitch.height,
      }))
      const height = top + heights[vertex]! - y
      tasks.push({ vertex, name, parallelism, detail: pitch.detail, column: number, x, y, width: CELL_WIDTH, height, cells })
      y += height + BLOCK_GAP
    }
  })
  tasks.sort((one, other) => one.vertex - other.vertex)
  const channels = curvesOf(
    input,
    tasks.flatMap(({ cells }) => cells),
  )
  return {
    width: 2 * MARGIN + columns.length * CELL_WIDTH + Math.max(0, columns.length - 1) * COLUMN_GAP,
    height: 2 * MARGIN + inner + NOTES,
    tasks,
    channels,
    crowded: channels.length > CROWDED,
  }
}

function cellsHeight(parallelism: number): number {
  const { height, gap } = pitchOf(parallelism)
  return parallelism * height + (parallelism - 1) * gap
}

/** Beyond this dagre would keep the page waiting; such graphs come from hostile links alone. */
const MOST_FOR_DAGRE = 400

/** Each task one column behind the last of its producers; edges that lead back to lower numbers do not count. */
function plainColumns(input: LayoutInput): number[][] {
  const outputs: number[][] = input.tasks.map(() => [])
  for (const { from, to } of input.edges) {
    if (from < to) outputs[from]!.push(to)
  }
  const rank = input.tasks.map(() => 0)
  // In the order of numbers all edges that count lead forwards.
  for (let task = 0; task < rank.length; task++) for (const to of outputs[task]!) rank[to] = Math.max(rank[to]!, rank[task]! + 1)
  const columns: number[][] = []
  rank.forEach((column, task) => (columns[column] ??= []).push(task))
  return columns
}

/** dagre finds the columns and, within them, an order with few crossings. */
function columnsOf(input: LayoutInput): number[][] {
  if (input.tasks.length + input.edges.length > MOST_FOR_DAGRE) return plainColumns(input)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 100 })
  graph.setDefaultEdgeLabel(() => ({}))
  input.tasks.forEach((_, task) => graph.setNode(String(task), { width: 100, height: 50 }))
  input.edges.forEach(({ from, to }, edge) => graph.setEdge(String(from), String(to), {}, String(edge)))
  dagre(graph)
  const placed = input.tasks.map((_, task) => ({ task, ...(graph.node(String(task)) as { x: number; y: number }) }))
  const xs = [...new Set(placed.map(({ x }) => Math.round(x)))].sort((one, other) => one - other)
  return xs.map((x) =>
    placed
      .filter((node) => Math.round(node.x) === x)
      .sort((one, other) => one.y - other.y || one.task - other.task)
      .map(({ task }) => task),
  )
}

type ChannelEnds = { readonly edge: number; readonly from: number; readonly to: number }

function channelsOf(input: LayoutInput): readonly ChannelEnds[] {
  if (input.channels !== undefined) return input.channels
  const first: number[] = []
  let next = 0
  for (const { parallelism } of input.tasks) {
    first.push(next)
    next += parallelism
  }
  let total = 0
  return input.edges.flatMap(({ from, to, partitioner }, edge) => {
    const producers = input.tasks[from]!.parallelism
    const consumers = input.tasks[to]!.parallelism
    total += producers * consumers
    // Whoever made the link may have written any numbers: beyond what can be drawn, one line stands for all.
    if (total > MOST_MADE_UP) return [{ edge, from: first[from]! + (producers >> 1), to: first[to]! + (consumers >> 1) }]
    const pointwise = partitioner === 'FORWARD' && producers === consumers
    return Array.from({ length: producers }, (_, one) =>
      Array.from({ length: consumers }, (_, other) => ({ edge, from: first[from]! + one, to: first[to]! + other })).filter(
        (_, other) => !pointwise || one === other,
      ),
    ).flat()
  })
}

function curvesOf(input: LayoutInput, cells: readonly Cell[]): ChannelCurve[] {
  const channels = channelsOf(input)
  // Each channel has its own port, in the order of where it goes to or comes from, so that lines part early.
  const portAt = (side: 'from' | 'to', far: 'from' | 'to'): Map<ChannelEnds, number> => {
    const ports = new Map<ChannelEnds, number>()
    const byCell = new Map<number, ChannelEnds[]>()
    for (const channel of channels) {
      const there = byCell.get(channel[side])
      if (there === undefined) byCell.set(channel[side], [channel])
      else there.push(channel)
    }
    for (const [cell, there] of byCell) {
      const { y, height } = cells[cell]!
      there.sort((one, other) => cells[one[far]]!.y - cells[other[far]]!.y || cells[one[far]]!.x - cells[other[far]]!.x)
      const step = Math.min(8, (height * 0.6) / there.length)
      there.forEach((channel, place) => ports.set(channel, y + height / 2 + (place - (there.length - 1) / 2) * step))
    }
    return ports
  }
  const outs = portAt('from', 'to')
  const ins = portAt('to', 'from')
  return channels.map((channel, id) => {
    const from = cells[channel.from]!
    const to = cells[channel.to]!
    const x0 = from.x + from.width
    const x3 = to.x
    const y0 = outs.get(channel)!
    const y3 = ins.get(channel)!
    const curve: Curve = { x0, y0, x1: x0 + HANDLE, y1: y0, x2: x3 - HANDLE, y2: y3, x3, y3 }
    const path = `M${x0} ${round(y0)}C${curve.x1} ${round(y0)} ${curve.x2} ${round(y3)} ${x3} ${round(y3)}`
    return { channel: id, edge: channel.edge, from: channel.from, to: channel.to, curve, path }
  })
}

const round = (n: number): number => Math.round(n * 10) / 10

/** The point at `u`, 0 … 1, of a curve. */
export function pointAt(curve: Curve, u: number): { readonly x: number; readonly y: number } {
  const v = 1 - u
  const p0 = v * v * v
  const p1 = 3 * v * v * u
  const p2 = 3 * v * u * u
  const p3 = u * u * u
  return {
    x: p0 * curve.x0 + p1 * curve.x1 + p2 * curve.x2 + p3 * curve.x3,
    y: p0 * curve.y0 + p1 * curve.y1 + p2 * curve.y2 + p3 * curve.y3,
  }
}
