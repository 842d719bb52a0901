import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { SinkFunction } from '../../streaming/functions/SinkFunction'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf } from './functions'
import type { OperatorContext } from './types'

/**
 * The sinks that have no outside: what they get is in the trace, and the client shows it (B-11: it writes the lines of the print sinks).
 * A DiscardingSink leaves a mark only for those who look.
 */
class TraceSink extends AbstractStreamOperator {
  private readonly silent: boolean

  constructor(context: OperatorContext) {
    super(context)
    this.silent = context.params.sink === 'discard' && !context.trace.on
  }

  processElement(value: unknown, timestamp: number): void {
    if (!this.silent) this.context.trace.sinkRecord(value, timestamp)
  }
}

/** The user's SinkFunction. Mirrors StreamSink. */
class StreamSink extends AbstractStreamOperator implements SinkFunction.Context {
  private readonly invoke: SinkFunction<unknown>['invoke']
  private watermark = LONG_MIN
  private elementTimestamp = NaN

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.invoke = methodOf(context.functions.function, 'invoke')
  }

  processElement(value: unknown, timestamp: number): void {
    this.elementTimestamp = timestamp
    if (this.context.trace.on) this.context.trace.sinkRecord(value, timestamp)
    this.invoke(value, this)
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
  }

  currentProcessingTime(): number {
    return this.context.processingTime()
  }
  currentWatermark(): number {
    return this.watermark
  }
  timestamp(): number | null {
    return hasTimestamp(this.elementTimestamp) ? this.elementTimestamp : null
  }
}

export const sink = (context: OperatorContext): AbstractStreamOperator =>
  context.params.sink === 'user' ? new StreamSink(context) : new TraceSink(context)
