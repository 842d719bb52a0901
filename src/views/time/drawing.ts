import type { Palette } from '../../components/glyphs/palette'
import type { ClockStretch } from '../../core/processingClock'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { WatermarkLine } from './lines'
import type { Scene } from './scene'
import type { Viewport } from './viewport'

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
  | 'least' | 'clockStands' | 'clockForward' | 'each' | 'comes' // prettier-ignore

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
  /** What hands did to the machines' clock. */
  readonly clock: readonly ClockStretch[]
  /** What a hand holds: drawn where the hand is. */
  readonly held: {
    readonly x: number
    readonly y: number
    readonly hue: number
    readonly text: string
    readonly from: { readonly x: number; readonly y: number }
  } | null
}

/** Radius of discs that are so many on so much room. */
export function radiusFor(count: number, view: Viewport): number {
  const room = (view.width - view.left - view.right) * (view.height - view.top - view.bottom)
  const each = room / Math.max(1, count)
  return each > 900 ? 8 : each > 420 ? 6 : each > 160 ? 4.5 : each > 50 ? 3 : 2
}

/** y of a watermark: its two ends are outside of any plane. */
export const level = ({ top, height, bottom }: Viewport, y: (ms: number) => number, value: number): number =>
  value <= LONG_MIN ? height - bottom + 4 : value >= LONG_MAX ? top - 4 : Math.max(top - 4, Math.min(height - bottom + 4, y(value)))

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
