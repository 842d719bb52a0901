import { span } from './timeFormat'

const UNITS = ['KB', 'MB', 'GB', 'TB'] as const

/** `640 B`, `1.21 KB`: units of 1,024 with three digits, as Flink's dashboard has them. `bytes` ≥ 0; what is not a number is `—`. */
export function bytesText(bytes: number): string {
  if (!Number.isFinite(bytes)) return '—'
  if (bytes < 1024) return `${bytes} B`
  let size = bytes / 1024
  let unit = 0
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit++
  }
  return `${size >= 100 ? Math.round(size) : Number(size.toPrecision(3))} ${UNITS[unit]!}`
}

/** A stretch of virtual time, µs: `640 µs`, `12.4 ms`, then as `span` has it. */
export function durationText(micros: number): string {
  if (!Number.isFinite(micros)) return '—'
  if (Math.abs(micros) < 1000) return micros === 0 ? '0 ms' : `${Math.round(micros)} µs`
  if (Math.abs(micros) < 1_000_000) return `${Number((micros / 1000).toPrecision(3))} ms`
  return span(Math.round(micros / 1000))
}
