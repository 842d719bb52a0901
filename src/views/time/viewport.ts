/** A stretch of the plane and the box that it is drawn in: virtual µs to the right, event time (ms) upwards. */
export interface Viewport {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  /** px of the whole, and what the axes take of it. */
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
export type Stretch = Pick<Viewport, 'x0' | 'x1' | 'y0' | 'y1'>
export type Box = Omit<Viewport, keyof Stretch>

/** Linear maps between the plane and px, for loops over thousands. */
export interface Scale {
  readonly x: (micros: number) => number
  readonly y: (ms: number) => number
  readonly micros: (px: number) => number
  readonly ms: (px: number) => number
}

export function scaleOf({ x0, x1, y0, y1, width, height, left, right, top, bottom }: Viewport): Scale {
  const kx = (width - left - right) / (x1 - x0)
  const ky = (height - top - bottom) / (y1 - y0)
  const base = height - bottom
  return {
    x: (micros) => left + (micros - x0) * kx,
    y: (ms) => base - (ms - y0) * ky,
    micros: (px) => x0 + (px - left) / kx,
    ms: (px) => y0 + (base - px) / ky,
  }
}

/** The narrowest stretches that one can zoom to: a µs, a ms, each to some px. */
const LEAST_X = 200
const LEAST_Y = 4
const MOST_X = 1e15
const MOST_Y = 4e19

/** Closer by `factor` (< 1) around a px, in both directions or in one. */
export function zoomed(view: Viewport, px: number, py: number, factor: number, axis: 'both' | 'x' | 'y' = 'both'): Stretch {
  const { micros, ms } = scaleOf(view)
  let { x0, x1, y0, y1 } = view
  if (axis !== 'y') {
    const width = Math.min(MOST_X, Math.max(LEAST_X, (x1 - x0) * factor))
    const at = micros(px)
    x0 = at - ((at - x0) / (x1 - x0)) * width
    x1 = x0 + width
  }
  if (axis !== 'x') {
    const height = Math.min(MOST_Y, Math.max(LEAST_Y, (y1 - y0) * factor))
    const at = ms(py)
    y0 = at - ((at - y0) / (y1 - y0)) * height
    y1 = y0 + height
  }
  return { x0, x1, y0, y1 }
}

/** By how much a turn of the wheel (px) zooms: half as wide for some 350 px. No exponentials, for a zoom needs none. */
export function wheelFactor(turn: number): number {
  const delta = Math.max(-200, Math.min(200, turn))
  return delta > 0 ? 1 + delta / 500 : 1 / (1 - delta / 500)
}

export function panned(view: Viewport, dx: number, dy: number): Stretch {
  const { x0, x1, y0, y1, width, height, left, right, top, bottom } = view
  const x = (dx * (x1 - x0)) / (width - left - right)
  const y = (dy * (y1 - y0)) / (height - top - bottom)
  return { x0: x0 - x, x1: x1 - x, y0: y0 + y, y1: y1 + y }
}

/**
 * A stretch that shows all of these, with some room. Times so far from all others that these would be a line (an event at the end of time)
 * stay outside: the picture says at its edge that there is something beyond it.
 */
export function fitted(xs: Extent, ys: readonly number[]): Stretch {
  const [x0, x1] = padded(xs.from, xs.to, 0.03, 1000)
  const inside = ys.filter((y) => Number.isFinite(y)).sort((a, b) => a - b)
  if (inside.length === 0) return { x0, x1, y0: 0, y1: 1000 }
  const at = (share: number): number => inside[Math.round(share * (inside.length - 1))]!
  const [low, high] = [at(0.05), at(0.95)]
  const reach = Math.max(high - low, 1) * 20
  const kept = inside.length < 8 ? inside : inside.filter((y) => y >= low - reach && y <= high + reach)
  const [y0, y1] = padded(kept[0]!, kept[kept.length - 1]!, 0.06, 10)
  return { x0, x1, y0, y1 }
}
export interface Extent {
  readonly from: number
  readonly to: number
}
function padded(from: number, to: number, share: number, least: number): readonly [number, number] {
  const pad = Math.max((to - from) * share, least / 2)
  return [from - pad, to + pad]
}

const MS_STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_800_000,
  3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
]

/** A round step of event time in ms, so that about `count` fit into `span`. */
export function timeStep(span: number, count: number): number {
  const wanted = span / Math.max(1, count)
  for (const step of MS_STEPS) if (step >= wanted) return step
  return roundStep(wanted / 86_400_000) * 86_400_000
}

/** 1, 2 or 5 times a power of ten, at least `wanted`. */
export function roundStep(wanted: number): number {
  let power = 1
  while (power < wanted) power *= 10
  while (power / 10 >= wanted) power /= 10
  if (power / 5 >= wanted) return power / 5
  return power / 2 >= wanted ? power / 2 : power
}

export function ticks(from: number, to: number, step: number, most = 100): readonly number[] {
  const found: number[] = []
  const first = Math.ceil(from / step)
  for (let n = first; n * step <= to && found.length < most; n++) found.push(n * step)
  return found
}

/** Whether what is to be shown fits into a stretch, and fills enough of it. */
export function contains(held: Stretch, shown: Stretch): boolean {
  const fits = held.x0 <= shown.x0 && held.x1 >= shown.x1 && held.y0 <= shown.y0 && held.y1 >= shown.y1
  return fits && held.x1 - held.x0 <= (shown.x1 - shown.x0) * 1.5 && held.y1 - held.y0 <= (shown.y1 - shown.y0) * 1.5
}
