import type { ExecutionContext } from '../environment/context'
import type { KeySelectorLike, PartitionerLike } from '../functions/functions'
import type { PartitionerName } from '../operators/descriptors'
import { PartitionTransformation, type Transformation } from '../operators/transformation'
import type { TypeInformation } from '../types/TypeInformation'
import { prepareKeySelector } from './keySelector'

/**
 * The partitioners of org.apache.flink.streaming.runtime.partitioner, by the name a plan gives them. What a partitioner does
 * with a record is the runtime's business; here it is a step of the program that holds the functions it needs.
 */
export const partitioned = (context: ExecutionContext, input: Transformation, partitioner: Exclude<PartitionerName, 'HASH' | 'CUSTOM'>) =>
  new PartitionTransformation(context, input, partitioner).calledBy(partitioner.toLowerCase())

/** KeyGroupStreamPartitioner: the transformation holds the `keySelector`, and `keyType` where the program gave one. */
export const keyed = <T, K>(
  context: ExecutionContext,
  input: Transformation,
  keySelector: KeySelectorLike<T, K>,
  type?: TypeInformation<unknown>,
) =>
  new PartitionTransformation(context, input, 'HASH', {
    keySelector: prepareKeySelector(keySelector, type?.keyType, context.currentLine()),
  }).calledBy('keyBy')

/** `DataStreamUtils.reinterpretAsKeyedStream`: forward, and yet keyed for those behind it. */
export const reinterpreted = <T, K>(
  context: ExecutionContext,
  input: Transformation,
  keySelector: KeySelectorLike<T, K>,
  type?: TypeInformation<unknown>,
) =>
  new PartitionTransformation(context, input, 'FORWARD', {
    keySelector: prepareKeySelector(keySelector, type?.keyType, context.currentLine()),
  }).calledBy('reinterpretAsKeyedStream')

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
  }).calledBy('partitionCustom')

/** A lambda for an object of one method. */
const methodOf = (like: unknown, method: string): unknown =>
  typeof like === 'function' ? like : (...args: unknown[]) => (like as Record<string, (...args: unknown[]) => unknown>)[method]!(...args)
