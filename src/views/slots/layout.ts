/** How much of a slot is drawn: rows with names, chips with numbers, bars, or one square a slot. */
export type Density = 'full' | 'compact' | 'strip' | 'cells'

export interface SlotsSize {
  /** By TaskManager: its slots, and the most subtasks that one of them holds. */
  readonly taskManagers: readonly { readonly slots: number; readonly subtasks: number }[]
  readonly width: number
  readonly height: number
}

interface Measure {
  readonly slotWidth: number
  /** px, by number of subtasks. */
  slotHeight(subtasks: number): number
  /** Slots side by side in one TaskManager at most. */
  readonly columns: number
  /** Screens that it may take before less is drawn. */
  readonly screens: number
  /** Free slots that a TaskManager shows before the others are only counted. */
  readonly free: number
}

export const MEASURES: Readonly<Record<Density, Measure>> = {
  full: { slotWidth: 172, slotHeight: (n) => 30 + 22 * Math.max(1, n), columns: 4, screens: 1.8, free: 4 },
  compact: { slotWidth: 112, slotHeight: (n) => 28 + 20 * Math.max(1, Math.ceil(n / 3)), columns: 6, screens: 2.2, free: 6 },
  strip: { slotWidth: 66, slotHeight: (n) => 24 + 14 * Math.max(1, Math.ceil(n / 7)), columns: 8, screens: 3, free: 16 },
  cells: { slotWidth: 22, slotHeight: () => 22, columns: 16, screens: Infinity, free: 64 },
}
const ORDER: readonly Density[] = ['full', 'compact', 'strip', 'cells']
const HEADER = 34
const PADDING = 18
const GAP = 12

/** Side by side in one TaskManager: as many as there are, within reason and within the room. */
export const columnsOf = (density: Density, slots: number, width: number): number => {
  const { slotWidth, columns } = MEASURES[density]
  return Math.max(1, Math.min(slots, columns, Math.floor((width - 2 * PADDING) / (slotWidth + 6))))
}

/** The most that fits without becoming endless: TaskManagers flow in rows, and some scrolling is fine. */
export function densityOf({ taskManagers, width, height }: SlotsSize): Density {
  for (const density of ORDER) {
    const { slotWidth, slotHeight, screens } = MEASURES[density]
    let y = 0
    let x = 0
    let tall = 0
    for (const { slots, subtasks } of taskManagers) {
      const columns = columnsOf(density, slots, width)
      const rows = Math.ceil(slots / columns)
      const boxWidth = Math.max(density === 'cells' ? 126 : 180, columns * (slotWidth + 6) + PADDING)
      const boxHeight = HEADER + PADDING + rows * (slotHeight(subtasks) + 6)
      if (x > 0 && x + boxWidth > width) {
        y += tall + GAP
        x = 0
        tall = 0
      }
      x += boxWidth + GAP
      tall = Math.max(tall, boxHeight)
    }
    if (y + tall <= screens * height) return density
  }
  return 'cells'
}

/** Slots that are drawn: all that are in use, and of the free ones the first few. */
export function shownSlots<S extends { readonly free: boolean }>(
  density: Density,
  slots: readonly S[],
): { readonly shown: readonly S[]; readonly more: number } {
  const most = MEASURES[density].free
  let free = 0
  const shown = slots.filter((slot) => !slot.free || ++free <= most)
  return { shown, more: slots.length - shown.length }
}
