import { curveBetween, pathOf, pointAt, round, type Curve } from './curves'
import type { PictureInput } from './input'
import type { Lane, Layout, Rect } from './layout'

/** An edge from operator to operator as it is drawn: a link of a chain, or a line from task to task. */
export interface EdgeShape {
  /** Place in PictureInput.edges. */
  readonly place: number
  readonly chained: boolean
  /** The same between the same two as another that says it already. */
  readonly silent: boolean
  readonly path: string
  /** Where what it is called stands. */
  readonly label: { readonly x: number; readonly y: number; readonly align: 'middle' | 'start' }
  /** Where a line is cut, in the middle of it; null for a link. */
  readonly cut: { readonly x: number; readonly y: number } | null
}

/** Labels nearer than this would lie on each other. */
const APART = { x: 84, y: 40 }
/** Where along a line its label may be, the best first. */
const TRIED = [0.5, 0.38, 0.62, 0.28, 0.72]
const TWIN = 9
/** With more edges only lines are drawn. */
export const MOST_LABELS = 400

/**
 * Edges between operators that are at `rects`, in boxes that are at `frames` as far as `boxed`, 0 … 1, is 1. Those that go past columns
 * do so in their lanes.
 */
export function edgeShapes(
  input: PictureInput,
  rects: readonly Rect[],
  frames: readonly Rect[],
  boxed: number,
  lanes: Layout['lanes'],
): EdgeShape[] {
  const taken: { x: number; y: number }[] = []
  // A stream that is merged with itself has several edges to one place.
  const twins = new Map<string, number>()
  return input.edges.map((edge, place): EdgeShape => {
    const from = rects[edge.from]!
    const to = rects[edge.to]!
    if (edge.jobEdge === null) return link(place, from, to, edge.to === edge.from + 1)
    const right = from.x + from.width
    const start = right + (frames[edge.fromTask]!.x + frames[edge.fromTask]!.width - right) * boxed
    const end = to.x + (frames[edge.toTask]!.x - to.x) * boxed
    const pair = `${edge.from} ${edge.to} ${edge.partitioner}`
    const twin = twins.get(pair) ?? 0
    twins.set(pair, twin + 1)
    const lower = Math.min(twin * TWIN, from.height / 2, to.height / 2)
    const { path, curves } = way(start, from.y + from.height / 2 + lower, end, to.y + to.height / 2 + lower, lanes.get(place) ?? [])
    const cut = twin > 0 || input.edges.length > MOST_LABELS ? pointAt(curves[0]!, 0.5) : clearPoint(curves, taken)
    if (twin === 0) taken.push(cut)
    return { place, chained: false, silent: twin > 0, path, label: { ...cut, align: 'middle' }, cut }
  })
}

/** From a point to a point through lanes, and the bent parts of it. */
function way(x0: number, y0: number, x3: number, y3: number, lanes: readonly Lane[]): { path: string; curves: readonly Curve[] } {
  const curves: Curve[] = []
  let [x, y] = [x0, y0]
  for (const lane of lanes) {
    curves.push(curveBetween(x, y, lane.from, lane.y))
    ;[x, y] = [lane.to, lane.y]
  }
  curves.push(curveBetween(x, y, x3, y3))
  return { path: curves.map((curve, i) => (i === 0 ? pathOf(curve) : pathOf(curve).replace('M', 'L'))).join(''), curves }
}

/** From the bottom of one to the top of the next; to one further down, along the side. */
function link(place: number, from: Rect, to: Rect, next: boolean): EdgeShape {
  const y = from.y + from.height
  if (next) {
    const x = Math.max(from.x, to.x) + 22
    return {
      place,
      chained: true,
      silent: false,
      path: `M${round(x)} ${round(y)}V${round(to.y)}`,
      label: { x: x + 14, y: (y + to.y) / 2, align: 'start' },
      cut: null,
    }
  }
  const x = from.x + 5
  const end = to.y + to.height / 2
  return {
    place,
    chained: true,
    silent: false,
    path: `M${round(x)} ${round(y)}V${round(end)}H${round(to.x)}`,
    label: { x: to.x + 36, y: to.y - 10, align: 'start' },
    cut: null,
  }
}

/** A point of the line that keeps clear of the labels there are: lines that meet at one end part at the other. */
function clearPoint(curves: readonly Curve[], taken: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number } {
  let best = pointAt(curves[0]!, 0.5)
  let most = -1
  for (const u of TRIED) {
    for (const curve of curves) {
      const point = pointAt(curve, u)
      const room = Math.min(2, ...taken.map(({ x, y }) => Math.max(Math.abs(point.x - x) / APART.x, Math.abs(point.y - y) / APART.y)))
      if (room > most + 1e-6) {
        best = point
        most = room
      }
      if (room >= 1) return point
    }
  }
  return best
}
