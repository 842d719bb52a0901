import { barrierWays, partsOf, type BarrierWay, type Part, type Stretch } from '../../trace/checkpoints/queries'
import type { CheckpointsState, CheckpointTrack } from '../../trace/checkpoints/state'

export const ROW = 26
/** Height of the axis above the rows. */
export const AXIS = 22

export type Piece = 'startDelay' | 'alignment' | 'sync' | 'async'

export interface Bar {
  readonly piece: Piece
  readonly x: number
  readonly width: number
  readonly stretch: Stretch
}

export interface Row {
  readonly part: Part
  readonly y: number
  readonly bars: readonly Bar[]
  /** Of the acknowledgement; −1. */
  readonly acknowledged: number
}

export interface Way {
  readonly way: BarrierWay
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export interface Gantt {
  readonly rows: readonly Row[]
  readonly ways: readonly Way[]
  readonly ticks: readonly { readonly x: number; readonly micros: number }[]
  /** The moment, where it is in sight; −1. */
  readonly now: number
  readonly height: number
}

/** More barriers than these are a hatch, not lines. */
const MOST_WAYS = 400

/** A checkpoint on an axis of its own, µs since its trigger: it grows with the moment until it is over. `width` px of the axis. */
export function ganttOf(state: CheckpointsState, track: CheckpointTrack, width: number): Gantt {
  const parts = partsOf(state, track)
  const isOver = track.ended >= 0 && track.ended <= state.event
  let last = isOver ? track.endedTime : state.time
  for (const { acknowledged } of parts) last = Math.max(last, acknowledged)
  const span = Math.max(1, last - track.time)
  const x = (time: number): number => ((Math.min(last, time) - track.time) / span) * width
  const y = new Map<number, number>()
  const rows = parts.map((part, place): Row => {
    const top = AXIS + place * ROW
    y.set(part.share.vertex, top + ROW / 2)
    const bars = (['startDelay', 'alignment', 'sync', 'async'] as const).flatMap((piece): Bar[] => {
      const stretch = part[piece]
      if (stretch === null) return []
      return [{ piece, x: x(stretch.from), width: Math.max(piece === 'startDelay' ? 0 : 2, x(stretch.to) - x(stretch.from)), stretch }]
    })
    return { part, y: top, bars, acknowledged: part.acknowledged < 0 ? -1 : x(part.acknowledged) }
  })
  const { channels } = state.graph
  const ways = barrierWays(state, track)
    .slice(0, MOST_WAYS)
    .flatMap((way): Way[] => {
      const from = y.get(channels[way.channel]?.from ?? -1)
      const to = y.get(channels[way.channel]?.to ?? -1)
      if (from === undefined || to === undefined) return []
      const x1 = x(way.to)
      // One that is still under way has come as far as it may have.
      return [{ way, x0: x(way.from), y0: from, x1, y1: way.arrived ? to : from + (to - from) * 0.6 }]
    })
  return { rows, ways, ticks: ticksOf(span, width), now: isOver ? -1 : x(state.time), height: AXIS + rows.length * ROW }
}

/** Round stretches of time, some 90 px apart. */
function ticksOf(span: number, width: number): { x: number; micros: number }[] {
  const wanted = span / Math.max(1, width / 90)
  let step = 1
  while (step < wanted) step *= step * 2 >= wanted ? 2 : step * 5 >= wanted ? 5 : 10
  const ticks = []
  for (let micros = 0; micros <= span; micros += step) ticks.push({ x: (micros / span) * width, micros })
  return ticks
}
