import type { ChannelInput, PictureInput } from './input'
import type { Cell, Layout, Rect } from './layout'

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

export interface ChannelCurve extends ChannelInput {
  readonly curve: Curve
  /** For an SVG path. */
  readonly path: string
}

/** All channels of a job edge in one: from all of the one task to all of the other. */
export interface Bundle {
  readonly edge: number
  readonly fromTask: number
  readonly toTask: number
  readonly channels: readonly ChannelInput[]
  /** An outline to fill. */
  readonly path: string
  /** Where its number is written. */
  readonly middle: { readonly x: number; readonly y: number }
}

export interface Channels {
  readonly single: readonly ChannelCurve[]
  readonly bundles: readonly Bundle[]
  /** So many channels that lines should be faint, and things on them small. */
  readonly crowded: boolean
  /** The way of any channel, also of one in a bundle. */
  curveOf(channel: ChannelInput): Curve
}

const HANDLE = 52
const CROWDED = 200
/** So many channels of one edge are one band. */
const MOST_OF_AN_EDGE = 300

export const round = (n: number): number => Math.round(n * 10) / 10

/** From one place to another; an edge that leads back goes around below. */
export function curveBetween(x0: number, y0: number, x3: number, y3: number): Curve {
  if (x3 >= x0) {
    const handle = Math.min(HANDLE, Math.max(12, (x3 - x0) / 2))
    return { x0, y0, x1: x0 + handle, y1: y0, x2: x3 - handle, y2: y3, x3, y3 }
  }
  const dip = 90 + Math.abs(x0 - x3) * 0.15
  return { x0, y0, x1: x0 + 90, y1: y0 + dip, x2: x3 - 90, y2: y3 + dip, x3, y3 }
}

export const pathOf = ({ x0, y0, x1, y1, x2, y2, x3, y3 }: Curve): string =>
  `M${round(x0)} ${round(y0)}C${round(x1)} ${round(y1)} ${round(x2)} ${round(y2)} ${round(x3)} ${round(y3)}`

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

/** The ways between the subtasks of a layout: one by one, and in a band where a task is a strip or there are too many. */
export function channelsOf(input: PictureInput, layout: Layout): Channels {
  const cells = new Map<number, Cell>()
  const strips = new Set<number>()
  const places = new Map<number, number>()
  layout.tasks.forEach((box, place) => {
    for (const cell of box.cells) {
      cells.set(cell.index, cell)
      places.set(cell.index, place)
      if (box.detail === 'strip') strips.add(cell.index)
    }
  })
  const byEdge = new Map<number, ChannelInput[]>()
  for (const channel of input.channels) {
    const there = byEdge.get(channel.edge)
    if (there === undefined) byEdge.set(channel.edge, [channel])
    else there.push(channel)
  }
  const single: ChannelInput[] = []
  const bundles: Bundle[] = []
  for (const [edge, channels] of byEdge) {
    const [one] = channels
    if (channels.length <= MOST_OF_AN_EDGE && !strips.has(one!.from) && !strips.has(one!.to)) single.push(...channels)
    else bundles.push(bundleOf(edge, channels, layout, places.get(one!.from)!, places.get(one!.to)!))
  }
  // Where subtasks are yet to be counted, or too many for channels, an edge is a band with none.
  for (const { jobEdge, fromTask, toTask } of input.edges)
    if (jobEdge !== null && !byEdge.has(jobEdge)) bundles.push(bundleOf(jobEdge, [], layout, fromTask, toTask))
  const curves = curvesOf(single, cells)
  return {
    single: curves,
    bundles,
    crowded: curves.length > CROWDED,
    curveOf({ from, to }) {
      const up = cells.get(from)!
      const down = cells.get(to)!
      return curveBetween(up.x + up.width, up.y + up.height / 2, down.x, down.y + down.height / 2)
    },
  }
}

function bundleOf(edge: number, channels: readonly ChannelInput[], layout: Layout, fromTask: number, toTask: number): Bundle {
  const from = layout.tasks[fromTask]!.frame
  const to = layout.tasks[toTask]!.frame
  const upper = curveBetween(from.x + from.width, from.y, to.x, to.y)
  const lower = curveBetween(to.x, to.y + to.height, from.x + from.width, from.y + from.height)
  const level = { ...lower, x1: to.x - (upper.x1 - upper.x0), y1: lower.y0, x2: upper.x1, y2: lower.y3 }
  return {
    edge,
    fromTask,
    toTask,
    channels,
    path: `${pathOf(upper)}L${round(to.x)} ${round(to.y + to.height)}${pathOf(level).slice(pathOf(level).indexOf('C'))}Z`,
    middle: { x: (from.x + from.width + to.x) / 2, y: (middle(from) + middle(to)) / 2 },
  }
}
const middle = ({ y, height }: Rect): number => y + height / 2

function curvesOf(channels: readonly ChannelInput[], cells: ReadonlyMap<number, Cell>): ChannelCurve[] {
  // Each channel has its own port, in the order of where it goes to or comes from, so that lines part early.
  const portAt = (side: 'from' | 'to', far: 'from' | 'to'): Map<ChannelInput, number> => {
    const ports = new Map<ChannelInput, number>()
    const byCell = new Map<number, ChannelInput[]>()
    for (const channel of channels) {
      const there = byCell.get(channel[side])
      if (there === undefined) byCell.set(channel[side], [channel])
      else there.push(channel)
    }
    for (const [cell, there] of byCell) {
      const { y, height } = cells.get(cell)!
      const at = (channel: ChannelInput) => cells.get(channel[far])!
      there.sort((one, other) => at(one).y - at(other).y || at(one).x - at(other).x)
      const step = Math.min(8, (height * 0.6) / there.length)
      there.forEach((channel, place) => ports.set(channel, y + height / 2 + (place - (there.length - 1) / 2) * step))
    }
    return ports
  }
  const outs = portAt('from', 'to')
  const ins = portAt('to', 'from')
  return channels.map((channel) => {
    const from = cells.get(channel.from)!
    const curve = curveBetween(from.x + from.width, outs.get(channel)!, cells.get(channel.to)!.x, ins.get(channel)!)
    return { ...channel, curve, path: pathOf(curve) }
  })
}
