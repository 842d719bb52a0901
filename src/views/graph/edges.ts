import { curveBetween, pathOf, pointAt, round } from './curves'
import type { PictureInput } from './input'
import type { Rect } from './layout'

/** An edge from operator to operator as it is drawn: a link of a chain, or a line from task to task. */
export interface EdgeShape {
  /** Place in PictureInput.edges. */
  readonly place: number
  readonly chained: boolean
  readonly path: string
  /** Where what it is called stands. */
  readonly label: { readonly x: number; readonly y: number; readonly align: 'middle' | 'start' }
  /** Where a line is cut, in the middle of it; null for a link. */
  readonly cut: { readonly x: number; readonly y: number } | null
}

/** Labels nearer than this would lie on each other. */
const APART = 34

/** Edges between operators that are at `rects`, in boxes that are at `frames` as far as `boxed`, 0 … 1, is 1. */
export function edgeShapes(input: PictureInput, rects: readonly Rect[], frames: readonly Rect[], boxed: number): EdgeShape[] {
  const shapes = input.edges.map((edge, place): EdgeShape => {
    const from = rects[edge.from]!
    const to = rects[edge.to]!
    if (edge.jobEdge === null) return link(place, from, to, edge.to === edge.from + 1)
    const right = from.x + from.width
    const start = right + (frames[edge.fromTask]!.x + frames[edge.fromTask]!.width - right) * boxed
    const end = to.x + (frames[edge.toTask]!.x - to.x) * boxed
    const curve = curveBetween(start, from.y + from.height / 2, end, to.y + to.height / 2)
    const cut = pointAt(curve, 0.5)
    return { place, chained: false, path: pathOf(curve), label: { ...cut, align: 'middle' }, cut }
  })
  return apart(shapes)
}

/** From the bottom of one to the top of the next; to one further down, along the side. */
function link(place: number, from: Rect, to: Rect, next: boolean): EdgeShape {
  const y = from.y + from.height
  if (next) {
    const x = Math.max(from.x, to.x) + 22
    return {
      place,
      chained: true,
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
    path: `M${round(x)} ${round(y)}V${round(end)}H${round(to.x)}`,
    label: { x: to.x + 36, y: to.y - 10, align: 'start' },
    cut: null,
  }
}

/** Labels of one gap keep clear of each other: those below give way downwards. */
function apart(shapes: readonly EdgeShape[]): EdgeShape[] {
  const result = [...shapes]
  const gaps = new Map<number, EdgeShape[]>()
  for (const shape of shapes) {
    if (shape.cut === null) continue
    const gap = Math.round(shape.cut.x / 60)
    const there = gaps.get(gap)
    if (there === undefined) gaps.set(gap, [shape])
    else there.push(shape)
  }
  for (const gap of gaps.values()) {
    gap.sort((one, other) => one.label.y - other.label.y || one.place - other.place)
    let free = -Infinity
    for (const shape of gap) {
      const y = Math.max(shape.label.y, free)
      free = y + APART
      if (y !== shape.label.y) result[shape.place] = { ...shape, label: { ...shape.label, y } }
    }
  }
  return result
}
