import { hasPlace, type Queue, type Shown } from './facts'

/** A lane of one key; the last one may hold all keys that there was no room for. */
export interface Lane {
  readonly name: string
  readonly hue: number
  readonly marks: readonly Mark[]
}

export interface Mark {
  readonly shown: Shown
  readonly x: number
  /** Its place in the order of firing, from 1; 0: over. */
  readonly place: number
  /** Beyond all axes: Long.MAX. */
  readonly never: boolean
}

export interface Plot {
  readonly lanes: readonly Lane[]
  /** Keys and timers that are not drawn one by one. */
  readonly moreKeys: number
  readonly moreTimers: number
  readonly from: number
  readonly to: number
  /** Place of the line that eats them; −1: it has no place (no watermark yet). */
  readonly line: number
  readonly ticks: readonly { readonly x: number; readonly time: number }[]
}

/** Marks that are drawn at most: the next to fire come first. */
const MOST_MARKS = 500

/** How many keys have timers to draw. */
export const keysIn = (queue: Queue): number =>
  new Set([...queue.order.slice(0, MOST_MARKS).map((row) => queue.show(row)), ...queue.ghosts].map(({ look }) => look.text)).size

export const LANE_HEIGHT = 24
/** Above and below the lanes: the line's label, the axis. */
export const FRAME_HEIGHT = 44

/** Lanes by key, the ones that fire next on top; the axis spans the line, what is pending and what was over a moment ago. */
export function plotOf(queue: Queue, width: number, most: number): Plot {
  const pending = queue.order.slice(0, MOST_MARKS).map((row) => queue.show(row))
  const times = [...pending, ...queue.ghosts].map(({ timer }) => timer.time).filter(hasPlace)
  if (hasPlace(queue.now)) times.push(queue.now)
  let from = Math.min(...times)
  let to = Math.max(...times)
  if (times.length === 0) [from, to] = [0, 1]
  // Room at both ends, and a width where there is but one moment.
  const room = to > from ? (to - from) * 0.06 : 500
  from -= room
  to += room
  const x = (time: number): number => (hasPlace(time) ? ((time - from) / (to - from)) * width : time > 0 ? width - 5 : 5)

  const lanes = new Map<string, { name: string; hue: number; marks: Mark[] }>()
  let left = 0
  const put = (shown: Shown, place: number): void => {
    const { text, hue } = shown.look
    let lane = lanes.get(text)
    if (lane === undefined) {
      if (lanes.size >= most) {
        left++
        return
      }
      lanes.set(text, (lane = { name: text, hue, marks: [] }))
    }
    lane.marks.push({ shown, x: x(shown.timer.time), place, never: !hasPlace(shown.timer.time) })
  }
  pending.forEach((shown, at) => put(shown, at + 1))
  for (const ghost of queue.ghosts) if (lanes.has(ghost.look.text) || lanes.size < most) put(ghost, 0)
  const keys = new Set(pending.map(({ look }) => look.text))
  return {
    lanes: [...lanes.values()],
    moreKeys: [...keys].filter((key) => !lanes.has(key)).length,
    moreTimers: left + Math.max(0, queue.order.length - pending.length),
    from,
    to,
    line: hasPlace(queue.now) ? x(queue.now) : -1,
    ticks: ticksOf(from, to, width).map((time) => ({ time, x: x(time) })),
  }
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000] // prettier-ignore

/** Round moments, some 90 px apart. */
function ticksOf(from: number, to: number, width: number): number[] {
  const wanted = Math.max(1, Math.floor(width / 96))
  const span = to - from
  let step = STEPS.find((size) => span / size <= wanted)
  if (step === undefined) {
    step = 86_400_000
    while (span / step > wanted) step *= 2
  }
  const ticks: number[] = []
  // Far from the epoch doubles are further apart than steps: then there is one.
  for (let time = Math.ceil(from / step) * step; time <= to && ticks.length < 40 && time !== ticks.at(-1); time += step) ticks.push(time)
  return ticks
}
