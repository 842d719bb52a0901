import { drawBands, labelBands } from './drawBands'
import { drawClock } from './drawClock'
import { halo, type Frame } from './drawing'
import { forbidden, thick, thin } from './drawLines'
import { ghosts, hand, records } from './drawRecords'
import { roundStep, scaleOf, ticks, timeStep, type Scale } from './viewport'

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
  labelBands(frame, scale)
  hand(frame, scale)
  g.restore()
  drawClock(frame, scale)
  edges(frame, scale)
  playhead(frame, scale)
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
  // On a phone the numbers have that room.
  if (width >= 560) {
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
