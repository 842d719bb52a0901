import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { timeView } from '../../i18n/timeView'
import type { Selection } from '../../scenario/types'
import { nextToFire } from './bands'
import { boundsText } from './drawBands'
import type { Words } from './drawing'
import { levelNow } from './drawLines'
import { LineFlag, valueAtTime } from './lines'
import { idleHint, type Scene } from './scene'
import { scaleOf, type Viewport } from './viewport'

export interface LineLabel {
  readonly id: string
  /** px; `before`: it ends there. */
  readonly x: number
  readonly y: number
  readonly side: 'after' | 'before'
  /** px that it may take. */
  readonly room: number
  readonly text: string
  readonly tone: 'whole' | 'part' | 'holds' | 'idle' | 'if'
  /** The event that made it so; −1. */
  readonly event: number
  readonly selection: Selection | null
}
type Say = (key: keyof typeof timeView, args?: Readonly<Record<string, string | number>>) => string

const LINE_HEIGHT = 15
/** Of more lines than this only those that say something are named. */
const MOST = 8

/** Names of the lines at the playhead, each as near to its height as the others let it. */
export function labelsAt(scene: Scene, view: Viewport, words: Words, say: Say): readonly LineLabel[] {
  const { lines, now } = scene
  const px = scaleOf(view).x(now)
  const floor = view.height - view.bottom
  if (px < view.left - 1 || px > view.width - view.right + 1 || lines.whole.times.length === 0) return []
  // Where there is more room: after the playhead, over what is still to come, or before it.
  const after = view.width - px
  const side = after > 96 || px - view.left < 150 ? 'after' : 'before'
  const room = Math.min(280, (side === 'after' ? after : px - view.left) - 10)
  const found: LineLabel[] = []
  const put = (label: Omit<LineLabel, 'x' | 'side' | 'room'>): void =>
    void found.push({ ...label, x: side === 'after' ? px + 6 : px - 6, side, room })
  const hint = idleHint(scene)
  for (const line of lines.parts) {
    const at = valueAtTime(line, now)
    const name = words.line(line)
    const y = Number.isFinite(levelNow(view, line, now)) ? levelNow(view, line, now) : floor - 8
    const base = { id: line.id, y, event: at.event, selection: line.selection }
    if ((at.flags & LineFlag.Idle) !== 0) put({ ...base, text: say('idle', { line: name }), tone: 'idle' })
    else if ((at.flags & LineFlag.Paused) !== 0) put({ ...base, text: say('paused', { line: name }), tone: 'idle' })
    else if (at.value <= LONG_MIN) put({ ...base, text: say('never', { line: name }), tone: 'holds' })
    else if ((at.flags & LineFlag.Ended) !== 0 || at.value >= LONG_MAX) put({ ...base, text: say('ended', { line: name }), tone: 'idle' })
    else if (hint?.holder === line) {
      const silent = line.heard <= at.since
      const time = words.virtualTime(silent && line.heard >= 0 ? line.heard : at.since)
      put({ ...base, text: say(silent ? 'silent' : 'holds', { line: name, time }), tone: 'holds' })
    } else if (lines.parts.length <= MOST) {
      // Lines that lie on each other have one label.
      const same = found.find((label) => label.tone === 'part' && label.y === y)
      if (same === undefined) put({ ...base, text: name, tone: 'part' })
      else found[found.indexOf(same)] = { ...same, text: `${same.text}, ${name}` }
    }
  }
  const whole = valueAtTime(lines.whole, now)
  if (lines.parts.length === 0 || lines.parts.length > MOST) {
    const y = Number.isFinite(levelNow(view, lines.whole, now)) ? levelNow(view, lines.whole, now) : floor - 8
    const name = words.line(lines.whole)
    const text =
      whole.value >= LONG_MAX
        ? say('endOfTime')
        : whole.value <= LONG_MIN
          ? say('never', { line: name })
          : `${name} ${words.eventTime(whole.value)}`
    put({ id: 'whole', y, text, tone: whole.value <= LONG_MIN ? 'holds' : 'whole', event: whole.event, selection: lines.whole.selection })
  }
  if (hint !== null) {
    const band = nextToFire(scene.bands, whole.value)
    const line = words.line(hint.holder)
    const time = words.eventTime(hint.others)
    const short = band === null ? NaN : band.end - 1 - hint.others
    const text =
      band === null
        ? say('ifIdle', { line, time })
        : short > 0
          ? say('ifIdleShort', { line, time, short: words.duration(short) })
          : say('ifIdleFires', { line, time, window: boundsText(band, words.eventTime) })
    const y = scaleOf(view).y(Math.min(hint.others, view.y1))
    put({ id: 'if', y: y - LINE_HEIGHT, text, tone: 'if', event: -1, selection: hint.holder.selection })
  }
  return spread(found, view.top + 8, floor - 6)
}

/** Some px wide a letter is, on average. */
const LETTER = 6.2
/** How high a label is that may have to be broken. */
const heightOf = ({ text, room }: LineLabel): number => LINE_HEIGHT * Math.min(3, Math.max(1, Math.ceil((text.length * LETTER + 8) / room)))

/** So that none lies on another: from the top down, and then up again from the floor. `y` is the middle of each. */
function spread(labels: readonly LineLabel[], top: number, floor: number): readonly LineLabel[] {
  const sorted = labels.map((label) => ({ ...label, y: Math.max(top, Math.min(floor, label.y)) })).sort((a, b) => a.y - b.y)
  const apart = (at: number): number => (heightOf(sorted[at - 1]!) + heightOf(sorted[at]!)) / 2
  for (let at = 1; at < sorted.length; at++) sorted[at]!.y = Math.max(sorted[at]!.y, sorted[at - 1]!.y + apart(at))
  let limit = floor
  for (let at = sorted.length - 1; at >= 0; at--) {
    sorted[at]!.y = Math.min(sorted[at]!.y, limit)
    if (at > 0) limit = sorted[at]!.y - apart(at)
  }
  return sorted
}
