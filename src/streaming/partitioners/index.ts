import type { ExecutionContext } from '../environment/context'
import type { KeySelectorLike, PartitionerLike } from '../functions/functions'
import type { PartitionerName } from '../operators/descriptors'
import { PartitionTransformation, type Transformation } from '../operators/transformation'
import type { TypeInformation } from '../types/TypeInformation'

/**
 * The partitioners of org.apache.flink.streaming.runtime.partitioner, by the name a plan gives them. What a partitioner does
 * with a record is the runtime's business; here it is a step of the program that holds the functions it needs.
 */
export const partitioned = (context: ExecutionContext, input: Transformation, partitioner: Exclude<PartitionerName, 'HASH' | 'CUSTOM'>) =>
  new PartitionTransformation(context, input, partitioner)

/** KeyGroupStreamPartitioner: the transformation holds the `keySelector`, and `keyType` where the program gave one. */
export const keyed = <T, K>(
  context: ExecutionContext,
  input: Transformation,
  keySelector: KeySelectorLike<T, K>,
  type?: TypeInformation<unknown>,
) => new PartitionTransformation(context, input, 'HASH', { keySelector: typed(keySelector, type) })

/** CustomPartitionerWrapper. */
export const custom = <T, K>(
  context: ExecutionContext,
  input: Transformation,
  partitioner: PartitionerLike<K>,
  keySelector: KeySelectorLike<T, K>,
) =>
  new PartitionTransformation(context, input, 'CUSTOM', {
    partitioner: methodOf(partitioner, 'partition'),
    keySelector: methodOf(keySelector, 'getKey'),
  })

/** A lambda for an object of one method. */
const methodOf = (like: unknown, method: string): unknown =>
  typeof like === 'function' ? like : (...args: unknown[]) => (like as Record<string, (...args: unknown[]) => unknown>)[method]!(...args)

/**
 * A selector whose keys hash as the type says (`keyBy(f, Types.LONG)`): the type travels as the selector's property `keyType`.
 * One selector of one type stays one object, since what is partitioned alike may share a result.
 */
function typed(keySelector: object, type: TypeInformation<unknown> | undefined): unknown {
  const select = methodOf(keySelector, 'getKey') as (value: unknown) => unknown
  if (type?.keyType === undefined) return select
  const known = typedSelectors.get(keySelector)
  if (known?.keyType === type.keyType) return known
  const made = Object.assign((value: unknown) => select(value), { keyType: type.keyType })
  typedSelectors.set(keySelector, made)
  return made
}

const typedSelectors = new WeakMap<object, { readonly keyType: unknown }>()
