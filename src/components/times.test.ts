import { describe, expect, test } from 'vitest'
import { LONG_MAX, LONG_MIN } from '../core/time'
import { duration, eventTime, sharedParts, type TimeReading } from './times'

const at = Date.UTC(2001, 0, 14, 9, 58, 40, 250)
const within = (span: number, show: TimeReading['show'] = 'clock'): TimeReading => ({ show, first: at, last: at + span })

describe('event times', () => {
  test('say as much of a date as the run is long, and never round up', () => {
    expect(eventTime(at, within(10_000))).toBe('09:58:40.250')
    expect(eventTime(at, within(3_600_000))).toBe('09:58:40')
    expect(eventTime(at, within(30 * 86_400_000))).toBe('01-14 09:58')
    expect(eventTime(at, within(30 * 86_400_000), true)).toBe('01-14 09:58:40.250')
    expect(eventTime(Date.UTC(2001, 0, 14, 9, 59, 59, 999), within(30 * 86_400_000))).toBe('01-14 09:59')
  })
  test('the ends of the line, no time, offsets, raw', () => {
    expect(eventTime(LONG_MIN, within(1))).toBe('−∞')
    expect(eventTime(LONG_MAX, within(1))).toBe('+∞')
    expect(eventTime(NaN, within(1))).toBe('·')
    expect(eventTime(at + 65_000, within(1, 'offset'))).toBe('+1 min 5 s')
    expect(eventTime(at, within(1, 'raw'))).toBe(String(at))
  })
})

test('durations in their two largest units', () => {
  expect([250, 1500, 65_000, 3_600_000, 90_000_000, -250].map(duration)).toEqual([
    '250 ms',
    '1.5 s',
    '1 min 5 s',
    '1 h',
    '1 d 1 h',
    '−250 ms',
  ])
})

test.each([
  ['00:00:10', '00:00:20', ':20'],
  ['09:00', '10:00', '10:00'],
  ['01-01 09:00', '01-01 10:00', '10:00'],
  ['01-01 23:00', '01-02 00:00', '01-02 00:00'],
  ['1 s', '11 s', '11 s'],
])('what %s and %s begin with stands once: %s', (one, other, left) => expect(other.slice(sharedParts(one, other))).toBe(left))
