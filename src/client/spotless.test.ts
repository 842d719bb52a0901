import { expect, test } from 'vitest'
import * as flink from '../streaming/index'
import { spotlessThread } from './spotless'

test('what a program leaves on shared objects is found, and nothing else is', () => {
  const clean = spotlessThread()
  expect(clean()).toBe(true)
  new Function('flink', 'const m = new Map([[1, 2]]); flink.Duration.ofSeconds(m.get(1)).toMillis(); [3, 1].sort()')(flink)
  expect(clean()).toBe(true)
  const stains = [
    ['Array.prototype.last = () => 1', 'delete Array.prototype.last'],
    ['Object.cache = {}', 'delete Object.cache'],
    ['flink.Duration.seen = 1', 'delete flink.Duration.seen'],
    ['Object.getPrototypeOf([][Symbol.iterator]()).count = 1', 'delete Object.getPrototypeOf([][Symbol.iterator]()).count'],
    ['Object.defineProperty(Math, "abs2", { get: () => 1, configurable: true })', 'delete Math.abs2'],
  ] as const
  for (const [stain, wash] of stains) {
    new Function('flink', stain)(flink)
    expect([stain, clean()]).toEqual([stain, false])
    new Function('flink', wash)(flink)
    expect([wash, clean()]).toEqual([wash, true])
  }
})
