import { expect, test } from 'vitest'
import { linear } from './linear'

test('a line and its way back, beyond its ends too', () => {
  const x = linear([1000, 3000], [100, 500])
  expect([1000, 2000, 3000, 0, 4000].map(x)).toEqual([100, 300, 500, -100, 700])
  expect([100, 300, 700].map(x.invert)).toEqual([1000, 2000, 4000])
  expect(x.ticks(4)).toEqual([1000, 1500, 2000, 2500, 3000])
})

test('a domain without length lies in the middle', () => {
  expect(linear([5, 5], [100, 500])(7)).toBe(300)
})
