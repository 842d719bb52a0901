import { kindOf, typeName } from './classify'
import type { KeyType } from './keys'
import { keyTypeOf } from './keys'
import { Tuple } from './tuples'

const view = new DataView(new ArrayBuffer(8))

export function hashString(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return hash
}

export function hashDouble(n: number): number {
  if (n !== n) return 0x7ff80000
  view.setFloat64(0, n)
  return view.getInt32(0) ^ view.getInt32(4)
}

function hashBigint(n: bigint): number {
  view.setBigInt64(0, BigInt.asIntN(64, n))
  return view.getInt32(0) ^ view.getInt32(4)
}

/** `n` as a Java long; past its ends, the ends. */
export function hashLong(n: number): number {
  if ((n | 0) === n) return n < 0 ? ~n : n
  return hashBigint(n >= 2 ** 63 ? 2n ** 63n - 1n : n < -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(n)))
}

/** K-6: a fold `31·acc + hash(field)` that begins with the first field's hash. */
function hashFields(fields: readonly unknown[], types: readonly KeyType[] | undefined): number {
  let hash = 0
  for (let i = 0; i < fields.length; i++) hash = (Math.imul(hash, 31) + javaHashCode(fields[i], types?.[i])) | 0
  return hash
}

/**
 * Java's hashCode of a value, as a signed 32-bit number (K-6). `type` says which Java type a number is; without it, `keyTypeOf` does.
 * A plain object counts as a POJO whose hashCode is generated from its fields in the order of their names: `31·acc + hash(field)`, from 1, as `Objects.hash`.
 */
export function javaHashCode(value: unknown, type?: KeyType): number {
  switch (typeof value) {
    case 'string':
      return hashString(value)
    case 'boolean':
      return value ? 1231 : 1237
    case 'bigint':
      return hashBigint(value)
    case 'number':
      switch (type ?? keyTypeOf(value)) {
        case 'Integer':
        case 'Short':
        case 'Byte':
          return value | 0
        case 'Long':
          return hashLong(value)
        case 'Float':
          if (value !== value) return 0x7fc00000
          view.setFloat32(0, value)
          return view.getInt32(0)
        default:
          return hashDouble(value)
      }
    case 'object':
      break
    default:
      throw new TypeError(`${typeof value} has no hash code`)
  }
  if (value === null) return 0
  switch (kindOf(value)) {
    case 'tuple': {
      const fields: unknown[] = []
      for (let i = 0; i < (value as Tuple).getArity(); i++) fields.push((value as Tuple).getField(i))
      return hashFields(fields, typeof type === 'object' ? type.tuple : undefined)
    }
    case 'record': {
      let hash = 1
      for (const name of Object.keys(value).sort())
        hash = (Math.imul(hash, 31) + javaHashCode((value as Record<string, unknown>)[name])) | 0
      return hash
    }
    case 'array':
    case 'typed': {
      let hash = 1
      for (const item of value as Iterable<unknown>) hash = (Math.imul(hash, 31) + javaHashCode(item)) | 0
      return hash
    }
    case 'date':
      return hashLong((value as Date).getTime())
    case 'set': {
      let hash = 0
      for (const item of value as Set<unknown>) hash = (hash + javaHashCode(item)) | 0
      return hash
    }
    case 'map': {
      let hash = 0
      for (const [key, item] of value as Map<unknown, unknown>) hash = (hash + (javaHashCode(key) ^ javaHashCode(item))) | 0
      return hash
    }
    case 'none':
      throw new TypeError(`${typeName(value)} has no hash code`)
  }
}
