import { NEVER, type Steps } from './steps'

/** A value, and the event since which it is so (−1: from the beginning), with its virtual µs. */
export interface Since {
  readonly value: number
  readonly event: number
  readonly time: number
}

/** What `steps` stand at after event `upTo`: of equal values the first. Steps with a flag of `fresh` begin anew: what was before them does not count. */
export function valueAt(steps: Steps, upTo: number, before: number, fresh = 0): Since {
  let at = steps.count(upTo) - 1
  if (at < 0) return { value: before, event: NEVER, time: 0 }
  const value = steps.value(at)
  while (at > 0 && (steps.flag(at) & fresh) === 0 && steps.value(at - 1) === value) at--
  return { value, event: steps.event(at), time: steps.time(at) }
}

/** Whether one of `mask` is set after event `upTo`, and since when it is as it is. */
export function flagAt(steps: Steps, upTo: number, mask: number, fresh = 0): Since {
  let at = steps.count(upTo) - 1
  if (at < 0) return { value: 0, event: NEVER, time: 0 }
  const set = (step: number): number => ((steps.flag(step) & mask) === 0 ? 0 : 1)
  const value = set(at)
  while (at > 0 && (steps.flag(at) & fresh) === 0 && set(at - 1) === value) at--
  if (at === 0 && value === 0 && steps.flag(0) === 0) return { value, event: NEVER, time: 0 }
  return { value, event: steps.event(at), time: steps.time(at) }
}
