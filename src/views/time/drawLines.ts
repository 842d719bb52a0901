import { LONG_MIN } from '../../core/time'
import { level, type Frame } from './drawing'
import { LineFlag, valueAtTime, type WatermarkLine } from './lines'
import { scaleOf, type Scale, type Viewport } from './viewport'

/** Where no more records may come, by what the place's watermark promises. */
export function forbidden({ g, p, view, scene }: Frame, { x, y }: Scale): void {
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

export function thin(frame: Frame, scale: Scale, line: WatermarkLine): void {
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

export function thick(frame: Frame, scale: Scale): void {
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

/** y px at which a line stands at the playhead; NaN before it has a watermark. */
export function levelNow(view: Viewport, line: WatermarkLine, now: number): number {
  const { value } = valueAtTime(line, now)
  return value <= LONG_MIN ? NaN : level(view, scaleOf(view).y, value)
}
