import { drawRecord } from '../../components/glyphs/canvas'
import { NO_HUE } from '../../components/glyphs/key'
import type { Palette } from '../../components/glyphs/palette'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import { drawBands } from './drawBands'
import { lettersFor } from './looks'
import { LineFlag, valueAtTime, type WatermarkLine } from './lines'
import { Fate } from './points'
import type { Scene } from './scene'
import { scaleOf, ticks, timeStep, roundStep, type Scale, type Viewport } from './viewport'

/** Texts of the picture, in the language and time format around it. */
export interface Words {
  readonly eventTime: (ms: number) => string
  readonly virtualTime: (micros: number) => string
  readonly duration: (ms: number) => string
  readonly line: (line: WatermarkLine) => string
  readonly say: (key: WordKey, args?: Readonly<Record<string, string | number>>) => string
}
export type WordKey =
  | 'open' | 'fired' | 'firedMany' | 'cleaned' | 'emptied' | 'merged' | 'lost' | 'fires' | 'again' | 'windowsHere' | 'late' | 'lateTaken' | 'dropped' | 'droppedPast'
  | 'aside' | 'silent' | 'holds' | 'idle' | 'paused' | 'ended' | 'never' | 'endOfTime' | 'future' | 'notSimulated' | 'above' | 'below' | 'axisX' | 'axisY'
  | 'least' | 'each' | 'comes' // prettier-ignore

export interface Frame {
  readonly g: CanvasRenderingContext2D
  readonly p: Palette
  readonly view: Viewport
  readonly scene: Scene
  readonly words: Words
  readonly keys: ReadonlySet<string> | null
  /** Places in `scene.points`; −1: none. */
  readonly selected: number
  readonly hovered: number
  readonly chosenWindow: { readonly process: number; readonly window: number } | null
  readonly chosenLine: string | null
  /** What a hand holds: drawn where the hand is. */
  readonly held: {
    readonly x: number
    readonly y: number
    readonly hue: number
    readonly text: string
    readonly from: { readonly x: number; readonly y: number }
  } | null
}

export function paint(frame: Frame): void {
  const { g, p, view } = frame
  const { width, height, left, right, top, bottom } = view
  const scale = scaleOf(view)
  g.clearRect(0, 0, width, height)
  g.fillStyle = p.bg
  g.fillRect(0, 0, width, height)
  grid(frame, scale)
  g.save()
  g.beginPath()
  g.rect(left, top, width - left - right, height - top - bottom)
  g.clip()
  beyond(frame, scale)
  drawBands(frame, scale)
  forbidden(frame, scale)
  for (const line of frame.scene.lines.parts) thin(frame, scale, line)
  thick(frame, scale)
  ghosts(frame, scale)
  records(frame, scale)
  hand(frame, scale)
  g.restore()
  edges(frame, scale)
  playhead(frame, scale)
}

/** Radius of discs that are so many on so much room. */
export function radiusFor(count: number, view: Viewport): number {
  const room = (view.width - view.left - view.right) * (view.height - view.top - view.bottom)
  const each = room / Math.max(1, count)
  return each > 900 ? 8 : each > 420 ? 6 : each > 160 ? 4.5 : each > 50 ? 3 : 2
}

function grid({ g, p, view, words }: Frame, { x, y }: Scale): void {
  const { x0, x1, y0, y1, width, height, left, right, top, bottom } = view
  g.lineWidth = 1
  g.font = `10.5px ${p.sans}`
  g.textBaseline = 'middle'
  g.textAlign = 'right'
  const plotHeight = height - top - bottom
  for (const ms of ticks(y0, y1, timeStep(y1 - y0, plotHeight / 46))) {
    const at = Math.round(y(ms)) + 0.5
    g.strokeStyle = p.line2
    g.beginPath()
    g.moveTo(left, at)
    g.lineTo(width - right, at)
    g.stroke()
    g.fillStyle = p.ink3
    g.fillText(words.eventTime(ms), left - 8, at, left - 12)
  }
  g.textAlign = 'center'
  g.textBaseline = 'top'
  for (const micros of ticks(Math.max(0, x0), x1, Math.max(1, roundStep((x1 - x0) / Math.max(2, (width - left - right) / 86))))) {
    const at = Math.round(x(micros)) + 0.5
    g.strokeStyle = p.line
    g.beginPath()
    g.moveTo(at, height - bottom)
    g.lineTo(at, height - bottom + 4)
    g.stroke()
    g.fillStyle = p.ink3
    g.fillText(words.virtualTime(micros), at, height - bottom + 7)
  }
  g.strokeStyle = p.line
  g.strokeRect(left + 0.5, top + 0.5, width - left - right - 1, height - top - bottom - 1)
  g.fillStyle = p.ink3
  g.textAlign = 'left'
  if (bottom > 30) g.fillText(words.say('axisX'), left, height - 14)
  if (left > 60) {
    g.save()
    g.translate(10, height - bottom - 4)
    g.rotate(-Math.PI / 2)
    g.textBaseline = 'middle'
    g.fillText(words.say('axisY'), 0, 0, plotHeight)
    g.restore()
  }
}

