import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { descriptor, type ChainingStrategy, type Functions, type OperatorDescriptor } from './descriptors'
import { AbstractStreamOperator, AbstractStreamOperatorFactory } from './StreamOperator'

/** What `transform` takes. */
export type OperatorOrFactory<OP> = OP | AbstractStreamOperatorFactory<OP>

/** Describes an operator of the program's own: kind `custom`, role `operator` or `factory`. `method` is what it must have. */
export function customOperator(
  given: unknown,
  method: 'processElement' | 'processElement1',
): { readonly operator: OperatorDescriptor; readonly functions: Functions; readonly chaining: ChainingStrategy } {
  if (given === null || given === undefined) throw new NullPointerException('The operator must not be null.')
  if (given instanceof AbstractStreamOperatorFactory) {
    return { operator: descriptor('custom'), functions: { factory: given }, chaining: given.getChainingStrategy() }
  }
  if (!(given instanceof AbstractStreamOperator) || typeof (given as unknown as Record<string, unknown>)[method] !== 'function') {
    throw new IllegalArgumentException(`An operator extends AbstractStreamOperator and has a method ${method}.`)
  }
  return { operator: descriptor('custom'), functions: { operator: given }, chaining: given.getChainingStrategy() }
}
