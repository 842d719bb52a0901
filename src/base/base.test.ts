import { expect, test } from 'vitest'
import fc from 'fast-check'
import { RollingHash, hashOfBytes, hashOfText } from './hash'
import { Heap } from './heap'
import { Prng } from './prng'

const take = (prng: Prng, n: number): number[] => Array.from({ length: n }, () => prng.nextUint32())

test('a generator is its seed and stream, and neighbours have nothing in common', () => {
  expect(take(new Prng(1, 2), 4)).toEqual(take(new Prng(1, 2), 4))
  const firsts = new Set<number>()
  for (let seed = 0; seed < 50; seed++) for (let stream = 0; stream < 50; stream++) firsts.add(new Prng(seed, stream * 65536).nextUint32())
  expect(firsts.size).toBe(2500)
  // Written down so that a change of the generator, which changes every trace there is, never happens unnoticed.
  expect(take(new Prng(42, 7), 3)).toMatchInlineSnapshot(`
    [
      245218973,
      476095915,
      1392819231,
    ]
  `)
})

test('nextInt is uniform also where 2^32 is no multiple of the bound', () => {
  const prng = new Prng(3)
  const bound = 3 * 2 ** 30
  const thirds = [0, 0, 0]
  for (let i = 0; i < 30_000; i++) thirds[Math.floor(prng.nextInt(bound) / 2 ** 30)]!++
  for (const count of thirds) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  expect(() => prng.nextInt(0)).toThrow(RangeError)
  expect(() => prng.nextInt(1.5)).toThrow(RangeError)
})

test('a heap gives back what it got, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      const heap = new Heap<number>((a, b) => a < b)
      for (const n of numbers) heap.push(n)
      const out: number[] = []
      while (heap.size > 0) out.push(heap.pop()!)
      expect(out).toEqual([...numbers].sort((a, b) => a - b))
    }),
  )
})

test('a rolling hash does not see how the bytes were cut, and sees every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(), (bytes, cut, flip) => {
      const at = cut % bytes.length
      const hash = new RollingHash().update(bytes.subarray(0, at))
      expect(hash.clone().update(bytes, at).digest()).toBe(hashOfBytes(bytes))
      const other = bytes.slice()
      other[flip % bytes.length]! ^= 1
      expect(hashOfBytes(other)).not.toBe(hashOfBytes(bytes))
    }),
  )
  expect(hashOfText('')).not.toBe(hashOfText('\0'))
})
