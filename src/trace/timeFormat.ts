import { hasTimestamp, LONG_MAX, LONG_MIN } from '../core/time'

/** How a scenario wants its times told: on a clock (UTC), as an offset from the start of the run, or as plain numbers. */
export type TimeFormat = 'clock' | 'offset' | 'raw'

const two = (n: number): string => String(n).padStart(2, '0')
const DAY = 86_400_000

const fraction = (ms: number): string => (ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`)

/** `09:58:40`, `09:58:40.250`; with the date (`01-14 09:58:40`) when that is not the day of `reference`. Years beyond those of Date come as ms. */
export function clockTime(ms: number, reference = ms): string {
  if (Math.abs(ms) > 8.64e15) return String(ms)
  const date = new Date(ms)
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}${fraction(date.getUTCMilliseconds())}`
  if (Math.floor(ms / DAY) === Math.floor(reference / DAY)) return time
  const day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  const year = date.getUTCFullYear() === new Date(reference).getUTCFullYear() ? '' : `${date.getUTCFullYear()}-`
  return `${year}${day} ${time}`
}

/** `12.4 s`, `−3 min 2 s`, `2 d 3 h`: the two largest units. */
export function span(ms: number): string {
  if (!hasTimestamp(ms)) return '—'
  const sign = ms < 0 ? '−' : ''
  const abs = Math.abs(ms)
  if (abs < 60_000) return `${sign}${Number((abs / 1000).toFixed(3))} s`
  const units: readonly (readonly [number, string])[] = [
    [DAY, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ]
  const first = units.findIndex(([size]) => abs >= size)
  const [size, name] = units[first]!
  const whole = Math.floor(abs / size)
  const next = units[first + 1]
  const rest = next === undefined ? 0 : Math.floor((abs - whole * size) / next[0])
  return `${sign}${whole} ${name}${rest === 0 || next === undefined ? '' : ` ${rest} ${next[1]}`}`
}

/** Without seconds where a clock time has none: for bounds, which are mostly round. */
const round = (clock: string): string => clock.replace(/(\d\d:\d\d):00$/, '$1')

/** The bounds of a window: `[09:00, 10:00)`; the day stands once. */
export function formatRange(from: number, to: number, format: TimeFormat, start: number, reference = start): string {
  if (format !== 'clock') return `[${formatTime(from, format, start)}, ${formatTime(to, format, start)})`
  return `[${round(clockTime(from, reference))}, ${round(clockTime(to, from))})`
}

/** A moment of event or processing time. `start` is the clock at the run's start, ms since the epoch; a clock time leaves out the day of `reference`. Words for no time and for Long's ends are the caller's. */
export function formatTime(ms: number, format: TimeFormat, start: number, reference = start): string {
  if (!hasTimestamp(ms)) return '—'
  if (ms <= LONG_MIN) return '−∞'
  if (ms >= LONG_MAX) return '+∞'
  switch (format) {
    case 'clock':
      return clockTime(ms, reference)
    case 'offset':
      return ms < start ? span(ms - start) : `+${span(ms - start)}`
    case 'raw':
      return String(ms)
  }
}
