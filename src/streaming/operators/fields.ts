import { IllegalArgumentException, IndexOutOfBoundsException, InvalidProgramException, RuntimeException } from '../../core/exceptions'
import { fieldGetter, typeOf } from '../functions/aggregation'
import { Tuple, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5 } from '../../core/values'

/** Functions that Flink makes of field positions and names. */

const TUPLES = [Tuple1, Tuple2, Tuple3, Tuple4, Tuple5] as const

function tupleClass(arity: number): (new (...values: unknown[]) => Tuple) | undefined {
  return TUPLES[arity - 1]
}

/** The value of one field, by position or by name, nested with dots; mirrors KeySelectorUtil.getSelectorForOneKey. */
export function fieldSelector(field: number | string): (value: unknown) => unknown {
  const get = fieldGetter(field)
  if (typeof field === 'string') return get
  return (value) => {
    if (!(value instanceof Tuple)) {
      throw new InvalidProgramException(`Specifying keys via field positions is only valid for tuple data types. Type: ${typeOf(value)}`)
    }
    if (field < 0 || field >= value.getArity()) throw new IndexOutOfBoundsException(`Tuple position is out of range: ${field}`)
    return get(value)
  }
}

/** `keyBy(0)`, `keyBy('user', 'day')`: a Tuple of the fields, even of one (K-6). */
export function fieldsSelector<T>(fields: readonly (number | string)[]): (value: T) => Tuple {
  const TupleN = tupleClass(fields.length)
  if (TupleN === undefined) throw new IllegalArgumentException(`A key of ${fields.length} fields is not supported; use a key selector.`)
  const selectors = fields.map(fieldSelector)
  return (value) => new TupleN(...selectors.map((select) => select(value)))
}

/** What `project(2, 0)` maps with. Mirrors StreamProject; tuples have at most 5 fields here. */
export function projection(fieldIndexes: readonly number[]): (value: unknown) => Tuple {
  if (fieldIndexes.length === 0) throw new IllegalArgumentException('project() needs to select at least one (1) field.')
  const TupleN = tupleClass(fieldIndexes.length)
  if (TupleN === undefined) throw new IllegalArgumentException(`project() may select only up to (${TUPLES.length}) fields.`)
  return (value) => {
    if (!(value instanceof Tuple)) throw new RuntimeException('Only Tuple DataStreams can be projected')
    const size = value.getArity()
    return new TupleN(
      ...fieldIndexes.map((index) => {
        if (index < 0 || index >= size) throw new IndexOutOfBoundsException(`Index: ${index}, Size: ${size}`)
        return (value as unknown as Record<string, unknown>)[`f${index}`]
      }),
    )
  }
}
