import { describe, expect, it } from 'vitest'
import { BufferDebloater, ThroughputCalculator } from './bufferDebloater'
import type { DebloatSettings } from './bufferDebloater'

const settings = (more: Partial<DebloatSettings> = {}): DebloatSettings => ({
  target: 1000,
  period: 200,
  threshold: 0,
  samples: 19,
  minSize: 1,
  maxSize: 32768,
  ...more,
})

describe('the size of a buffer', () => {
  it('grows as fast as it shrinks', () => {
    const debloater = new BufferDebloater(settings())
    const shrinking = Array.from({ length: 6 }, () => debloater.recalculate(0, 1))
    expect(shrinking).toEqual([29491, 26541, 23886, 21497, 19347, 17412])
    // Whatever is wanted, it is taken for twice of what there is.
    const growing = Array.from({ length: 7 }, () => debloater.recalculate(1e9, 1))
    expect(growing).toEqual([19153, 21068, 23174, 25491, 28040, 30844, 32768])
  })

  it('comes to what all buffers in use should hold together, and is not announced where it hardly changes', () => {
    const debloater = new BufferDebloater(settings({ threshold: 25, samples: 1 }))
    // 100,000 bytes a second for one second over 10 buffers.
    expect(debloater.recalculate(100_000, 10)).toBe(10_000)
    expect(debloater.timeToConsume).toBe(1000)
    expect(debloater.recalculate(80_000, 10)).toBe(null)
    expect(debloater.timeToConsume).toBe(1000)
    expect(debloater.recalculate(70_000, 10)).toBe(7000)
    // Without buffers in use there is one; beyond the largest it is the largest, which is announced however near it is.
    expect(debloater.recalculate(30_000, 0)).toBe(14_000)
    for (let i = 0; i < 4; i++) debloater.recalculate(1e9, 1)
    expect(debloater.size).toBe(32768)
  })

  it('stays above the smallest', () => {
    const debloater = new BufferDebloater(settings({ minSize: 256, samples: 1 }))
    expect(debloater.recalculate(10, 5)).toBe(256)
    expect(debloater.recalculate(5, 5)).toBe(null)
    expect(debloater.timeToConsume).toBe(256_000)
  })
})

it('throughput is that of the time in which there is something to read', () => {
  let now = 0
  const throughput = new ThroughputCalculator(() => now)
  throughput.incoming(500)
  now = 100
  throughput.pause()
  now = 900
  throughput.incoming(500)
  now = 1000
  expect(throughput.calculate()).toBe(5000)
  now = 1500
  expect(throughput.calculate()).toBe(0)
  throughput.incoming(10)
  throughput.pause()
  // No time was measured: as it was.
  expect(throughput.calculate()).toBe(0)
})
