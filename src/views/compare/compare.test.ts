import { describe, expect, test } from 'vitest'
import { align, differenceAt, type Pair } from './align'
import type { Output } from './rows'

/** `a[0,10)=3@5`: key, window, value, virtual time; without a window `a=3@5`. */
function output(text: string): Output {
  const [, key, from, to, value, time] = /^(\w+)(?:\[(\d+),(\d+)\))?=(\w+)@(\d+)$/.exec(text)!
  const window = from === undefined ? null : { start: Number(from), end: Number(to) }
  const eventTime = window === null ? 0 : window.end - 1
  return { event: 0, time: Number(time), node: 1, sink: 'print', key: key!, hue: 0, window, origin: 0, number: 0, eventTime, text: value! }
}
const outputs = (text: string): Output[] => (text === '' ? [] : text.split(' ').map(output))
const show = ({ a, b }: Pair): string => `${a === null ? '-' : a.text}/${b === null ? '-' : b.text}`
function told(a: string, b: string, now = Infinity): string[] {
  return align(outputs(a), outputs(b)).flatMap((pair) => {
    const difference = differenceAt(pair, now)
    return difference === null ? [] : [`${(pair.a ?? pair.b)!.key} ${show(pair)} ${difference}`]
  })
}

describe('two forks, output by output', () => {
  test('by key and window, whatever order they came in', () => {
    expect(told('a[0,10)=1@5 b[0,10)=2@5', 'b[0,10)=2@5 a[0,10)=3@6')).toEqual(['a 1/3 value', 'b 2/2 same'])
  })
  test('a window that only one of them fired, and one that fired later', () => {
    expect(told('a[0,10)=1@5', 'a[0,10)=1@7 a[10,20)=1@9')).toEqual(['a 1/1 time', 'a -/1 onlyB'])
  })
  test('firing by firing', () => {
    expect(told('a[0,10)=1@5 a[0,10)=2@6', 'a[0,10)=2@6')).toEqual(['a 1/2 value', 'a 2/- onlyA'])
  })
  test('without windows, one more does not set the rest against each other', () => {
    expect(told('a=1@1 a=2@2 a=3@3', 'a=1@1 a=9@2 a=2@3 a=3@4')).toEqual(['a 1/1 same', 'a -/9 onlyB', 'a 2/2 time', 'a 3/3 time'])
    expect(told('a=1@1 a=2@2 a=3@3', 'a=1@1 a=8@2 a=3@3')).toEqual(['a 1/1 same', 'a 2/8 value', 'a 3/3 same'])
  })
  test('up to a moment, what one of them has yet to write is not there', () => {
    expect(told('a[0,10)=1@5', 'a[0,10)=1@7', 6)).toEqual(['a 1/1 onlyA'])
    expect(told('a[0,10)=1@5', 'a[0,10)=1@7', 4)).toEqual([])
  })
})
