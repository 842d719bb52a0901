import { getContext, setContext } from 'svelte'
import { LONG_MAX, LONG_MIN } from '../core/time'

/** How times are read on screen; hovering always gives the raw ms. */
export interface TimeReading {
  readonly show: 'clock' | 'offset' | 'raw'
  /** Event times of the run lie within these ms; they decide how much of a date is worth its room. */
  readonly first: number
  readonly last: number
}

const DAY = 86_400_000
const two = (n: number): string => String(n).padStart(2, '0')

/** Virtual µs since the start of the run, as `12.400 s`. */
export const virtualTime = (micros: number, digits = 3): string => `${(micros / 1e6).toFixed(digits)} s`

/** A duration in ms in its two largest units: `1 h 5 min`, `250 ms`. */
export function duration(ms: number): string {
  const sign = ms < 0 ? '−' : ''
  const n = Math.abs(ms)
  if (n < 1000) return `${sign}${Math.round(n)} ms`
  if (n < 60_000) return `${sign}${Number((n / 1000).toFixed(n < 10_000 ? 2 : 1))} s`
  const units: readonly (readonly [number, string])[] = [
    [DAY, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ]
  const at = units.findIndex(([size]) => n >= size)
  const [size, name] = units[at]!
  const next = units[at + 1]
  const rest = next === undefined ? 0 : Math.floor((n % size) / next[0])
  return `${sign}${Math.floor(n / size)} ${name}${rest === 0 ? '' : ` ${rest} ${next![1]}`}`
}

/**
 * An event time or watermark, in UTC. The two ends of Java's long read as what they mean. In short, what the run's stretch of
 * time makes small is left out (never rounded up); `exact` leaves out nothing.
 */
export function eventTime(ms: number, reading: TimeReading, exact = false): string {
  if (ms !== ms) return '·'
  if (ms <= LONG_MIN) return '−∞'
  if (ms >= LONG_MAX) return '+∞'
  if (reading.show === 'raw') return String(ms)
  if (reading.show === 'offset') return `${ms < reading.first ? '' : '+'}${duration(ms - reading.first)}`
  const date = new Date(ms)
  if (!Number.isFinite(date.getTime())) return String(ms)
  const span = reading.last - reading.first
  const day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  const minute = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  if (span > 700 * DAY && !exact) return `${date.getUTCFullYear()}-${day}`
  const second = ms % 60_000 === 0 ? '' : `:${two(date.getUTCSeconds())}`
  const milli = ms % 1000 === 0 ? '' : `.${String(date.getUTCMilliseconds()).padStart(3, '0')}`
  if (span > DAY) return exact ? `${day} ${minute}${second}${milli}` : `${day} ${minute}`
  return `${minute}${second === '' ? ':00' : second}${exact || span < 60_000 ? milli : ''}`
}

const KEY = Symbol('times')
export const provideTimes = (reading: () => TimeReading): void => void setContext(KEY, reading)

/** `time(ms)` reads an event time as the page around this component wants it read. */
export function useEventTime(exact = false): (ms: number) => string {
  const reading = getContext<(() => TimeReading) | undefined>(KEY)
  return (ms) => eventTime(ms, reading?.() ?? { show: 'clock', first: ms, last: ms }, exact)
}

/** How many characters two times begin with alike, in whole parts: up to the last colon, or beyond the last space; half of a number says nothing. */
export function sharedParts(one: string, other: string): number {
  let same = 0
  while (same < one.length && same < other.length && one[same] === other[same]) same++
  return Math.max(0, one.lastIndexOf(':', same - 1), one.lastIndexOf(' ', same - 1) + 1)
}

/** How times are shown around this component, for whoever formats them elsewhere. */
export function useTimesShown(): () => TimeReading['show'] {
  const reading = getContext<(() => TimeReading) | undefined>(KEY)
  return () => reading?.().show ?? 'clock'
}
