import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidProgramException, NullPointerException } from '../exceptions'
import { ProblemError } from '../problem'
import { LONG_MAX, LONG_MIN } from '../time'
import {
  copyValue,
  DataInput,
  DataOutput,
  decodeValue,
  encodeValue,
  javaHashCode,
  javaToString,
  keyTypeOf,
  mapKeyOf,
  Tuple1,
  Tuple2,
  Tuple3,
  valueEquals,
} from '.'

const roundTrip = (...values: unknown[]): unknown[] => {
  const out = new DataOutput(1)
  out.useShapes()
  for (const value of values) encodeValue(out, value)
  const input = new DataInput(out.toBytes())
  input.useShapes()
  const back = values.map(() => decodeValue(input))
  expect(input.exhausted).toBe(true)
  return back
}
const problemOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  return null
}

const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 80 }),
    fc.boolean(),
    fc.bigInt(),
    fc.constant(null),
    fc.date(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => Tuple2.of(a, b)),
    fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => new Map(entries)),
    fc.array(fc.string()).map((items) => new Set(items)),
    fc.float64Array(),
    fc.int16Array(),
    fc.bigUint64Array(),
  ),
})).value

describe('values', () => {
  it('come back from their bytes and from their copies as they were', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 5 }), (values) => {
        expect(roundTrip(...values)).toEqual(values)
        expect(copyValue(values)).toEqual(values)
        expect(valueEquals(roundTrip(...values), values)).toBe(true)
      }),
    )
  })

  it('keep what is easily lost', () => {
    const values = [-0, NaN, LONG_MIN, 2 ** 53, '\ud800', JSON.parse('{"__proto__":1,"2":3}'), { b: 1, a: 2 }, -(2n ** 63n), 2n ** 64n]
    const back = roundTrip(...values)
    expect(back).toEqual(values)
    expect(Object.is(back[0], -0)).toBe(true)
    expect(Object.keys(back[6] as object)).toEqual(['b', 'a'])
  })

  it('write a shape once when asked to', () => {
    const size = (shapes: boolean): number => {
      const out = new DataOutput()
      if (shapes) out.useShapes()
      for (let i = 0; i < 10; i++) encodeValue(out, { destination: i, origin: i })
      return out.length
    }
    expect([size(false), size(true)]).toEqual([240, 60])
  })

  it('of a class without methods are records, others are refused with the path', () => {
    class Click {
      constructor(readonly user: string) {}
    }
    class Counter {
      n = 0
      add(): void {
        this.n++
      }
    }
    expect(roundTrip(new Click('u'))).toEqual([{ user: 'u' }])
    const cycle: Record<string, unknown> = {}
    cycle['self'] = { cycle }
    const place = (value: unknown): unknown =>
      (problemOf(() => encodeValue(new DataOutput(), value)) as { args: Record<string, unknown> }).args
    expect(place({ a: [1, { 'b c': () => 1 }] })).toMatchObject({ path: 'value.a[1]["b c"]', reason: 'function' })
    expect(place(Tuple2.of(1, new Counter()))).toMatchObject({ path: 'value.f1', type: 'Counter', reason: 'class' })
    expect(place(cycle)).toMatchObject({ path: 'value.self.cycle', reason: 'cycle' })
    expect(place({ a: undefined })).toMatchObject({ path: 'value.a', reason: 'undefined' })
    expect(place(Promise.resolve())).toMatchObject({ type: 'Promise', reason: 'class' })
    expect(problemOf(() => copyValue([new Counter()]))).toMatchObject({ code: 'value-not-serializable' })
  })

  it('leave the output as it was when refused', () => {
    const out = new DataOutput()
    encodeValue(out, 1)
    expect(problemOf(() => encodeValue(out, [1, 2, undefined]))).not.toBeNull()
    expect(out.length).toBe(1)
  })

  it('hash as in Java', () => {
    expect([
      javaHashCode('hello'),
      javaHashCode(-1),
      javaHashCode(-1, 'Long'),
      javaHashCode(4294967296),
      javaHashCode(true),
      javaHashCode(1.5),
    ]).toEqual([99162322, -1, 0, 1, 1231, 1073217536])
    expect(javaHashCode(LONG_MAX, 'Long')).toBe(-2147483648)
    expect(javaHashCode(-0, 'Double')).toBe(-2147483648)
    expect([javaHashCode(Tuple1.of('a')), javaHashCode(Tuple2.of('a', null)), javaHashCode([1, 2])]).toEqual([97, 97 * 31, 994])
    expect(javaHashCode({ b: 2, a: 1 })).toBe(javaHashCode({ a: 1, b: 2 }))
  })

  it('read as in Java when printed', () => {
    const values = [
      'a',
      1,
      1.5,
      -0,
      LONG_MIN,
      null,
      Tuple2.of('a', 1),
      Tuple3.of('', null, [1, 'b']),
      new Map([['k', 1]]),
      { a: 1n, t: Tuple1.of('x'), l: [{}] },
    ]
    expect(values.map(javaToString)).toEqual([
      'a',
      '1',
      '1.5',
      '0',
      '-9223372036854775808',
      'null',
      '(a,1)',
      '(,null,[1, b])',
      '{k=1}',
      '{"a":1,"t":"(x)","l":[{}]}',
    ])
    expect(`${Tuple2.of('a', Tuple1.of(2))}`).toBe('(a,(2))')
    expect(javaToString(`${LONG_MIN}..${LONG_MAX}, 19223372036854776000`)).toBe(
      '-9223372036854775808..9223372036854775807, 19223372036854776000',
    )
  })

  it('are keys or not, as in Flink', () => {
    expect([1, 2147483648, 0.5, 7n, 'a', true].map(keyTypeOf)).toEqual(['Integer', 'Long', 'Double', 'Long', 'String', 'Boolean'])
    expect(keyTypeOf(Tuple2.of('a', 1))).toEqual({ tuple: ['String', 'Integer'] })
    expect(() => keyTypeOf([1])).toThrow('cannot be used as key')
    expect(() => keyTypeOf({ a: new Map() })).toThrow(InvalidProgramException)
    expect(() => keyTypeOf(null)).toThrow(NullPointerException)
    const keys = [1, '1', 1n, true, 'true', Tuple1.of(1), Tuple1.of('1'), { a: 1 }, '\0v']
    expect(new Set(keys.map(mapKeyOf)).size).toBe(keys.length)
    expect(mapKeyOf({ a: 1, b: 2 })).toBe(mapKeyOf({ b: 2, a: 1 }))
  })
})
