import type { JobGraph } from '../../graph/types'

export const CARD = { width: 190, height: 112 } as const
const GAP = { x: 30, y: 16 } as const
const PAD = 10

export interface Placed {
  /** Job vertex. */
  readonly task: number
  readonly x: number
  readonly y: number
}
export interface Line {
  /** Job edge. */
  readonly edge: number
  readonly from: number
  readonly to: number
  readonly path: string
}
export interface Layout {
  readonly tasks: readonly Placed[]
  readonly lines: readonly Line[]
  readonly width: number
  readonly height: number
}

/** A job's tasks in columns: each behind all that feed it. */
export function layoutOf({ vertices, edges }: JobGraph, job: number): Layout {
  const own = vertices.filter((vertex) => vertex.job === job).map(({ index }) => index)
  const column = new Map<number, number>()
  const columnOf = (task: number): number => {
    let found = column.get(task)
    if (found === undefined) {
      column.set(task, 0)
      found = edges.reduce((most, { fromVertex, toVertex }) => (toVertex === task ? Math.max(most, columnOf(fromVertex) + 1) : most), 0)
      column.set(task, found)
    }
    return found
  }
  const rows: number[] = []
  const places = new Map<number, Placed>()
  for (const task of own) {
    const at = columnOf(task)
    const row = rows[at] ?? 0
    rows[at] = row + 1
    places.set(task, { task, x: PAD + at * (CARD.width + GAP.x), y: PAD + row * (CARD.height + GAP.y) })
  }
  const most = Math.max(1, ...rows)
  // Columns with fewer tasks stand in the middle.
  for (const [task, place] of places) {
    const free = most - (rows[column.get(task)!] ?? 1)
    places.set(task, { ...place, y: place.y + (free * (CARD.height + GAP.y)) / 2 })
  }
  const lines = edges.flatMap(({ index, fromVertex, toVertex }): Line[] => {
    const from = places.get(fromVertex)
    const to = places.get(toVertex)
    if (from === undefined || to === undefined) return []
    const [x1, y1, x2, y2] = [from.x + CARD.width, from.y + CARD.height / 2, to.x, to.y + CARD.height / 2]
    const bend = Math.max(20, (x2 - x1) / 2)
    return [{ edge: index, from: fromVertex, to: toVertex, path: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 5} ${y2}` }]
  })
  return {
    tasks: [...places.values()],
    lines,
    width: 2 * PAD + rows.length * CARD.width + Math.max(0, rows.length - 1) * GAP.x,
    height: 2 * PAD + most * CARD.height + (most - 1) * GAP.y,
  }
}
