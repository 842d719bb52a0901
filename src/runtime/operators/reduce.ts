import { ValueStateDescriptor } from '../../streaming/state'
import type { StateTable } from '../state/StateTable'
import { VOID_NAMESPACE } from '../state/Namespace'
import { aggregationFunction } from '../../streaming/functions/aggregation'
import type { Aggregation } from '../../streaming/functions/aggregation'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf } from './functions'
import type { OperatorContext } from './types'

type Reduce = (value1: unknown, value2: unknown) => unknown

/** Emits the key's value so far for every element, with that element's timestamp (W-29). Mirrors StreamGroupedReduceOperator. */
export class StreamGroupedReduce extends AbstractStreamOperator {
  private values!: StateTable<unknown>

  constructor(
    context: OperatorContext,
    private readonly reduce: Reduce,
    userFunctions: readonly unknown[],
    /** Throws for a record that the function cannot take: a key's first meets no other. */
    private readonly check: ((value: unknown) => void) | null = null,
  ) {
    super(context, userFunctions)
  }

  override open(): void {
    super.open()
    this.values = this.backend.state(new ValueStateDescriptor<unknown>('_op_state'), this.stateObserver()).table
  }

  processElement(value: unknown, timestamp: number): void {
    this.keyContext.setCurrentKey(this.keySelector!(value))
    const entry = this.values.entry(VOID_NAMESPACE)
    let result = value
    if (entry === undefined) {
      this.check?.(value)
      this.values.put(VOID_NAMESPACE, value)
    } else {
      result = this.reduce(entry.value, value)
      this.values.replace(entry, VOID_NAMESPACE, result)
    }
    if (this.values.observer !== null) this.values.observer('_op_state', VOID_NAMESPACE, result, false)
    this.context.output.collect(result, timestamp)
  }
}

export const keyedReduce = (context: OperatorContext): StreamGroupedReduce =>
  new StreamGroupedReduce(context, methodOf(context.functions.function, 'reduce'), [context.functions.function])

/** `sum(field)` and its like. */
export function keyedAggregate(context: OperatorContext): StreamGroupedReduce {
  const { aggregation, field, first } = context.params
  const reduce = aggregationFunction(aggregation as Aggregation, field as string | number, first !== false)
  return new StreamGroupedReduce(context, reduce, [], reduce.check)
}
