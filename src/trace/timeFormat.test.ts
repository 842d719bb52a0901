import { expect, test } from 'vitest'
import { LONG_MAX, LONG_MIN } from '../core/time'
import { clockTime, formatRange, formatTime, span } from './timeFormat'

const day = Date.UTC(2001, 0, 14)

test('a clock shows what differs from its reference', () => {
  expect(clockTime(day + 1000, day)).toBe('00:00:01')
  expect(clockTime(day + 1250, day)).toBe('00:00:01.250')
  expect(clockTime(day - 1000, day)).toBe('01-13 23:59:59')
  expect(clockTime(0, day)).toBe('1970-01-01 00:00:00')
  expect(clockTime(9e15, day)).toBe('9000000000000000')
})

test('spans are told in their two largest units', () => {
  expect([0, 1, 12_400, 59_999, 60_000, 182_000, 3_600_000, 97_200_000, -182_000].map(span)).toEqual([
    '0 s',
    '0.001 s',
    '12.4 s',
    '59.999 s',
    '1 min',
    '3 min 2 s',
    '1 h',
    '1 d 3 h',
    '−3 min 2 s',
  ])
})

test('the ends of time have signs', () => {
  expect([LONG_MIN, LONG_MAX, NaN].map((ms) => formatTime(ms, 'clock', 0))).toEqual(['−∞', '+∞', '—'])
  expect(formatTime(1500, 'offset', 1000)).toBe('+0.5 s')
  expect(formatTime(1500, 'raw', 1000)).toBe('1500')
})

test('the bounds of a window say the day once, and seconds only where there are any', () => {
  expect(formatRange(day + 36e5, day + 72e5, 'clock', day)).toBe('[01:00, 02:00)')
  expect(formatRange(day + 36e5, day + 72e5, 'clock', 0)).toBe('[2001-01-14 01:00, 02:00)')
  expect(formatRange(day, day + 864e5, 'clock', day)).toBe('[00:00, 01-15 00:00)')
  expect(formatRange(day + 500, day + 1500, 'clock', day)).toBe('[00:00:00.500, 00:00:01.500)')
})
