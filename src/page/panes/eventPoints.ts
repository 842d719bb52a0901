import type { ResolvedTopic, TopicRecord } from '../../scenario/types'
import { scaleOf, type Stretch, type Viewport } from '../../views/time/viewport'

/** A record of a topic on the plane of its events. */
export interface EventPoint {
  /** Virtual µs; ms. */
  readonly arrival: number
  readonly time: number
  /** It comes after a later one of its partition. */
  readonly late: boolean
  readonly partition: number
  readonly offset: number
  readonly record: TopicRecord
}

/** Those with an event time, in order of arrival. */
export function eventPoints({ partitions }: ResolvedTopic): readonly EventPoint[] {
  const found: EventPoint[] = []
  partitions.forEach((records, partition) => {
    let most = -Infinity
    records.forEach((record, offset) => {
      const { arrival, timestamp } = record
      if (timestamp === null) return
      found.push({ arrival, time: timestamp, late: timestamp < most, partition, offset, record })
      if (timestamp > most) most = timestamp
    })
  })
  return found.sort((a, b) => a.arrival - b.arrival || a.partition - b.partition)
}

/** What shows all of them. */
export function reachOf(points: readonly EventPoint[]): Stretch {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { arrival, time } of points) {
    x0 = Math.min(x0, arrival)
    x1 = Math.max(x1, arrival)
    y0 = Math.min(y0, time)
    y1 = Math.max(y1, time)
  }
  if (!(x0 <= x1)) return { x0: 0, x1: 1, y0: 0, y1: 1 }
  if (x0 === x1) [x0, x1] = [0, x1 + 1]
  if (y0 === y1) [y0, y1] = [y0 - 1, y1 + 1]
  return { x0, x1, y0, y1 }
}

/** Place of the record nearest to a px; −1: none is within reach. */
export function nearestEvent(points: readonly EventPoint[], view: Viewport, px: number, py: number, reach = 9): number {
  const { x, y } = scaleOf(view)
  let best = -1
  let least = reach * reach
  points.forEach(({ arrival, time }, at) => {
    const distance = (x(arrival) - px) ** 2 + (y(time) - py) ** 2
    if (distance > least) return
    least = distance
    best = at
  })
  return best
}

/** The next one from `at`: sideways by arrival, up and down by event time. From nowhere, the first. */
export function nextEvent(points: readonly EventPoint[], at: number, [dx, dy]: readonly [number, number]): number {
  if (points[at] === undefined) return points.length === 0 ? -1 : 0
  if (dx !== 0) return Math.max(0, Math.min(points.length - 1, at + dx))
  const from = points[at]!.time
  let best = at
  points.forEach(({ time }, other) => {
    const rise = (time - from) * dy
    if (rise > 0 && (best === at || rise < (points[best]!.time - from) * dy)) best = other
  })
  return best
}
