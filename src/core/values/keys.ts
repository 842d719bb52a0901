import { InvalidProgramException, NullPointerException } from '../exceptions'
import { kindOf, typeName } from './classify'
import { encodeValue } from './codec'
import { DataOutput } from './output'
import type { Tuple } from './tuples'

/** The Java type of a key. Numbers alone need one said: `keyBy(f, Types.LONG)`. */
export type KeyType =
  | 'String'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Float'
  | 'Short'
  | 'Byte'
  | 'Boolean'
  | 'Date'
  | 'Pojo'
  | { readonly tuple: readonly KeyType[] }

/** As KeyedStream.validateKeyType. */
const unsupported = (type: string, part: string): InvalidProgramException =>
  new InvalidProgramException(
    `Type ${type} cannot be used as key. Contained UNSUPPORTED key types: ${part}. Look at the keyBy() documentation for the conditions ` +
      'a type has to satisfy in order to be eligible for a key.',
  )

/** As KeyGroupRangeAssignment.assignToKeyGroup. */
const nullKey = (): NullPointerException => new NullPointerException('Assigned key must not be null!')

/**
 * The Java type that a key counts as: integers within 32 bits Integer, other safe integers and bigint Long, other numbers Double.
 * Throws NullPointerException for null and undefined, InvalidProgramException for what Flink takes for no key (arrays, Map, Set, functions …).
 */
export function keyTypeOf(key: unknown): KeyType {
  switch (typeof key) {
    case 'string':
      return 'String'
    case 'number':
      return (key | 0) === key ? 'Integer' : Number.isSafeInteger(key) ? 'Long' : 'Double'
    case 'bigint':
      return 'Long'
    case 'boolean':
      return 'Boolean'
    case 'undefined':
      throw nullKey()
    case 'object':
      if (key === null) throw nullKey()
      return objectType(key, typeName(key))
    default:
      throw unsupported(typeof key, typeof key)
  }
}

/** A field may be null (its hash is 0). */
const partType = (part: unknown, whole: string): KeyType => {
  if (part === null) return 'Pojo'
  if (typeof part === 'undefined' || typeof part === 'function' || typeof part === 'symbol') throw unsupported(whole, typeof part)
  return typeof part === 'object' ? objectType(part, whole) : keyTypeOf(part)
}

function objectType(key: object, whole: string): KeyType {
  switch (kindOf(key)) {
    case 'tuple': {
      const types: KeyType[] = []
      for (let i = 0; i < (key as Tuple).getArity(); i++) types.push(partType((key as Tuple).getField(i), whole))
      return { tuple: types }
    }
    case 'record':
      for (const field of Object.values(key)) partType(field, whole)
      return 'Pojo'
    case 'date':
      return 'Date'
    default:
      throw unsupported(whole, typeName(key))
  }
}

const scratch = new DataOutput(64)

/** The same fields in the order of their names, so that equal keys have equal bytes. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  switch (kindOf(value)) {
    case 'record':
      return Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((name) => [name, canonical((value as Record<string, unknown>)[name])]),
      )
    case 'tuple':
      return Object.values(value).map(canonical)
    default:
      return value
  }
}

/** What a Map can tell keys apart by: numbers, most strings, bigints and booleans are their own; others become text that no string key has. */
export function mapKeyOf(key: unknown): string | number | bigint | boolean {
  switch (typeof key) {
    case 'number':
    case 'bigint':
    case 'boolean':
      return key
    case 'string':
      return key.charCodeAt(0) === 0 ? `\0s${key}` : key
    default:
      break
  }
  scratch.reset()
  encodeValue(scratch, canonical(key))
  let text = '\0v'
  for (let i = 0; i < scratch.length; i++) text += String.fromCharCode(scratch.bytes[i]!)
  return text
}
