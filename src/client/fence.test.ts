import { expect, test } from 'vitest'
import { Prng } from '../base/prng'
import { programGlobals } from './fence'
import type { ProgramSurroundings } from './types'

const run = (code: string, now = 1_000_000_000_000): { value: unknown; lines: string[] } => {
  const prng = new Prng(1)
  const lines: string[] = []
  const world: ProgramSurroundings = {
    now: () => now,
    nextUint32: () => prng.nextUint32(),
    print: (line: string) => void lines.push(line),
  }
  const globals = programGlobals(world)
  return { value: new Function(...Object.keys(globals), `'use strict'; ${code}`)(...Object.values(globals)), lines }
}

test('a program sees the language and nothing of the thread', () => {
  expect(
    run(
      `return [typeof fetch, typeof process, typeof globalThis, typeof setTimeout, typeof Promise, typeof performance, typeof crypto, typeof Worker].join()`,
    ).value,
  ).toBe(Array(8).fill('undefined').join())
  expect(run(`return [typeof Map, typeof JSON, typeof BigInt, typeof structuredClone, typeof RegExp].join()`).value).toBe(
    'function,object,function,function,function',
  )
})

test('Date is the virtual clock, in UTC', () => {
  expect(run(`return [Date.now(), new Date().toISOString(), new Date(0).getHours(), String(new Date(2020, 1, 29, 12))]`).value).toEqual([
    1_000_000_000_000,
    '2001-09-09T01:46:40.000Z',
    0,
    'Sat Feb 29 2020 12:00:00 GMT+0000 (Coordinated Universal Time)',
  ])
  expect(
    run(
      `return [Date.parse('2020-01-01T10:00'), Date.parse('2020-01-01'), Date.parse('Jan 1 2020 10:00'), Date.parse('2020-01-01T10:00+02:00'), Date.parse('x')]`,
    ).value,
  ).toEqual([1577872800000, 1577836800000, 1577872800000, 1577865600000, NaN])
  const { value } = run(`const d = new Date('2020-01-01T10:00'); return [d, d instanceof Date, d + 0]`)
  expect((value as unknown[])[0]).toBeInstanceOf(Date)
  expect((value as unknown[])[1]).toBe(true)
  expect(structuredClone((value as Date[])[0])!.getTime()).toBe(1577872800000)
})

test('Math.random is seeded, the rest of Math as ever', () => {
  const code = 'return [Math.random(), Math.random(), Math.max(1, 2), Math.PI]'
  expect(run(code).value).toEqual(run(code).value)
  const [first, second] = run(code).value as [number, number]
  expect(first).not.toBe(second)
  expect(first).toBeGreaterThanOrEqual(0)
  expect(first).toBeLessThan(1)
})

test('console prints lines', () => {
  expect(
    run(`console.log('a', 1, {b: [2]}, null, 3n); const c = {}; c.c = c; console.warn(c); console.group(); console.log('x'.repeat(20000))`)
      .lines,
  ).toEqual(['a 1 {"b":[2]} null 3', '[object Object]', `${'x'.repeat(10_000)}…`])
})
