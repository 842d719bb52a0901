import { JavaException } from '../../core/exceptions'
import { keyTypeOf, Tuple, type KeyType } from '../../core/values'
import type { KeySelectorLike } from '../functions/functions'

/** A selector as the runtime calls it; `keyType` is the Java type of its keys, where the program said it (`keyBy(f, Types.LONG)`). */
export interface PreparedKeySelector {
  (value: unknown): unknown
  readonly keyType?: KeyType
}

/** One selector of one type stays one object, since what is partitioned alike may share a result. */
const prepared = new WeakMap<object, PreparedKeySelector>()

/**
 * Makes of what the program gave a function whose keys are checked where Java's types would have been, with the line of the
 * `keyBy` that asked for them.
 */
export function prepareKeySelector<T, K>(
  selector: KeySelectorLike<T, K>,
  type: KeyType | undefined,
  line: number | undefined,
): PreparedKeySelector {
  // A selector that is prepared already (of a stream that is keyed anew) brings its type along.
  const keyType = type ?? (selector as Partial<PreparedKeySelector>).keyType
  const known = prepared.get(selector)
  if (known !== undefined && known.keyType === keyType) return known
  const select = (typeof selector === 'function' ? selector : (value: T) => selector.getKey(value)) as (value: unknown) => unknown
  const checked = (value: unknown): unknown => {
    const key = select(value)
    if (typeof key !== 'string' && typeof key !== 'number' && !(key instanceof Tuple && isPlain(key))) check(key, line)
    return key
  }
  const made: PreparedKeySelector = keyType === undefined ? checked : Object.assign(checked, { keyType })
  prepared.set(selector, made)
  // A stream that is keyed anew by the same selector is partitioned alike.
  prepared.set(made, made)
  return made
}

const FIELDS = ['f0', 'f1', 'f2', 'f3', 'f4'] as const

/** Whether a tuple's fields are all texts and numbers: most are. */
function isPlain(key: Tuple): boolean {
  for (let i = key.getArity() - 1; i >= 0; i--) {
    const type = typeof (key as unknown as Record<string, unknown>)[FIELDS[i]!]
    if (type !== 'string' && type !== 'number') return false
  }
  return true
}

function check(key: unknown, line: number | undefined): void {
  try {
    keyTypeOf(key)
  } catch (error) {
    if (error instanceof JavaException) error.line ??= line
    throw error
  }
}

/** `String`, `Java Tuple2<String, Long>`: a key's type as Flink writes it. */
export const keyTypeText = (type: KeyType): string =>
  typeof type === 'string'
    ? type
    : 'tuple' in type
      ? `Java Tuple${type.tuple.length}<${type.tuple.map(keyTypeText).join(', ')}>`
      : 'PojoType'
