import { scaleLinear, scaleUtc } from 'd3-scale'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { WindowTrack } from '../../trace/time/state'
import type { Lane } from './model'

/** A stretch of an axis: ms, or numbers of elements. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const finite = (time: number): boolean => time > LONG_MIN && time < LONG_MAX

/** In which row of its lane each window stands, and how many rows there are. */
export interface Rows {
  readonly rowOf: ReadonlyMap<WindowTrack, number>
  readonly rows: number
}

class Stacking implements Rows {
  seen = 0
  readonly rowOf = new Map<WindowTrack, number>()
  private readonly taken: { readonly start: number; readonly end: number }[][] = []

  get rows(): number {
    return Math.max(1, this.taken.length)
  }

  put(window: WindowTrack): void {
    const { start, end } = window
    // Sessions of a key never overlap at any one moment: what touches is one.
    const free = (row: { readonly start: number; readonly end: number }[]): boolean =>
      row.every((one) => end <= one.start || one.end <= start)
    let row = window.global ? 0 : this.taken.findIndex(free)
    if (row < 0) row = this.taken.length
    ;(this.taken[row] ??= []).push({ start, end })
    this.rowOf.set(window, row)
  }

  putFlat(window: WindowTrack): void {
    this.taken[0] ??= []
    this.rowOf.set(window, 0)
  }
}
const stacked = new WeakMap<readonly WindowTrack[], Stacking>()

/**
 * Overlapping windows of a lane stand in rows, each in the lowest that was free when it was opened: so what comes later moves none of those before.
 * `merging`: windows that grow together, which all stand in one row.
 */
export function rowsOf({ windows }: Pick<Lane, 'windows'>, merging: boolean): Rows {
  let stacking = stacked.get(windows)
  if (stacking === undefined) stacked.set(windows, (stacking = new Stacking()))
  for (; stacking.seen < windows.length; stacking.seen++) {
    const window = windows[stacking.seen]!
    if (merging) stacking.putFlat(window)
    else stacking.put(window)
  }
  return stacking
}

/** All that the windows of these lanes cover, also of those that the run opens later: an axis that does not jump about. null: nothing with bounds. */
export function extentOf(lanes: readonly Lane[], lateness: number): Stretch | null {
  let from = Infinity
  let to = -Infinity
  for (const { windows } of lanes) {
    for (const window of windows) {
      if (window.global || !finite(window.start) || !finite(window.end)) continue
      if (window.start < from) from = window.start
      const { ends } = window
      const end = ends === null ? window.end : Math.max(window.end, ends.lastValue)
      if (end > to) to = end
    }
  }
  if (!(from < to)) return null
  return { from, to: to + Math.min(lateness, 2 * (to - from)) }
}

/** A typical length of these windows, ms: the middle one of the first few. */
export function typicalSize(lanes: readonly Lane[]): number {
  const sizes: number[] = []
  for (const { windows } of lanes.slice(0, 8)) {
    for (const { start, end, global } of windows.slice(0, 8)) if (!global && finite(start) && finite(end)) sizes.push(end - start)
  }
  sizes.sort((a, b) => a - b)
  return sizes[sizes.length >> 1] ?? 1000
}

/** A window should be at least so wide, px. */
const READABLE = 72

/**
 * What the axis shows while nobody moves it: everything, if windows then are wide enough; else what lies around `now`, moved on in steps of
 * half of what it shows.
 */
export function followed(extent: Stretch, now: number, size: number, width: number): Stretch {
  const whole = extent.to - extent.from
  const span = Math.max(size, (width / READABLE) * size)
  if (whole <= span * 1.25) return padded(extent, width)
  const step = span / 2
  const at = Math.min(extent.to, Math.max(extent.from, now !== now || now <= LONG_MIN ? extent.from : now))
  const page = Math.max(0, Math.floor((at - extent.from) / step) - 1)
  const from = Math.min(extent.from + page * step, extent.to - span)
  return { from, to: from + span }
}

/** With a little room at both ends, so that what is drawn at an edge is seen. */
export const padded = ({ from, to }: Stretch, width: number): Stretch => {
  const room = ((to - from) * 12) / Math.max(100, width)
  return { from: from - room, to: to + room }
}

/** Around `at`, `factor` times as wide. */
export const zoomed = ({ from, to }: Stretch, at: number, factor: number): Stretch => ({
  from: at - (at - from) * factor,
  to: at + (to - at) * factor,
})
export const moved = ({ from, to }: Stretch, by: number): Stretch => ({ from: from + by, to: to + by })

export interface Axis {
  (value: number): number
  readonly ticks: readonly number[]
  invert(x: number): number
}

export function timeAxis({ from, to }: Stretch, width: number): Axis {
  const scale = scaleLinear().domain([from, to]).range([0, width])
  // Dates know where minutes and hours begin; spans below a second are plain numbers.
  const wanted = Math.max(2, Math.floor(width / 96))
  const ticks = to - from < 2000 || Math.abs(from) > 8e15 || Math.abs(to) > 8e15 ? scale.ticks(wanted) : scaleUtc().domain([from, to]).ticks(wanted).map(Number) // prettier-ignore
  // Far from the epoch doubles are a second apart: then steps fall together.
  const apart = [...new Set(ticks)]
  return Object.assign((value: number) => scale(Math.max(from - (to - from), Math.min(to + (to - from), value))), {
    ticks: apart,
    invert: (x: number) => scale.invert(x),
  })
}

/** Heights of lanes, and where each begins: only those in sight are drawn. */
export interface Offsets {
  readonly tops: readonly number[]
  readonly height: number
}

export function offsetsOf(heights: readonly number[]): Offsets {
  const tops: number[] = []
  let height = 0
  for (const one of heights) {
    tops.push(height)
    height += one
  }
  return { tops, height }
}

/** Numbers of the lanes that lie between `from` and `to` px. */
export function inSight({ tops, height }: Offsets, from: number, to: number): { readonly first: number; readonly last: number } {
  const at = (y: number): number => {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (tops[middle]! <= y) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
  if (tops.length === 0) return { first: 0, last: -1 }
  return { first: at(Math.max(0, from)), last: at(Math.min(height, to)) }
}

/** Height of a window in its lane, px: many rows are lower ones. */
export const rowHeight = (rows: number): number => (rows <= 4 ? 38 : rows <= 8 ? 26 : rows <= 16 ? 16 : 10)

/** Discs that would lie on each other go up and down in turn. `xs` ascend; the answer is in steps of −1, 0, 1. */
export function spread(xs: readonly number[], near: number): number[] {
  const levels: number[] = []
  for (let at = 0; at < xs.length; at++) {
    const close = at > 0 && xs[at]! - xs[at - 1]! < near
    const before = levels[at - 1] ?? 0
    levels.push(!close ? 0 : before === 0 ? 1 : before === 1 ? -1 : 0)
  }
  return levels
}
