import { FieldReferenceException, RuntimeException } from '../../core/exceptions'
import { Tuple } from '../../core/values'

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

const typeOf = (value: unknown): string => (value === null ? 'null' : typeof value)

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
          ? new FieldReferenceException(`Tried to select ${head}. field on "Java Tuple${value.getArity()}", which is an invalid index.`)
          : new FieldReferenceException(`Unable to find field "${head}" in type Java Tuple${value.getArity()}.`)
      }
      return name
    }
    if (typeof value === 'object' && value !== null) {
      if (Object.hasOwn(value, head!) && (byPosition || !Array.isArray(value))) return head!
      if (Array.isArray(value)) throw new FieldReferenceException(`The ${head}. field selected on an array, which is an invalid index.`)
      throw new FieldReferenceException(
        byPosition
          ? 'Cannot reference field by position on PojoType<Object>. Referencing a field by position is supported on tuples, case classes, and arrays. ' +
              'Additionally, you can select the 0th field of a primitive/basic type (e.g. int).'
          : `Unable to find field "${head}" in type PojoType<Object>.`,
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

function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'bigint' && typeof b === 'bigint') return BigInt.asIntN(64, a + b)
  const odd = typeof a === 'number' || typeof a === 'bigint' ? b : a
  throw new RuntimeException(`DataStream cannot be summed because the class ${typeOf(odd)} does not support the + operator.`)
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
export function aggregationFunction(aggregation: Aggregation, field: number | string, first = true): (a: unknown, b: unknown) => unknown {
  const at = access(field)
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
