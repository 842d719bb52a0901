import { FieldReferenceException, RuntimeException } from '../../core/exceptions'
import { keyTypeOf, Tuple, typeName } from '../../core/values'

/** Which built-in aggregation: the method of that name on keyed and windowed streams. */
export type Aggregation = 'sum' | 'min' | 'max' | 'minBy' | 'maxBy'

/** Fields of tuples by position, of objects and tuples by name, nested with dots; 0 or `*` is the value itself where it is no composite. */
interface Access {
  get(value: unknown): unknown
  /** A copy with another field; only along the path, the rest is shared. */
  with(value: unknown, field: unknown): unknown
  /** The same composite, changed; another value where it is none. */
  set(value: unknown, field: unknown): unknown
}

/** The type as Flink's exceptions name it, of what a value shows of it. */
export function typeOf(value: unknown): string {
  if (value instanceof Tuple) return `Java Tuple${value.getArity()}<${Object.values(value).map(typeOf).join(', ')}>`
  switch (typeof value) {
    case 'string':
      return 'String'
    case 'boolean':
      return 'Boolean'
    case 'number':
    case 'bigint':
      return String(keyTypeOf(value))
    default: {
      if (value === null || value === undefined) return 'null'
      if (typeName(value) !== 'Object') return typeName(value)
      const fields = Object.entries(value)
        .map(([name, at]) => `${name}: ${typeOf(at)}`)
        .sort()
      return `PojoType<Object, fields = [${fields.join(', ')}]>`
    }
  }
}

function access(field: number | string): Access {
  if (field === '*') return { get: (value) => value, with: (_, next) => next, set: (_, next) => next }
  const [head, ...rest] = String(field).split('.')
  const byPosition = /^\d+$/.test(head!)
  const inner = rest.length === 0 ? null : access(rest.join('.'))
  const nameIn = (value: unknown): string | null => {
    if (value instanceof Tuple) {
      const name = byPosition ? `f${head}` : head!
      if (!Object.hasOwn(value, name)) {
        throw byPosition
          ? new FieldReferenceException(`Tried to select ${head}. field on "${typeOf(value)}", which is an invalid index.`)
          : new FieldReferenceException(`Unable to find field "${head}" in type ${typeOf(value)}.`)
      }
      return name
    }
    if (typeof value === 'object' && value !== null) {
      if (Object.hasOwn(value, head!) && (byPosition || !Array.isArray(value))) return head!
      if (Array.isArray(value)) throw new FieldReferenceException(`The ${head}. field selected on an array, which is an invalid index.`)
      throw new FieldReferenceException(
        byPosition
          ? `Cannot reference field by position on ${typeOf(value)}. Referencing a field by position is supported on tuples, case classes, and arrays. ` +
              'Additionally, you can select the 0th field of a primitive/basic type (e.g. int).'
          : `Unable to find field "${head}" in type ${typeOf(value)}.`,
      )
    }
    if (head === '0') return null
    throw new FieldReferenceException(`Cannot reference field by field expression on an atomic type (${typeOf(value)}): "${field}".`)
  }
  return {
    get(value) {
      const name = nameIn(value)
      const at = name === null ? value : (value as Record<string, unknown>)[name]
      return inner === null ? at : inner.get(at)
    },
    with(value, next) {
      const name = nameIn(value)
      if (name === null) return next
      const copy = Array.isArray(value)
        ? [...(value as unknown[])]
        : (Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value) as Record<string, unknown>)
      const at = copy as Record<string, unknown>
      at[name] = inner === null ? next : inner.with(at[name], next)
      return copy
    },
    set(value, next) {
      const name = nameIn(value)
      if (name === null) return next
      const at = value as Record<string, unknown>
      at[name] = inner === null ? next : inner.set(at[name], next)
      return value
    },
  }
}

/** Reads a field of records; throws as Flink does if a record has none of that name or position. */
export const fieldGetter = (field: number | string): ((value: unknown) => unknown) => access(field).get

function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'bigint' && typeof b === 'bigint') return BigInt.asIntN(64, a + b)
  return noSum(isNumber(a) ? b : a)
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint'

function noSum(value: unknown): never {
  throw new RuntimeException(`DataStream cannot be summed because the class ${typeOf(value)} does not support the + operator.`)
}

/** A reduce function of ours. */
export interface BuiltInAggregation {
  (a: unknown, b: unknown): unknown
  /** Throws unless the field can be aggregated: for records that never meet another. Flink knows by the types, before it runs. */
  check(this: void, value: unknown): void
}

function compare(a: unknown, b: unknown): number {
  const comparable = (value: unknown): value is number | string => ['number', 'bigint', 'string', 'boolean'].includes(typeof value)
  if (!comparable(a) || !comparable(b)) {
    throw new RuntimeException(`The field of type ${typeOf(comparable(a) ? b : a)} is not Comparable.`)
  }
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The reduce function behind `sum(1)` and its like. Mirrors SumAggregator and ComparableAggregator of
 * org.apache.flink.streaming.api.functions.aggregation: `sum` gives a copy of the record that came first
 * with another field; `min` and `max` change that record itself, so that sliding windows that share it all see it, as in Flink on the heap;
 * `minBy` and `maxBy` give the whole record that holds the extreme, on a tie the earlier one unless `first` is false.
 */
export function aggregationFunction(aggregation: Aggregation, field: number | string, first = true): BuiltInAggregation {
  const at = access(field)
  const check = (value: unknown): void => {
    const part = at.get(value)
    if (aggregation === 'sum' && !isNumber(part)) noSum(part)
  }
  return Object.assign(reducing(aggregation, at, first), { check })
}

function reducing(aggregation: Aggregation, at: Access, first: boolean): (a: unknown, b: unknown) => unknown {
  switch (aggregation) {
    case 'sum':
      return (a, b) => at.with(a, add(at.get(a), at.get(b)))
    case 'min':
      return (a, b) => (compare(at.get(b), at.get(a)) < 0 ? at.set(a, at.get(b)) : a)
    case 'max':
      return (a, b) => (compare(at.get(b), at.get(a)) > 0 ? at.set(a, at.get(b)) : a)
    case 'minBy':
      return (a, b) => {
        const order = compare(at.get(a), at.get(b))
        return order < 0 || (order === 0 && first) ? a : b
      }
    case 'maxBy':
      return (a, b) => {
        const order = compare(at.get(a), at.get(b))
        return order > 0 || (order === 0 && first) ? a : b
      }
  }
}
