import { kindOf } from './classify'
import { MAX_DEPTH, notSerializable } from './serializable'
import { Tuple, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5 } from './tuples'

const BAD = Symbol('bad')

/** A deep copy, as Flink's TypeSerializer.copy makes between chained operators. Refuses what `encodeValue` refuses. */
export function copyValue<T>(value: T): T {
  const result = copy(value, 0)
  if (result === BAD) throw notSerializable(value)
  return result as T
}

function copy(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return value
    case 'object':
      if (value === null) return null
      return depth < MAX_DEPTH ? copyObject(value, depth + 1) : BAD
    default:
      return BAD
  }
}

function copyObject(value: object, depth: number): unknown {
  switch (kindOf(value)) {
    case 'record': {
      const result: Record<string, unknown> = { ...(value as Record<string, unknown>) }
      for (const name in result) {
        const field = result[name]
        if (typeof field === 'number' || typeof field === 'string') continue
        const copied = copy(field, depth)
        if (copied === BAD) return BAD
        if (copied !== field) result[name] = copied
      }
      return result
    }
    case 'tuple':
      return copyTuple(value as Tuple, depth)
    case 'array': {
      const array = value as readonly unknown[]
      const result: unknown[] = []
      for (let i = 0; i < array.length; i++) {
        const item = copy(array[i], depth)
        if (item === BAD) return BAD
        result.push(item)
      }
      return result
    }
    case 'map': {
      const result = new Map<unknown, unknown>()
      for (const [key, item] of value as Map<unknown, unknown>) {
        const k = copy(key, depth)
        const v = copy(item, depth)
        if (k === BAD || v === BAD) return BAD
        result.set(k, v)
      }
      return result
    }
    case 'set': {
      const result = new Set<unknown>()
      for (const item of value as Set<unknown>) {
        const v = copy(item, depth)
        if (v === BAD) return BAD
        result.add(v)
      }
      return result
    }
    case 'date':
      return new Date((value as Date).getTime())
    case 'typed':
      return (value as Uint8Array).slice()
    case 'none':
      return BAD
  }
}

function copyTuple(tuple: Tuple, depth: number): unknown {
  const from = tuple as Tuple5
  const arity = tuple.getArity()
  const f0 = arity > 0 ? copy(from.f0, depth) : null
  const f1 = arity > 1 ? copy(from.f1, depth) : null
  const f2 = arity > 2 ? copy(from.f2, depth) : null
  const f3 = arity > 3 ? copy(from.f3, depth) : null
  const f4 = arity > 4 ? copy(from.f4, depth) : null
  if (f0 === BAD || f1 === BAD || f2 === BAD || f3 === BAD || f4 === BAD) return BAD
  switch (arity) {
    case 0:
      return new Tuple0()
    case 1:
      return new Tuple1(f0)
    case 2:
      return new Tuple2(f0, f1)
    case 3:
      return new Tuple3(f0, f1, f2)
    case 4:
      return new Tuple4(f0, f1, f2, f3)
    default:
      return new Tuple5(f0, f1, f2, f3, f4)
  }
}
