import { InvalidProgramException } from '../../core/exceptions'
import { NO_TIMESTAMP } from '../../core/time'
import { mapKeyOf, typeName } from '../../core/values'
import type { Collector } from '../../streaming/functions/Collector'
import type { AggregateFunction } from '../../streaming/functions/functions'
import { fieldSelector } from '../../streaming/operators/fields'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf, TimestampedCollector } from './functions'
import type { OperatorContext } from './types'

/** Operators over all records of a subtask, which emit when the input ends; what they emit has no timestamp. */
abstract class PartitionOperator extends AbstractStreamOperator {
  protected readonly collector: TimestampedCollector

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.collector = new TimestampedCollector(context.output)
  }

  override endInput(): void {
    if (this.context.trace.on) this.context.trace.recordsMade(-1)
    this.emit()
  }

  protected abstract emit(): void
}

/** Mirrors MapPartitionOperator, which hands the records over one by one to a thread of its own; here they are kept until the end. */
export class MapPartitionOperator extends PartitionOperator {
  private readonly values: unknown[] = []

  processElement(value: unknown): void {
    this.values.push(value)
  }

  protected emit(): void {
    const mapPartition = methodOf<(values: Iterable<unknown>, out: Collector<unknown>) => void>(
      this.context.functions.function,
      'mapPartition',
    )
    mapPartition(this.values, this.collector)
  }
}

/** Mirrors PartitionReduceOperator, which emits even where nothing came: null. */
export class PartitionReduceOperator extends PartitionOperator {
  private readonly reduce: (value1: unknown, value2: unknown) => unknown
  private current: unknown = null

  constructor(context: OperatorContext) {
    super(context)
    this.reduce = methodOf(context.functions.function, 'reduce')
  }

  processElement(value: unknown): void {
    this.current = this.current === null ? value : this.reduce(this.current, value)
  }

  protected emit(): void {
    this.collector.collect(this.current)
  }
}

/** Mirrors PartitionAggregateOperator, which forgets what `add` returns: an accumulator must be changed in place. */
export class PartitionAggregateOperator extends PartitionOperator {
  private readonly aggregate: AggregateFunction<unknown, unknown, unknown>
  private accumulator: unknown

  constructor(context: OperatorContext) {
    super(context)
    this.aggregate = context.functions.function as AggregateFunction<unknown, unknown, unknown>
  }

  override open(): void {
    super.open()
    this.accumulator = this.aggregate.createAccumulator()
  }

  processElement(value: unknown): void {
    this.aggregate.add(value, this.accumulator)
  }

  protected emit(): void {
    this.collector.collect(this.aggregate.getResult(this.accumulator))
  }
}

/**
 * Mirrors SortPartitionOperator, and KeyedSortPartitionOperator where the stream is keyed: then each key's records stand together, the keys in the
 * order in which they came (Flink's is that of their bytes). Params: `order`, `field`; or role `sortKey`.
 */
export class SortPartitionOperator extends AbstractStreamOperator {
  private readonly groups = new Map<unknown, { readonly by: unknown; readonly value: unknown }[]>()
  private readonly sortKey: (value: unknown) => unknown
  private readonly sign: number

  constructor(context: OperatorContext) {
    super(context)
    const { field, order } = context.params
    this.sortKey = field === undefined ? methodOf(context.functions.sortKey, 'getKey') : fieldSelector(field as number | string)
    this.sign = order === 'DESCENDING' ? -1 : 1
  }

  processElement(value: unknown): void {
    const key = this.keySelector === null ? '' : mapKeyOf(this.keySelector(value))
    const by = this.sortKey(value)
    if (!isSortable(by)) throw new InvalidProgramException(`The key type ${typeName(by)} is not sortable.`)
    const group = this.groups.get(key)
    if (group === undefined) this.groups.set(key, [{ by, value }])
    else group.push({ by, value })
  }

  override endInput(): void {
    if (this.context.trace.on) this.context.trace.recordsMade(-1)
    for (const group of this.groups.values()) {
      group.sort((a, b) => this.sign * compare(a.by, b.by))
      for (const { value } of group) this.context.output.collect(value, NO_TIMESTAMP)
    }
  }
}

const isSortable = (value: unknown): boolean => ['number', 'bigint', 'string', 'boolean'].includes(typeof value)
const compare = (a: unknown, b: unknown): number => ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0)
