import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { TimeState } from '../../trace/time/state'
import type { Steps } from '../../trace/time/steps'

/** Event times that the little pictures have in common, so that their heights can be compared. */
export interface Scale {
  readonly from: number
  readonly to: number
}

/** Over what sources and watermark operators have emitted by the moment. */
export function scaleOf(state: TimeState): Scale {
  let from = Infinity
  let to = -Infinity
  for (const attempts of state.index.attempts) {
    for (const attempt of attempts ?? []) {
      if (attempt.started > state.event) continue
      for (const { generator } of attempt.nodes.values()) {
        if (generator === null) continue
        const count = generator.steps.count(state.event)
        for (const at of [0, count - 2, count - 1]) {
          const value = at >= 0 && at < count ? generator.steps.value(at) : NaN
          if (!(value > LONG_MIN && value < LONG_MAX)) continue
          from = Math.min(from, value)
          to = Math.max(to, value)
        }
      }
    }
  }
  return { from, to }
}

export interface Spark {
  /** Paths of SVG. */
  readonly active: string
  readonly idle: string
}

const MOST = 60

/** `steps` from the beginning of the run to `time`, as paths in a box of that size; flag 1 of a step is idle. */
export function sparkOf(steps: Steps, upTo: number, time: number, { from, to }: Scale, width: number, height: number): Spark {
  const count = steps.count(upTo)
  const x = (at: number): number => Math.round(((at * width) / Math.max(1, time)) * 10) / 10
  const span = Math.max(1, to - from)
  const y = (value: number): number => Math.round((height - 1 - Math.min(1, Math.max(0, (value - from) / span)) * (height - 3)) * 10) / 10
  const paths = { active: '', idle: '' }
  const piece = (start: number, end: number, at: number): void => {
    const value = steps.value(at)
    if (value <= LONG_MIN) return
    const which = (steps.flag(at) & 1) === 0 ? 'active' : 'idle'
    paths[which] += `M${x(start)} ${y(value)}H${x(end)}`
    const next = at + 1 < count ? steps.value(at + 1) : value
    if (next > value) paths[which] += `V${y(next)}`
  }
  if (count <= MOST) {
    for (let at = 0; at < count; at++) piece(steps.time(at), at + 1 < count ? steps.time(at + 1) : time, at)
    return paths
  }
  // As many as there are places for: what happens within one is one step.
  for (let bin = 0, last = -1; bin < MOST; bin++) {
    const start = (bin * time) / MOST
    const at = steps.countByTime(start, count) - 1
    if (at < 0) continue
    const value = steps.value(at)
    if (value <= LONG_MIN) continue
    const which = (steps.flag(at) & 1) === 0 ? 'active' : 'idle'
    const before = last >= 0 ? steps.value(last) : value
    paths[which] += `M${x(start)} ${y(before > LONG_MIN ? before : value)}V${y(value)}H${x(start + time / MOST)}`
    last = at
  }
  return paths
}
