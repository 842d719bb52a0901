import type { Collector } from '../../streaming/functions/Collector'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf, TimestampedCollector } from './functions'
import type { OperatorContext } from './types'

/** Mirrors StreamMap. */
export class StreamMap extends AbstractStreamOperator {
  private readonly map: (value: unknown) => unknown

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.map = methodOf(context.functions.function, 'map')
  }

  processElement(value: unknown, timestamp: number): void {
    if (this.keySelector !== null) this.keyContext.setCurrentKey(this.keySelector(value))
    this.context.output.collect(this.map(value), timestamp)
  }
}

/** Mirrors StreamFilter. */
export class StreamFilter extends AbstractStreamOperator {
  private readonly filter: (value: unknown) => unknown

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.filter = methodOf(context.functions.function, 'filter')
  }

  processElement(value: unknown, timestamp: number): void {
    if (this.keySelector !== null) this.keyContext.setCurrentKey(this.keySelector(value))
    if (this.filter(value)) this.context.output.collect(value, timestamp)
    else if (this.context.trace.on) this.context.trace.recordDropped(timestamp)
  }
}

/** Mirrors StreamFlatMap; a function may also return an iterable of its results. */
export class StreamFlatMap extends AbstractStreamOperator {
  private readonly flatMap: (value: unknown, out: Collector<unknown>) => Iterable<unknown> | void
  private readonly collector: TimestampedCollector

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.flatMap = methodOf(context.functions.function, 'flatMap')
    this.collector = new TimestampedCollector(context.output)
  }

  processElement(value: unknown, timestamp: number): void {
    const { collector } = this
    if (this.keySelector !== null) this.keyContext.setCurrentKey(this.keySelector(value))
    const before = collector.count
    collector.timestamp = timestamp
    const results = this.flatMap(value, collector)
    if (typeof results === 'object' && results !== null) for (const result of results) collector.collect(result)
    if (collector.count === before && this.context.trace.on) this.context.trace.recordDropped(timestamp)
  }
}
