import type { Rect } from './layout'

const READABLE = 0.68
const WHOLE = 0.2
const LARGEST = 1.12

/** How a picture lies in the room that there is: as large as that allows, within what stays readable; beyond that it scrolls. */
export class Fit {
  /** px of the room. */
  width = $state(700)
  height = $state(460)
  scrolled: { readonly left: number; readonly top: number } = $state.raw({ left: 0, top: 0 })
  /** Whether all of it is wanted, readable or not. */
  whole = $state(false)

  readonly room: number = $derived.by(() => Math.max(120, this.height))
  private readonly fitting: number = $derived.by(() => {
    const { width, height } = this.size()
    return Math.min(LARGEST, this.width / width, this.room / Math.max(240, height))
  })
  readonly isTooLarge: boolean = $derived.by(() => this.fitting < READABLE)
  readonly scale: number = $derived.by(() => Math.max(this.whole ? WHOLE : READABLE, this.fitting))
  /** px of all of it, at least of the room. */
  readonly stageWidth: number = $derived.by(() => Math.max(this.width, this.size().width * this.scale))
  readonly stageHeight: number = $derived.by(() => Math.max(this.room, this.size().height * this.scale))
  readonly left: number = $derived.by(() => Math.max(0, (this.stageWidth - this.size().width * this.scale) / 2))
  /** Boxes hang a little above the middle; headers of subtasks stay at the top. */
  readonly above: number = $derived.by(
    () => Math.max(0, this.stageHeight - this.size().height * this.scale) * 0.36 * (1 - this.size().opening),
  )
  /** What of the stage is in sight. */
  readonly sight: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } = $derived.by(() => ({
    ...this.scrolled,
    width: this.width,
    height: this.room,
  }))

  /** `size`: of the picture, px of the layout, and how far it has opened to subtasks, 0 … 1. */
  constructor(private readonly size: () => { readonly width: number; readonly height: number; readonly opening: number }) {}

  follow = (scrolling: UIEvent): void => {
    const { scrollLeft, scrollTop } = scrolling.currentTarget as HTMLElement
    this.scrolled = { left: scrollLeft, top: scrollTop }
  }

  /** From the layout to the stage. */
  inStage(rect: Rect | undefined): Rect | null {
    if (rect === undefined) return null
    const { scale } = this
    return { x: this.left + rect.x * scale, y: this.above + rect.y * scale, width: rect.width * scale, height: rect.height * scale }
  }

  /** From a pointer on the stage to the layout. */
  inLayout(pointer: MouseEvent): { readonly x: number; readonly y: number } {
    const box = (pointer.currentTarget as HTMLElement).getBoundingClientRect()
    return { x: (pointer.clientX - box.left - this.left) / this.scale, y: (pointer.clientY - box.top - this.above) / this.scale }
  }
}
