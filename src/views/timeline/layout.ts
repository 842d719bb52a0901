import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { Marks, Steps } from './fold'

/** The stretch of virtual time on screen, µs, and its width in pixels. */
export interface Viewport {
  readonly from: number
  readonly to: number
  readonly width: number
}

export const xOf = ({ from, to, width }: Viewport, time: number): number => ((time - from) / (to - from)) * width
export const timeOf = ({ from, to, width }: Viewport, x: number): number => from + (x / width) * (to - from)

/** Marks that fall on one pixel: how many, and the first and last of their events. */
export interface Bin {
  readonly x: number
  readonly count: number
  readonly firstEvent: number
  readonly lastEvent: number
}

/**
 * The marks on screen, a bin for each pixel (or `step` pixels) that has any. The marks ascend in time, so a bin is found by
 * search: the cost goes with the pixels, not with the marks.
 */
export function binMarks(marks: Marks, viewport: Viewport, step = 1): Bin[] {
  const bins: Bin[] = []
  const end = marks.times.countUpTo(viewport.to, marks.length)
  let at = firstFrom(marks, viewport.from)
  const bin = (time: number): number => Math.floor(xOf(viewport, time) / step)
  while (at < end) {
    const x = bin(marks.times.at(at))
    const next = gallop(marks, at, end, (time) => bin(time) > x)
    bins.push({ x: x * step, count: next - at, firstEvent: marks.events.at(at), lastEvent: marks.events.at(next - 1) })
    at = next
  }
  return bins
}

function firstFrom(marks: Marks, time: number): number {
  let at = marks.times.countUpTo(time, marks.length)
  while (at > 0 && marks.times.at(at - 1) === time) at--
  return at
}

/** The first position after `from` whose time is `beyond`, `end` if none: in steps that double, then by halves. */
function gallop(marks: Marks, from: number, end: number, beyond: (time: number) => boolean): number {
  let low = from
  let stride = 1
  while (low + stride < end && !beyond(marks.times.at(low + stride))) {
    low += stride
    stride *= 2
  }
  let high = Math.min(end, low + stride)
  low++
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beyond(marks.times.at(middle))) high = middle
    else low = middle + 1
  }
  return low
}

export interface StepPoint {
  readonly x: number
  /** ms of event time. */
  readonly value: number
  readonly event: number
}

/**
 * Corners of a step line: it holds `value` from `x` to the next point's. Of several steps on one pixel the last stays.
 * What came before the left edge holds there; the end of the stream (LONG_MAX) is left to the caller, who knows the lane's top.
 */
export function stepPoints(steps: Steps, viewport: Viewport): StepPoint[] {
  const points: StepPoint[] = []
  const end = steps.times.countUpTo(viewport.to, steps.length)
  let at = steps.times.countUpTo(viewport.from, steps.length)
  if (at > 0) points.push({ x: 0, value: steps.values.at(at - 1), event: steps.events.at(at - 1) })
  while (at < end) {
    const pixel = Math.floor(xOf(viewport, steps.times.at(at)))
    const limit = timeOf(viewport, pixel + 1)
    let next = steps.times.countUpTo(limit, end)
    if (next <= at) next = at + 1
    points.push({ x: pixel, value: steps.values.at(next - 1), event: steps.events.at(next - 1) })
    at = next
  }
  return points
}

/** Height within a lane, 0 at the bottom … 1 at the top, for an event time between the least and the greatest seen. */
export function eventTimeHeight(value: number, min: number, max: number): number {
  if (value >= LONG_MAX) return 1
  if (value <= LONG_MIN || !(max > min)) return 0
  return Math.max(0, Math.min(1, (value - min) / (max - min)))
}