/** What the playhead has not come to: hatched, and where no run is yet, more so. */
function beyond({ g, p, view, scene, words }: Frame, { x }: Scale): void {
  const { width, height, right, top, bottom } = view
  const from = Math.max(view.left, x(scene.now))
  const end = width - right
  if (from >= end) return
  g.fillStyle = p.sunk
  g.globalAlpha = 0.85
  g.fillRect(from, top, end - from, height - top - bottom)
  g.globalAlpha = 1
  const unknown = Math.max(from, x(scene.frontier))
  g.strokeStyle = p.line
  g.lineWidth = 1
  g.globalAlpha = 0.7
  g.beginPath()
  for (let at = unknown - height; at < end; at += 9) {
    const low = Math.max(unknown, at)
    g.moveTo(low, height - bottom - (low - at))
    g.lineTo(Math.min(end, at + height), height - bottom - (Math.min(end, at + height) - at))
  }
  g.stroke()
  g.globalAlpha = 1
  g.font = `10.5px ${p.sans}`
  g.textBaseline = 'top'
  g.fillStyle = p.ink3
  const text = words.say('future')
  if (end - from > g.measureText(text).width + 20) {
    g.textAlign = 'right'
    g.fillText(text, end - 8, top + 6)
  }
}

/** y of a watermark: its two ends are outside of any plane. */
const level = ({ top, height, bottom }: Viewport, y: (ms: number) => number, value: number): number =>
  value <= LONG_MIN ? height - bottom + 4 : value >= LONG_MAX ? top - 4 : Math.max(top - 4, Math.min(height - bottom + 4, y(value)))

/** Where no more records may come, by what the place's watermark promises. */
function forbidden({ g, p, view, scene }: Frame, { x, y }: Scale): void {
  const { whole } = scene.lines
  if (whole.times.length === 0) return
  const floor = view.height - view.bottom
  g.beginPath()
  let last = floor
  g.moveTo(x(whole.times[0]!), floor)
  whole.times.forEach((time, at) => {
    const px = x(time)
    g.lineTo(px, last)
    last = level(view, y, whole.values[at]!)
    g.lineTo(px, last)
  })
  g.lineTo(x(whole.until), last)
  g.lineTo(x(whole.until), floor)
  g.closePath()
  g.fillStyle = p.wm
  g.globalAlpha = 0.07
  g.fill()
  g.globalAlpha = 1
}

/** Steps of a line; pieces of equal flags are one path, so that dashes tell them apart. */
function steps({ g, view }: Frame, { x, y }: Scale, line: WatermarkLine, style: (flags: number) => boolean): void {
  const { times, values, flags } = line
  let begun = false
  const first = Math.max(0, firstInSight(times, view.x0) - 1)
  for (let at = first; at < times.length; at++) {
    const from = x(times[at]!)
    if (from > view.width) break
    const to = x(times[at + 1] ?? line.until)
    const height = level(view, y, values[at]!)
    if (values[at]! <= LONG_MIN || !style(flags[at]!)) {
      begun = false
      continue
    }
    if (!begun) g.moveTo(from, at > first && values[at - 1]! > LONG_MIN ? level(view, y, values[at - 1]!) : height)
    g.lineTo(from, height)
    g.lineTo(to, height)
    begun = true
  }
}
const firstInSight = (times: readonly number[], x0: number): number => {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! < x0) low = middle + 1
    else high = middle
  }
  return low
}

function thin(frame: Frame, scale: Scale, line: WatermarkLine): void {
  const { g, p, chosenLine } = frame
  const chosen = chosenLine === line.id
  g.strokeStyle = chosen ? p.accent : p.wm
  g.lineWidth = chosen ? 2.5 : 1.2
  g.globalAlpha = chosen ? 1 : 0.75
  g.beginPath()
  steps(frame, scale, line, (flags) => (flags & (LineFlag.Idle | LineFlag.Paused)) === 0)
  g.stroke()
  g.globalAlpha = 1
  g.strokeStyle = p.idle
  g.lineWidth = 1.6
  g.setLineDash([5, 4])
  g.beginPath()
  steps(frame, scale, line, (flags) => (flags & (LineFlag.Idle | LineFlag.Paused)) !== 0)
  g.stroke()
  g.setLineDash([])
}

