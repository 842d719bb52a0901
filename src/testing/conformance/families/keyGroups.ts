import { computeDefaultMaxParallelism, keyGroupOf, keyGroupRangeOf, operatorIndexOf } from '../../../core/keygroups'
import { javaHashCode, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5 } from '../../../core/values'
import type { KeyType } from '../../../core/values'
import { family, orError } from '../family'

interface TypedKey {
  readonly type: 'int' | 'long' | 'double' | 'string' | 'boolean' | 'tuple'
  readonly key: unknown
}
type Given =
  | (TypedKey & { readonly kind: 'key'; readonly maxParallelism: number; readonly parallelism: number })
  | { readonly kind: 'range'; readonly maxParallelism: number; readonly parallelism: number; readonly subtask: number }
  | { readonly kind: 'defaultMaxParallelism'; readonly parallelism: number }

const TUPLES = [Tuple1, Tuple2, Tuple3, Tuple4, Tuple5] as const

function typed({ type, key }: TypedKey): { readonly value: unknown; readonly type: KeyType } {
  switch (type) {
    case 'int':
      return { value: key, type: 'Integer' }
    case 'long': {
      if (typeof key === 'number') return { value: key, type: 'Long' }
      return { value: key === 'MAX' ? 2n ** 63n - 1n : key === 'MIN' ? -(2n ** 63n) : BigInt(key as string), type: 'Long' }
    }
    case 'double':
      return { value: Number(key), type: 'Double' }
    case 'string':
      return { value: key, type: 'String' }
    case 'boolean':
      return { value: key, type: 'Boolean' }
    case 'tuple': {
      const fields = (key as TypedKey[]).map(typed)
      const constructor = TUPLES[fields.length - 1] as new (...fields: unknown[]) => object
      return { value: new constructor(...fields.map((field) => field.value)), type: { tuple: fields.map((field) => field.type) } }
    }
  }
}

export const keyGroups = family<Given>('key-groups', (given) => {
  switch (given.kind) {
    case 'key': {
      const { value, type } = typed(given)
      const hashCode = javaHashCode(value, type)
      const keyGroup = keyGroupOf(hashCode, given.maxParallelism)
      return { hashCode, keyGroup, subtask: operatorIndexOf(keyGroup, given.maxParallelism, given.parallelism) }
    }
    case 'range':
      return orError<unknown>(
        () => keyGroupRangeOf(given.maxParallelism, given.parallelism, given.subtask),
        () => ({ error: true }),
      )
    case 'defaultMaxParallelism':
      return orError<unknown>(
        () => ({ value: computeDefaultMaxParallelism(given.parallelism) }),
        () => ({ error: true }),
      )
  }
})
