import { Tuple } from './tuples'

/** What an object is, as a value. `record`: a plain object, or an instance of a class that has fields and nothing else (a POJO). */
export type ObjectKind = 'record' | 'tuple' | 'array' | 'map' | 'set' | 'date' | 'typed' | 'none'

/** Classes seen so far: whether their instances are records. A class whose prototypes hold a method or an accessor is no value. */
const dataClasses = new WeakMap<object, boolean>()

function isDataClass(prototype: object): boolean {
  const known = dataClasses.get(prototype)
  if (known !== undefined) return known
  let result = true
  for (let p: object | null = prototype; p !== null && p !== Object.prototype; p = Object.getPrototypeOf(p) as object | null) {
    for (const name of Reflect.ownKeys(p)) {
      if (name === 'constructor') continue
      result = false
    }
    if (typeof p.constructor === 'function' && /\[native code\]/.test(Function.prototype.toString.call(p.constructor))) result = false
  }
  dataClasses.set(prototype, result)
  return result
}

export function kindOf(value: object): ObjectKind {
  const prototype = Object.getPrototypeOf(value) as object | null
  if (prototype === Object.prototype || prototype === null) return 'record'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Tuple) return 'tuple'
  if (value instanceof Map) return 'map'
  if (value instanceof Set) return 'set'
  if (value instanceof Date) return 'date'
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return 'typed'
  return isDataClass(prototype) ? 'record' : 'none'
}

/** A name for a value's type in messages. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  // A bundler may have renamed the class.
  if (value instanceof Tuple) return `Tuple${value.getArity()}`
  const constructor = (value as { constructor?: unknown }).constructor
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object'
}
