import type { EventTimes } from '../../scenario/eventEdits'
import type { KeyLook } from '../../trace/looks'
import type { Hands, ScenarioChange } from '../types'
import { hasEventTime, moving, type SourceRow } from './hands'
import { roundStep, timeStep, type Viewport } from './viewport'

export interface Held {
  readonly row: SourceRow
  readonly look: KeyLook
  /** Event time that the job gave it, ms; virtual µs at which the place saw it. */
  readonly from: { readonly x: number; readonly y: number }
  readonly at: { readonly x: number; readonly y: number }
}

/** A px or two is a hand that trembles: in that direction the event stays where it was. */
const STILL = 5

/** An event in the hand, from when it is taken to when it is let go. */
export class Holding {
  held: Held | null = $state.raw(null)
  private asked = false

  constructor(private readonly hands: () => Hands | null) {}

  take(row: SourceRow, look: KeyLook, from: { readonly x: number; readonly y: number }): void {
    this.held = { row, look, from, at: from }
    this.asked = false
  }

  /** Where a pointer holds it; grid lines of the picture's own scale attract it, unless `free`. */
  moveTo(x: number, y: number, view: Viewport, free: boolean): void {
    const { held } = this
    if (held === null) return
    const perX = (view.x1 - view.x0) / (view.width - view.left - view.right)
    const perY = (view.y1 - view.y0) / (view.height - view.top - view.bottom)
    const near = (value: number, from: number, px: number, step: number): number =>
      Math.abs(value - from) < STILL * px ? from : free ? Math.round(value) : Math.round(value / step) * step
    const at = {
      x: Math.max(0, near(x, held.from.x, perX, Math.max(1, roundStep(3 * perX)))),
      y: near(y, held.from.y, perY, timeStep(3 * perY, 1)),
    }
    this.set(held, hasEventTime(held.row, held.from.y) ? at : { ...at, y: held.from.y })
  }

  /** By so many steps of the picture's grid. */
  nudge(dx: number, dy: number, view: Viewport): void {
    const { held } = this
    if (held === null) return
    const stepX = Math.max(1, roundStep((view.x1 - view.x0) / 100))
    const stepY = timeStep((view.y1 - view.y0) / 100, 1)
    const x = Math.max(0, held.at.x + dx * stepX)
    this.set(held, { x, y: hasEventTime(held.row, held.from.y) ? held.at.y + dy * stepY : held.at.y })
  }

  private set(held: Held, at: Held['at']): void {
    if (at.x === held.at.x && at.y === held.at.y) return
    this.held = { ...held, at }
    this.asked = true
    this.hands()?.preview(changeOf(this.held))
  }

  /** Lets it go where it is; false if that is where it was. */
  drop(label: (held: Held) => string): boolean {
    const { held } = this
    const hands = this.hands()
    this.held = null
    if (held === null || hands === null) return false
    if (held.at.x === held.from.x && held.at.y === held.from.y) {
      if (this.asked) hands.revert()
      return false
    }
    hands.keep(changeOf(held), label(held))
    return true
  }

  /** As if it had never been taken. */
  cancel(): void {
    if (this.held !== null && this.asked) this.hands()?.revert()
    this.held = null
  }
}

/** Times of the row that move it on the plane from one place to another; what stays is not among them. */
export function timesOf({ row: { record }, from, at }: Held): EventTimes {
  return {
    ...(at.y === from.y ? {} : { eventTime: (record.timestamp ?? from.y) + (at.y - from.y) }),
    ...(at.x === from.x ? {} : { arrival: Math.max(0, Math.round(record.arrival + (at.x - from.x))) }),
  }
}
export const changeOf = (held: Held): ScenarioChange => moving(held.row, held.from.y, timesOf(held))
