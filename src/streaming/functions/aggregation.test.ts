import { expect, it } from 'vitest'
import { Tuple3 } from '../../core/values'
import { aggregationFunction } from './aggregation'

it('min changes the record that came first, which sliding windows share, as in Flink; sum and minBy leave both as they are', () => {
  const shared = Tuple3.of('a', 5, 'x')
  expect(aggregationFunction('min', 1)(shared, Tuple3.of('b', 3, 'y'))).toBe(shared)
  expect(String(shared)).toBe('(a,3,x)')
  expect(String(aggregationFunction('sum', 1)(shared, Tuple3.of('b', 4, 'y')))).toBe('(a,7,x)')
  expect(String(aggregationFunction('minBy', 1)(shared, Tuple3.of('b', 1, 'y')))).toBe('(b,1,y)')
  expect(String(shared)).toBe('(a,3,x)')
})
it('nested fields are changed in place, too', () => {
  const shared = { of: { n: 1 }, by: 'a' }
  aggregationFunction('max', 'of.n')(shared, { of: { n: 4 }, by: 'b' })
  expect(shared).toEqual({ of: { n: 4 }, by: 'a' })
})
