import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { Band, BandFiring } from './bands'
import { radiusFor } from './drawing'
import type { Ghost } from './ghosts'
import { valueAtTime, type WatermarkLine } from './lines'
import type { Points } from './points'
import type { Scene } from './scene'
import { scaleOf, type Viewport } from './viewport'

/** What is under a pointer. */
export type Hit =
  | { readonly kind: 'record'; readonly at: number }
  | { readonly kind: 'ghost'; readonly ghost: Ghost }
  | { readonly kind: 'firing'; readonly band: Band; readonly firing: BandFiring }
  | { readonly kind: 'line'; readonly line: WatermarkLine; readonly event: number; readonly value: number }
  | { readonly kind: 'band'; readonly band: Band }
  | { readonly kind: 'playhead' }
  | { readonly kind: 'axis' }

const NEAR_LINE = 5

/** The thing at px (x, y), the smallest first; null: nothing but the plane. `keys`: records of others are not there. */
export function hitAt(view: Viewport, scene: Scene, px: number, py: number, keys: ReadonlySet<string> | null): Hit | null {
  const { width, height, left, right, top, bottom } = view
  const scale = scaleOf(view)
  if (py > height - bottom && px >= left && px <= width - right) return { kind: 'axis' }
  if (Math.abs(scale.x(scene.now) - px) < 8 && py < top + 5) return { kind: 'playhead' }
  if (px < left || px > width - right || py < top - 8) return null
  const at = nearestRecord(view, scene.points, px, py, keys, radiusFor(scene.crowd, view) + 4)
  if (at >= 0) return { kind: 'record', at }
  const ghost = nearestGhost(view, scene, px, py)
  if (ghost !== null) return { kind: 'ghost', ghost }
  for (const band of scene.bands)
    for (const firing of band.firings) {
      const y = band.processing ? top + 14 : scale.y(band.end)
      if (Math.abs(scale.x(firing.time) - px) < 7 && py > y - 12 && py < y + 3) return { kind: 'firing', band, firing }
    }
  const line = nearestLine(view, scene, px, py)
  if (line !== null) return line
  if (Math.abs(scale.x(scene.now) - px) < 4) return { kind: 'playhead' }
  // Of bands that lie over each other the one that ends first: the others reach out from under it.
  let inside: Band | null = null
  const [micros, ms] = [scale.micros(px), scale.ms(py)]
  for (const band of scene.bands) {
    const piece = band.pieces.find(({ from, to }) => micros >= from && micros <= to)
    if (piece === undefined || (!band.processing && (ms < piece.start || ms >= piece.end))) continue
    if (inside === null || band.end - band.start < inside.end - inside.start || band.end < inside.end) inside = band
  }
  return inside === null ? null : { kind: 'band', band: inside }
}

/** The record whose disc is nearest, within its reach; −1: none. Records are in the order of their coming, so only those around x are looked at. */
export function nearestRecord(
  view: Viewport,
  points: Points,
  px: number,
  py: number,
  keys: ReadonlySet<string> | null,
  reach = 12,
): number {
  const scale = scaleOf(view)
  let best = -1
  let least = reach * reach
  for (let at = firstAt(points.x, points.count, scale.micros(px - reach)), to = scale.micros(px + reach); at < points.count; at++) {
    if (points.x[at]! > to) break
    const dx = scale.x(points.x[at]!) - px
    const dy = scale.y(points.y[at]!) - py
    const distance = dx * dx + dy * dy
    // Of equals the last: it is drawn on top.
    if (!(distance <= least) || (keys !== null && !keys.has(points.looks[at]!.text))) continue
    least = distance
    best = at
  }
  return best
}

function firstAt(x: Float64Array, count: number, from: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (x[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}

export function nearestGhost(view: Viewport, { ghosts }: Pick<Scene, 'ghosts'>, px: number, py: number, reach = 8): Ghost | null {
  const scale = scaleOf(view)
  let best: Ghost | null = null
  let least = reach * reach
  for (const ghost of ghosts) {
    const dx = scale.x(ghost.x) - px
    const dy = scale.y(ghost.y) - py
    if (dx * dx + dy * dy > least) continue
    least = dx * dx + dy * dy
    best = ghost
  }
  return best
}

function nearestLine(view: Viewport, { lines }: Scene, px: number, py: number): Hit | null {
  const scale = scaleOf(view)
  const micros = scale.micros(px)
  let best: Hit | null = null
  let least = NEAR_LINE
  for (const line of [...lines.parts, lines.whole]) {
    if (line.times.length === 0 || micros < line.times[0]! || micros > line.until) continue
    const { value, event } = valueAtTime(line, micros)
    // A rise is part of the line: it is as high as the step before.
    const before = valueAtTime(line, scale.micros(px - 3)).value
    const [low, high] = [scale.y(bounded(view, Math.min(before, value))), scale.y(bounded(view, value))]
    if (value <= LONG_MIN && before <= LONG_MIN) continue
    const away = py > low ? py - low : py < high ? high - py : 0
    if (away > least) continue
    least = away
    best = { kind: 'line', line, event, value }
  }
  return best
}
const bounded = ({ y0, y1 }: Viewport, value: number): number => (value <= LONG_MIN ? y0 : value >= LONG_MAX ? y1 : value)

/** The next record from one in a direction: sideways by its coming, up and down by event time among those that are near; −1: none. */
export function neighbour(
  points: Points,
  from: number,
  direction: 'left' | 'right' | 'up' | 'down',
  keys: ReadonlySet<string> | null,
): number {
  const shown = (at: number): boolean => (keys === null || keys.has(points.looks[at]!.text)) && points.y[at]! === points.y[at]!
  if (from < 0) {
    // From nowhere: the last, which is what has just come.
    for (let at = points.count - 1; at >= 0; at--) if (shown(at)) return at
    return -1
  }
  if (direction === 'left' || direction === 'right') {
    const step = direction === 'left' ? -1 : 1
    for (let at = from + step; at >= 0 && at < points.count; at += step) if (shown(at)) return at
    return -1
  }
  let best = -1
  const sign = direction === 'up' ? 1 : -1
  for (let at = 0; at < points.count; at++) {
    const rise = (points.y[at]! - points.y[from]!) * sign
    if (at === from || !(rise > 0) || !shown(at)) continue
    const other = best < 0 ? Infinity : (points.y[best]! - points.y[from]!) * sign
    if (rise < other || (rise === other && Math.abs(points.x[at]! - points.x[from]!) < Math.abs(points.x[best]! - points.x[from]!)))
      best = at
  }
  return best
}
