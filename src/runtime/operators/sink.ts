import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { Sink, SinkWriter } from '../../streaming/connectors/Sink'
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

/** The program's own Sink. Mirrors SinkWriterOperator for sinks that commit nothing: what it holds back is flushed at the end. */
export class SinkWriterOperator extends AbstractStreamOperator implements SinkWriter.Context {
  private readonly writer: SinkWriter<unknown>
  private watermark = LONG_MIN
  private elementTimestamp = NaN

  constructor(context: OperatorContext) {
    super(context)
    this.writer = (context.functions.sink as Sink<unknown>).createWriter!({
      getSubtaskId: () => context.subtask,
      getNumberOfParallelSubtasks: () => context.parallelism,
    })
  }

  processElement(value: unknown, timestamp: number): void {
    this.elementTimestamp = timestamp
    if (this.context.trace.on) this.context.trace.sinkRecord(value, timestamp)
    this.writer.write(value, this)
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
  }

  override endInput(): void {
    this.writer.flush?.(true)
  }

  override close(): void {
    super.close()
    this.writer.close?.()
  }

  currentWatermark(): number {
    return this.watermark
  }
  timestamp(): number | null {
    return hasTimestamp(this.elementTimestamp) && this.elementTimestamp !== LONG_MIN ? this.elementTimestamp : null
  }
}

/** Sinks of the old kind that write to something outside which there is not. */
const OUTSIDE = ['file', 'socket']
export const isSinkSimulated = (params: OperatorContext['params']): boolean => !OUTSIDE.includes(String(params.sink))

export const sink = (context: OperatorContext): AbstractStreamOperator =>
  context.params.sink === 'user' ? new StreamSink(context) : new TraceSink(context)
