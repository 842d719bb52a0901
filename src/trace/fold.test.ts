import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flightsHeader, longTrace } from '../testing/traceBuilder'
import { clusterFold } from './cluster/fold'
import { FoldRunner, KeyframeBudget } from './fold'
import { TraceLog } from './log'
import type { Fold } from './types'

const header = flightsHeader()
const log = new TraceLog()
for (const page of longTrace(30_000)) log.append(page)

const scratch = <S>(fold: Fold<S>, count: number): S => {
  const state = fold.init(header)
  const reader = log.reader()
  for (let i = 0; i < count; i++) {
    reader.next()
    fold.apply(state, reader)
  }
  return state
}
/** All that a state says, without what states share. */
const plain = (state: object): unknown => Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'plan'))

describe('FoldRunner', () => {
  test('a seek gives what folding from the start gives, in whatever order', () => {
    const runner = new FoldRunner(clusterFold, header, log)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: log.length - 1 }), { maxLength: 6 }), (events) => {
        for (const event of events) expect(plain(runner.seek(event))).toEqual(plain(scratch(clusterFold, event + 1)))
      }),
      { numRuns: 15 },
    )
  })

  test('keyframes stay within the budget, all runners together', () => {
    const budget = new KeyframeBudget(60_000)
    const first = new FoldRunner(clusterFold, header, log, budget)
    const second = new FoldRunner(clusterFold, header, log, budget)
    first.advance()
    second.advance()
    expect(budget.bytes).toBeLessThanOrEqual(60_000)
    expect(first.keyframeCount).toBeGreaterThan(0)
    expect(plain(first.seek(12_345))).toEqual(plain(scratch(clusterFold, 12_346)))
  })

  test('the head goes ahead in steps and does not disturb the present', () => {
    const runner = new FoldRunner(clusterFold, header, log)
    const before = plain(structuredClone({ ...runner.seek(100), plan: null }))
    expect(runner.advance(5000)).toBe(false)
    expect(runner.frontierEvents).toBeGreaterThan(5000)
    expect(plain(runner.state)).toEqual(before)
    expect(runner.advance()).toBe(true)
  })

  test('a log that grows, one that is cut', () => {
    const pages = [...longTrace(10_000, 7)]
    const growing = new TraceLog()
    const runner = new FoldRunner(clusterFold, header, growing)
    for (const page of pages) {
      growing.append(page)
      runner.advance()
      runner.seek(growing.length - 1)
    }
    growing.truncate(5000)
    runner.reset()
    expect(runner.seek(4999).event).toBe(4999)
    expect(() => runner.seek(5000)).toThrow('cannot seek')
  })
})
