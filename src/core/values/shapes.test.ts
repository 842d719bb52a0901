import { expect, it } from 'vitest'
import { encodeValue } from './codec'
import { DataOutput } from './output'

/** Bytes that a stream takes for { id, value } when others have written these names since. */
function second(...others: readonly string[]): number {
  const stream = new DataOutput(64)
  stream.useShapes()
  encodeValue(stream, { id: 1, value: 2 })
  for (const name of others) encodeValue(new DataOutput(64), { [name]: 1 })
  const before = stream.length
  encodeValue(stream, { id: 1, value: 2 })
  return stream.length - before
}

it('a stream refers to a shape that it wrote, whatever others on the thread write meanwhile', () => {
  expect(
    second(...Array.from({ length: 5000 }, (_, i) => `field ${i}`.padEnd(10 + (i % 97), 'x') + String.fromCharCode(97 + (i % 26)))),
  ).toBe(second())
})
