import { expect, it } from 'vitest'
import { ProcessingClock } from './processingClock'

const START = 1000
const ms = (millis: number): number => millis * 1000
const clock = (...settings: [at: number, running: boolean, forward: number][]): ProcessingClock =>
  new ProcessingClock(
    START,
    settings.map(([at, running, forward]) => ({ at: ms(at), running, forward })),
  )

it('runs by itself from its start', () => {
  expect([0, 999, 1000, 2500].map((micros) => clock().at(micros))).toEqual([1000, 1000, 1001, 1002])
  expect([900, 1000, 1001, 1007].map((millis) => clock().reaches(millis))).toEqual([0, 0, 1000, 7000])
})

it('stands, goes on, and is put forward; what it jumps over is reached at the jump', () => {
  const set = clock([10, false, 0], [30, false, 5], [40, true, 0], [50, true, 100])
  expect([9, 10, 20, 30, 39, 40, 45, 49, 50, 51].map((at) => set.at(ms(at)) - START)).toEqual([9, 10, 10, 15, 15, 15, 20, 24, 125, 126])
  expect([9, 10, 11, 15, 16, 24, 25, 100, 125, 126].map((at) => set.reaches(START + at) / 1000)).toEqual([
    9, 10, 30, 30, 41, 49, 50, 50, 50, 51,
  ])
  expect([0, 10, 39, 40].map((at) => set.isRunning(ms(at)))).toEqual([true, false, false, true])
})

it('that stands for ever is never further; one hand after the other at one time', () => {
  expect(clock([10, false, 0]).reaches(START + 11)).toBe(Infinity)
  expect(clock([10, false, 3], [10, false, 4]).at(ms(10))).toBe(START + 17)
  expect(clock([10, false, 3], [10, true, 0]).reaches(START + 14)).toBe(ms(11))
})

it('reaches what it shows', () => {
  const set = clock([3, false, 2], [7, true, 0], [8, false, 1], [11, true, 4], [12, true, 0])
  for (let micros = 0; micros < 20_000; micros += 250) {
    const reached = set.reaches(set.at(micros))
    expect(reached).toBeLessThanOrEqual(micros)
    expect(set.at(reached)).toBe(set.at(micros))
    if (reached > 0) expect(set.at(reached - 1)).toBeLessThan(set.at(micros))
  }
})

it('tells where it stood and by how much it was put forward', () => {
  expect(clock([2, false, 0], [5, true, 3]).history()).toEqual([
    { from: 0, until: ms(2), running: true, forward: 0 },
    { from: ms(2), until: ms(5), running: false, forward: 0 },
    { from: ms(5), until: Infinity, running: true, forward: ms(3) },
  ])
})
