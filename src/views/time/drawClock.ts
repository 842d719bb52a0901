import { halo, type Frame } from './drawing'
import type { Scale } from './viewport'

/**
 * Along the axis, where the machines' clock did not run by itself: a dashed line while it stands, a mark where it was put forward. The axis goes on,
 * for records come all the same.
 */
export function drawClock({ g, p, view, clock, words, scene }: Frame, { x }: Scale): void {
  const y = view.height - view.bottom
  const [left, right] = [view.left, view.width - view.right]
  g.font = `10.5px ${p.sans}`
  g.textBaseline = 'bottom'
  g.textAlign = 'left'
  let last = -Infinity
  for (const { from, until, running, forward } of clock) {
    if (from > scene.now) break
    const [begin, end] = [Math.max(left, x(from)), Math.min(right, x(Math.min(until, scene.now)))]
    if (end < left || begin > right) continue
    if (!running) {
      g.strokeStyle = p.state
      g.lineWidth = 3
      g.setLineDash([3, 3])
      g.beginPath()
      g.moveTo(begin, y)
      g.lineTo(end, y)
      g.stroke()
      g.setLineDash([])
    }
    const here = forward > 0 && x(from) >= left
    if (here) {
      g.fillStyle = p.state
      g.beginPath()
      g.moveTo(begin - 1, y - 5)
      g.lineTo(begin + 7, y)
      g.lineTo(begin - 1, y + 5)
      g.fill()
    }
    const text = here ? words.say('clockForward', { by: words.duration(forward / 1000) }) : running ? '' : words.say('clockStands')
    if (text === '' || begin + 4 < last) continue
    const wide = g.measureText(text).width
    if (!here && wide + 8 > end - begin) continue
    halo(g, p, text, Math.min(begin + 4, right - wide), y - 6, p.state)
    last = begin + wide + 12
  }
}