function thick(frame: Frame, scale: Scale): void {
  const { g, p, scene } = frame
  const { whole } = scene.lines
  g.lineJoin = 'miter'
  g.strokeStyle = p.wm
  g.lineWidth = 2.6
  g.beginPath()
  steps(frame, scale, whole, (flags) => (flags & LineFlag.Idle) === 0)
  g.stroke()
  g.strokeStyle = p.idle
  g.lineWidth = 2.2
  g.setLineDash([6, 4])
  g.beginPath()
  steps(frame, scale, whole, (flags) => (flags & LineFlag.Idle) !== 0)
  g.stroke()
  g.setLineDash([])
}

function ghosts({ g, p, view, scene, keys }: Frame, { x, y }: Scale): void {
  const radius = Math.min(6, radiusFor(scene.ghosts.length + scene.points.count, view))
  g.lineWidth = 1
  g.globalAlpha = 0.55
  for (const { x: micros, y: ms, look } of scene.ghosts) {
    if (keys !== null && look.hue >= 0 && !keys.has(look.text)) continue
    g.strokeStyle = p.keys[look.hue < 0 ? NO_HUE : look.hue]!
    g.beginPath()
    g.arc(x(micros), y(ms), Math.max(1.5, radius - 1), 0, 7)
    g.stroke()
  }
  g.globalAlpha = 1
}

/** Most late records that say in words how late they are. */
const MOST_TOLD = 10
const isLate = (fate: number): boolean => fate >= Fate.LateTaken

function records(frame: Frame, { x, y }: Scale): void {
  const { g, p, view, scene, keys, selected, hovered } = frame
  const { points } = scene
  const radius = radiusFor(points.count, view)
  const hidden = (at: number): boolean => keys !== null && !keys.has(points.looks[at]!.text)
  // The many first, and what tells most on top of them.
  let late = 0
  for (let at = 0; at < points.count; at++) {
    const px = x(points.x[at]!)
    if (px < view.left - 9 || px > view.width || !(points.y[at]! >= view.y0 && points.y[at]! <= view.y1)) continue
    const fate = points.fates[at]!
    if (isLate(fate)) {
      late++
      continue
    }
    disc(frame, px, y(points.y[at]!), at, radius, hidden(at))
  }
  let told = 0
  for (let at = 0; at < points.count; at++) {
    const fate = points.fates[at]!
    if (!isLate(fate) || (hidden(at) && at !== selected)) continue
    const px = x(points.x[at]!)
    if (px < view.left - 9 || px > view.width || !(points.y[at]! >= view.y0 && points.y[at]! <= view.y1)) continue
    const py = y(points.y[at]!)
    const to = level(view, y, points.watermarks[at]!)
    if (late < 120 || at === selected || at === hovered) {
      g.strokeStyle = p.late
      g.lineWidth = 1.2
      g.setLineDash(fate === Fate.LateTaken ? [] : [2, 3])
      g.beginPath()
      g.moveTo(px, to)
      g.lineTo(px, py - radius)
      g.stroke()
      g.setLineDash([])
    }
    disc(frame, px, py, at, Math.max(radius, 3.5), false)
    if ((late <= MOST_TOLD || at === selected || at === hovered) && told++ < MOST_TOLD + 2) tellLate(frame, at, px, py, radius)
  }
  for (const at of [hovered, selected]) {
    if (at < 0) continue
    const big = Math.max(radius, 6)
    disc(frame, x(points.x[at]!), y(points.y[at]!), at, big, false)
    g.strokeStyle = p.accent
    g.lineWidth = at === selected ? 2.2 : 1.4
    g.beginPath()
    g.arc(x(points.x[at]!), y(points.y[at]!), big + 3, 0, 7)
    g.stroke()
  }
}

function disc({ g, p, scene: { points } }: Frame, px: number, py: number, at: number, radius: number, faint: boolean): void {
  const { hue, text } = points.looks[at]!
  const fate = points.fates[at]!
  g.globalAlpha = faint ? 0.14 : fate === Fate.Filtered || fate === Fate.NoWindow ? 0.4 : 1
  if (fate === Fate.LateDropped || fate === Fate.LateAside) {
    // A cross in a ring: it goes no further.
    g.beginPath()
    g.arc(px, py, Math.max(4, radius), 0, 7)
    g.fillStyle = p.panel
    g.fill()
    g.lineWidth = 2
    g.strokeStyle = p.late
    g.stroke()
    const arm = Math.max(4, radius) * 0.5
    g.beginPath()
    g.moveTo(px - arm, py - arm)
    g.lineTo(px + arm, py + arm)
    if (fate === Fate.LateDropped) {
      g.moveTo(px + arm, py - arm)
      g.lineTo(px - arm, py + arm)
    }
    g.stroke()
  } else if (radius < 4) {
    g.fillStyle = p.keys[hue < 0 ? NO_HUE : hue]!
    g.fillRect(px - radius, py - radius, 2 * radius, 2 * radius)
  } else drawRecord(g, p, px, py, { hue, letters: text === '' ? '' : lettersFor(text), late: fate === Fate.LateTaken }, radius)
  if (fate === Fate.Under && radius >= 4 && !faint) {
    // Under the line, and nothing has come of that: a thin ring.
    g.beginPath()
    g.arc(px, py, radius + 1.2, 0, 7)
    g.lineWidth = 1
    g.strokeStyle = p.late
    g.stroke()
  }
  g.globalAlpha = 1
}

