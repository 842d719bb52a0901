import { NO_HUE } from './key'
import type { Palette } from './palette'

export const RECORD_RADIUS = 8

/** A canvas as large as its box at the device's resolution; the context draws in CSS px. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = Math.min(3, window.devicePixelRatio || 1)
  const w = Math.max(1, Math.round(width * ratio))
  const h = Math.max(1, Math.round(height * ratio))
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

export interface RecordGlyph {
  /** 0 … 7; below 0: no key. */
  readonly hue: number
  readonly letters: string
  readonly late?: boolean
  readonly selected?: boolean
}

/** A disc with the key's letters; late: a ring in vermilion; selected: a ring in the accent. Without a key it is grey. */
export function drawRecord(
  g: CanvasRenderingContext2D,
  p: Palette,
  x: number,
  y: number,
  glyph: RecordGlyph,
  radius = RECORD_RADIUS,
): void {
  g.beginPath()
  g.arc(x, y, radius, 0, 7)
  g.fillStyle = p.keys[glyph.hue < 0 ? NO_HUE : glyph.hue]!
  g.fill()
  g.lineWidth = glyph.late ? 2.5 : 1.25
  g.strokeStyle = glyph.late ? p.late : p.panel
  g.stroke()
  if (glyph.selected) {
    g.beginPath()
    g.arc(x, y, radius + 3, 0, 7)
    g.lineWidth = 2
    g.strokeStyle = p.accent
    g.stroke()
  }
  if (radius >= 6 && glyph.letters !== '') {
    g.fillStyle = p.onKey
    g.font = `700 ${glyph.letters.length > 1 ? 7.5 : 8.5}px ${p.sans}`
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    g.fillText(glyph.letters, x, y + 0.5)
  }
}

/** The watermark's pill, `≈ 09:58`. */
export function drawWatermark(g: CanvasRenderingContext2D, p: Palette, x: number, y: number, text: string): void {
  g.font = `600 9.5px ${p.sans}`
  const width = g.measureText(text).width + 14
  g.beginPath()
  g.roundRect(x - width / 2, y - 9, width, 18, 9)
  g.fillStyle = p.wm
  g.fill()
  g.lineWidth = 1.25
  g.strokeStyle = p.panel
  g.stroke()
  g.fillStyle = p.onWm
  g.textAlign = 'center'
  g.textBaseline = 'middle'
  g.fillText(text, x, y + 0.5)
}

/** A watermark status on its way: a hollow pill. */
export function drawStatus(g: CanvasRenderingContext2D, p: Palette, x: number, y: number, text: string): void {
  g.font = `600 9.5px ${p.sans}`
  const width = g.measureText(text).width + 14
  g.beginPath()
  g.roundRect(x - width / 2, y - 9, width, 18, 9)
  g.fillStyle = p.panel
  g.fill()
  g.lineWidth = 1.5
  g.strokeStyle = p.idle
  g.stroke()
  g.fillStyle = p.ink2
  g.textAlign = 'center'
  g.textBaseline = 'middle'
  g.fillText(text, x, y + 0.5)
}

/** A watermark or status that waits in a buffer or queue: the pill alone, without its time. */
export function drawWaiting(g: CanvasRenderingContext2D, p: Palette, x: number, y: number, what: 'watermark' | 'status'): void {
  g.beginPath()
  g.roundRect(x - 6, y - 4, 12, 8, 4)
  g.fillStyle = what === 'watermark' ? p.wm : p.panel
  g.fill()
  g.lineWidth = 1.25
  g.strokeStyle = what === 'watermark' ? p.panel : p.idle
  g.stroke()
}

/**
 * A barrier across its channel, wherever that leads (`along`: cosine and sine), with its checkpoint's number. One that is unaligned has an arrowhead:
 * it goes ahead of what waits. `small`: no room for a number.
 */
export function drawBarrier(
  g: CanvasRenderingContext2D,
  p: Palette,
  x: number,
  y: number,
  [cos, sin]: readonly [number, number],
  number: string,
  unaligned: boolean,
  small: boolean,
): void {
  const half = small ? 5 : 12
  g.save()
  g.translate(x, y)
  g.transform(cos, sin, -sin, cos, 0, 0)
  g.beginPath()
  g.roundRect(-2.5, -half, 5, 2 * half, 2)
  if (unaligned) {
    g.moveTo(2, -5)
    g.lineTo(8, 0)
    g.lineTo(2, 5)
  }
  g.lineWidth = 1.5
  g.strokeStyle = p.panel
  g.stroke()
  g.fillStyle = p.barrier
  g.fill()
  g.restore()
  if (small) return
  g.font = `700 10px ${p.sans}`
  g.textAlign = 'center'
  g.textBaseline = 'middle'
  // Beside its upper end, clear of the line.
  const away = half + 7
  const [up, across] = cos >= 0 ? [-cos, sin] : [cos, -sin]
  g.lineWidth = 3
  g.strokeStyle = p.bg
  g.strokeText(number, x + across * away, y + up * away)
  g.fillStyle = p.barrier
  g.fillText(number, x + across * away, y + up * away)
}
