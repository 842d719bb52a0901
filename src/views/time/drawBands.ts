import { LONG_MAX } from '../../core/time'
import type { Band } from './bands'
import { halo, type Frame } from './drawing'
import type { Scale } from './viewport'

/** Windows as bands: filled while they are open, lighter once they have fired, thin while they are kept for what comes late. */
export function drawBands(frame: Frame, scale: Scale): void {
  const { scene, chosenWindow } = frame
  const chosen = (band: Band): boolean =>
    chosenWindow !== null && band.windows.some(({ process, window }) => process === chosenWindow.process && window === chosenWindow.window)
  for (const band of scene.bands) drawBand(frame, scale, band, false)
  for (const band of scene.bands) if (chosen(band)) drawBand(frame, scale, band, true)
}

/** Their words and firings, which lie on the records: those move away under a hand, and words do not. */
export function labelBands(frame: Frame, scale: Scale): void {
  const { bands } = frame.scene
  let room = 80
  for (const band of bands) if (room-- > 0) label(frame, scale, band)
  for (const band of bands) firings(frame, scale, band)
}

interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** px of a piece; a window of processing time stands upright, over all event times. */
function rect({ view }: Frame, { x, y }: Scale, band: Band, piece: Band['pieces'][number]): Rect {
  const x0 = Math.max(view.left - 10, x(piece.from))
  const x1 = Math.min(view.width + 10, x(piece.to))
  if (band.processing) return { x: x0, y: view.top, w: x1 - x0, h: view.height - view.top - view.bottom }
  const y0 = Math.max(view.top - 10, y(Math.min(piece.end, LONG_MAX)))
  const y1 = Math.min(view.height + 10, y(piece.start))
  return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 }
}

function drawBand(frame: Frame, scale: Scale, band: Band, chosen: boolean): void {
  const { g, p } = frame
  const open = band.closed < 0
  for (const piece of band.pieces) {
    const { x, y, w, h } = rect(frame, scale, band, piece)
    if (w <= 0 || h <= 0) continue
    const fired = band.firstFired >= 0 ? Math.max(x, Math.min(x + w, scale.x(band.firstFired))) : x + w
    // Open until it fires; from then on it is kept for late records, and so thinner.
    g.fillStyle = p.accent
    g.globalAlpha = chosen ? 0.16 : 0.075
    g.fillRect(x, y, fired - x, h)
    if (fired < x + w) {
      g.globalAlpha = chosen ? 0.1 : 0.035
      g.fillRect(fired, y, x + w - fired, h)
      const inset = Math.min(5, h / 4)
      g.globalAlpha = chosen ? 0.5 : 0.28
      g.strokeStyle = p.accent
      g.lineWidth = 1
      g.strokeRect(fired, y + inset, x + w - fired, h - 2 * inset)
    }
    g.globalAlpha = chosen ? 1 : 0.45
    g.strokeStyle = p.accent
    g.lineWidth = chosen ? 2 : 1
    g.setLineDash(open ? [4, 3] : [])
    g.strokeRect(x + 0.5, y + 0.5, Math.max(0, fired - x - 1), Math.max(0, h - 1))
    g.setLineDash([])
    g.globalAlpha = 1
  }
  if (band.taken) mergeMark(frame, scale, band)
}

/** Where a session went into another: its end runs over into that one. */
function mergeMark({ g, p }: Frame, { x, y }: Scale, band: Band): void {
  const px = x(band.closed)
  const py = y((band.start + band.end) / 2)
  g.strokeStyle = p.accent
  g.lineWidth = 1.5
  g.beginPath()
  g.moveTo(px - 8, py - 4)
  g.lineTo(px, py)
  g.lineTo(px - 8, py + 4)
  g.moveTo(px - 10, py)
  g.lineTo(px + 6, py)
  g.stroke()
}

/** The bounds of a window as text. */
export const boundsText = ({ start, end }: { readonly start: number; readonly end: number }, time: (ms: number) => string): string =>
  `[${time(start)}, ${time(end)})`

/** What has become of it, in a word or two. */
export function stateOf(band: Band, { say, virtualTime }: Frame['words']): string {
  if (band.taken) return say('merged')
  const [first, second] = band.firings
  if (first === undefined) return band.closed < 0 ? say('open', { count: band.elements }) : band.lost ? say('lost') : say('emptied')
  if (band.closed >= 0 && band.firings.length === 1) return say('cleaned')
  const times = [first, second].flatMap((firing) => (firing === undefined ? [] : [virtualTime(firing.time)])).join(' · ')
  return band.firings.length > 2 ? say('firedMany', { count: band.firings.length }) : say('fired', { times })
}

function label(frame: Frame, scale: Scale, band: Band): void {
  const { g, p, view, words } = frame
  const piece = band.pieces.at(-1)!
  const { x, y, w, h } = rect(frame, scale, band, piece)
  const left = Math.max(x, view.left) + 8
  const top = Math.max(y, view.top) + 5
  if (h < 15 || x > view.width || top > view.height - view.bottom - 12) return
  g.font = `600 10.5px ${p.sans}`
  g.textAlign = 'left'
  g.textBaseline = 'top'
  const name = boundsText(band, words.eventTime)
  const wide = g.measureText(name).width
  if (wide + 10 > w) return
  halo(g, p, name, left, top, p.accent)
  g.font = `10.5px ${p.sans}`
  const { look, windows } = band
  const who = look !== null && look.text !== '' ? look.text : windows.length > 1 ? words.say('windowsHere', { count: windows.length }) : ''
  const text = [who, stateOf(band, words)].filter((part) => part !== '').join(' · ')
  const more = g.measureText(text).width
  if (wide + 22 + more < w) halo(g, p, text, left + wide + 10, top, p.ink3)
  else if (more + 10 < w && h > 44) halo(g, p, text, left, top + 14, p.ink3)
}

function firings(frame: Frame, { x, y }: Scale, band: Band): void {
  const { g, p, view, words } = frame
  let lastText = -Infinity
  for (const { time, again } of band.firings) {
    const px = x(time)
    if (px < view.left - 8 || px > view.width) continue
    const py = band.processing ? view.top + 14 : y(band.end)
    if (py < view.top || py > view.height - view.bottom + 4) continue
    g.fillStyle = p.ok
    g.globalAlpha = again ? 0.75 : 1
    g.beginPath()
    g.moveTo(px - 5.5, py - 9)
    g.lineTo(px + 5.5, py - 9)
    g.lineTo(px, py)
    g.fill()
    g.globalAlpha = 1
    // A word for each would be one on the other where windows are low.
    if (px - lastText < 46 || (!band.processing && y(band.start) - y(band.end) < 26)) continue
    lastText = px
    g.font = `600 10.5px ${p.sans}`
    g.textAlign = 'left'
    g.textBaseline = 'middle'
    halo(g, p, words.say(again ? 'again' : 'fires'), px + 9, py - 5, p.ok)
  }
}