function tellLate({ g, p, scene, words, view }: Frame, at: number, px: number, py: number, radius: number): void {
  const { points } = scene
  const fate = points.fates[at]!
  const distance = points.watermarks[at]! >= LONG_MAX ? '∞' : words.duration(points.watermarks[at]! - points.y[at]!)
  const text = words.say(fate === Fate.LateDropped ? 'dropped' : fate === Fate.LateAside ? 'aside' : 'lateTaken', { distance })
  g.font = `11px ${p.sans}`
  g.textBaseline = 'middle'
  const wide = g.measureText(text).width
  const flip = px + radius + 8 + wide > view.width - view.right
  g.textAlign = flip ? 'right' : 'left'
  halo(g, p, text, px + (flip ? -1 : 1) * (radius + 8), py, p.late)
}

/** Text that can be read over lines. */
export function halo(g: CanvasRenderingContext2D, p: Palette, text: string, x: number, y: number, color: string): void {
  g.lineWidth = 3
  g.lineJoin = 'round'
  g.strokeStyle = p.bg
  g.globalAlpha = 0.85
  g.strokeText(text, x, y)
  g.globalAlpha = 1
  g.fillStyle = color
  g.fillText(text, x, y)
}

function hand({ g, p, held, view, words }: Frame, { x, y }: Scale): void {
  if (held === null) return
  const [px, py] = [x(held.x), y(held.y)]
  const [fx, fy] = [x(held.from.x), y(held.from.y)]
  g.strokeStyle = p.accent
  g.lineWidth = 1
  g.setLineDash([3, 3])
  g.beginPath()
  g.moveTo(view.left, py)
  g.lineTo(px, py)
  g.lineTo(px, view.height - view.bottom)
  g.moveTo(fx, fy)
  g.lineTo(px, py)
  g.stroke()
  g.beginPath()
  g.arc(fx, fy, 7, 0, 7)
  g.stroke()
  g.setLineDash([])
  drawRecord(g, p, px, py, { hue: held.hue, letters: held.text === '' ? '' : lettersFor(held.text), selected: true }, 8)
  g.font = `600 11px ${p.sans}`
  g.textAlign = 'left'
  g.textBaseline = 'bottom'
  halo(g, p, `${words.eventTime(held.y)} · ${words.virtualTime(held.x)}`, px + 13, py - 8, p.accent)
}

/** What lies above and below the picture. */
function edges({ g, p, view, scene, words }: Frame, _scale: Scale): void {
  let above = 0
  let below = 0
  const { points } = scene
  for (let at = 0; at < points.count; at++) {
    if (points.x[at]! < view.x0 || points.x[at]! > view.x1) continue
    if (points.y[at]! > view.y1) above++
    else if (points.y[at]! < view.y0) below++
  }
  g.font = `600 10.5px ${p.sans}`
  g.textAlign = 'left'
  if (above > 0) {
    g.textBaseline = 'top'
    halo(g, p, words.say('above', { count: above * points.each }), view.left + 8, view.top + 6, p.ink2)
  }
  if (below > 0) {
    g.textBaseline = 'bottom'
    halo(g, p, words.say('below', { count: below * points.each }), view.left + 8, view.height - view.bottom - 6, p.ink2)
  }
  if (points.each > 1) {
    g.textBaseline = 'top'
    g.textAlign = 'right'
    halo(g, p, words.say('each', { count: points.each }), view.width - view.right - 8, view.top + 20, p.ink3)
  }
}

function playhead(frame: Frame, { x }: Scale): void {
  const { g, p, view, scene } = frame
  const px = x(scene.now)
  if (px < view.left - 1 || px > view.width - view.right + 1) return
  g.fillStyle = p.ink
  g.fillRect(Math.round(px) - 0.5, view.top, 1.2, view.height - view.top - view.bottom)
  g.beginPath()
  g.moveTo(px - 6, view.top - 6)
  g.lineTo(px + 6, view.top - 6)
  g.lineTo(px, view.top + 2)
  g.fill()
}

/** y px at which a line stands at the playhead; NaN before it has a watermark. */
export function levelNow(view: Viewport, line: WatermarkLine, now: number): number {
  const { value } = valueAtTime(line, now)
  return value <= LONG_MIN ? NaN : level(view, scaleOf(view).y, value)
}
