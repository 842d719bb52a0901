import { drawRecord } from '../../components/glyphs/canvas'
import { NO_HUE } from '../../components/glyphs/key'
import { LONG_MAX } from '../../core/time'
import { halo, level, radiusFor, type Frame } from './drawing'
import { lettersFor } from './looks'
import { Fate } from './points'
import type { Scale } from './viewport'

export function ghosts({ g, p, view, scene, keys }: Frame, { x, y }: Scale): void {
  const radius = Math.min(6, radiusFor(scene.crowd, view))
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

export function records(frame: Frame, { x, y }: Scale): void {
  const { g, p, view, scene, keys, selected, hovered } = frame
  const { points } = scene
  const radius = radiusFor(scene.crowd, view)
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

export function hand({ g, p, held, view, words }: Frame, { x, y }: Scale): void {
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
