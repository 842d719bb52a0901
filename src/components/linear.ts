import { ticks } from 'd3-array'

/** A straight line from a stretch of values to a stretch of px, and back: what an axis of the first picture needs of d3-scale, a tenth of its size. */
export interface Linear {
  (value: number): number
  /** px to value. */
  invert(px: number): number
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
  /** About `count` round values within the domain. */
  ticks(count: number): number[]
}

/** Neither end is clamped. A domain without length lies in the middle of the range. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Linear {
  const share = (value: number, [from, to]: readonly [number, number]): number => (to === from ? 0.5 : (value - from) / (to - from))
  const at = (part: number, [from, to]: readonly [number, number]): number => from * (1 - part) + to * part
  return Object.assign((value: number) => at(share(value, domain), range), {
    invert: (px: number) => at(share(px, range), domain),
    domain,
    range,
    ticks: (count: number) => ticks(domain[0], domain[1], count),
  })
}
