import { hasTimestamp, LONG_MIN } from '../../core/time'
import { enterOutside } from '../../streaming/functions/outside'
import type { OutsideAccess, OutsideTarget } from '../../streaming/functions/outside'
import type { SinkFunction } from '../../streaming/functions/SinkFunction'
import { TwoPhaseCommitSinkFunction } from '../../streaming/functions/TwoPhaseCommitSinkFunction'
import type { OperatorSnapshotResult, SnapshotContext, StateInitializationContext } from '../checkpoint/types'
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

/** Writes to a topic or a table where it is visible at once. */
class OutsideSink extends AbstractStreamOperator {
  private readonly target: OutsideTarget
  private readonly keyOf: ((value: unknown) => unknown) | null
  private readonly access: OutsideAccess

  constructor(context: OperatorContext) {
    super(context)
    const { sink: kind, topic, table } = context.params
    this.target = kind === 'topic' ? { kind, name: String(topic) } : { kind: 'table', name: String(table) }
    this.keyOf = kind === 'topic' ? null : (context.functions.key as (value: unknown) => unknown)
    this.access = context.outside!
  }

  processElement(value: unknown, timestamp: number): void {
    if (this.context.trace.on) this.context.trace.sinkRecord(value, timestamp)
    this.access.write(this.target, null, this.keyOf === null ? null : this.keyOf(value), value)
  }
}

/** An operator of a sink whose functions are the program's own and reach outside in its name, whatever is called of them. */
export abstract class ReachingOperator extends AbstractStreamOperator {
  protected within<T>(call: () => T, checkpoint = -1, recovering = false): T {
    const access = this.context.outside
    if (access === undefined) return call()
    const outer = enterOutside(access)
    const was = access.during
    access.during = { checkpoint, recovering }
    try {
      return call()
    } finally {
      access.during = was
      enterOutside(outer)
    }
  }

  override initializeState(given: StateInitializationContext): void {
    this.within(() => this.initialize(given), given.checkpoint ?? -1, true)
  }
  protected initialize(given: StateInitializationContext): void {
    super.initializeState(given)
  }
  override open(): void {
    this.within(() => super.open())
  }
  override snapshotState(context: SnapshotContext): OperatorSnapshotResult {
    return this.within(() => super.snapshotState(context), context.checkpoint)
  }
  override notifyCheckpointComplete(checkpoint: number): void {
    this.within(() => this.complete(checkpoint), checkpoint)
  }
  protected complete(checkpoint: number): void {
    super.notifyCheckpointComplete(checkpoint)
  }
  override notifyCheckpointAborted(checkpoint: number): void {
    this.within(() => super.notifyCheckpointAborted(checkpoint), checkpoint)
  }
  override close(): void {
    this.within(() => this.tidy())
  }
  protected tidy(): void {
    super.close()
  }

  /** Part files on their way to the file system, or to their last names. */
  isDrained(): boolean {
    return (this.context.outside?.openFiles ?? 0) === 0
  }
}

/** The user's SinkFunction. Mirrors StreamSink. */
class StreamSink extends ReachingOperator implements SinkFunction.Context {
  private readonly invoke: SinkFunction<unknown>['invoke']
  private readonly access: OutsideAccess | null
  private watermark = LONG_MIN
  private elementTimestamp = NaN

  constructor(context: OperatorContext) {
    const fn = context.functions.function
    super(context, [fn])
    this.invoke = fn instanceof TwoPhaseCommitSinkFunction ? (value, self) => fn.invokeCurrent(value, self) : methodOf(fn, 'invoke')
    this.access = context.outside ?? null
  }

  processElement(value: unknown, timestamp: number): void {
    this.elementTimestamp = timestamp
    if (this.context.trace.on) this.context.trace.sinkRecord(value, timestamp)
    const outer = enterOutside(this.access)
    try {
      this.invoke(value, this)
    } finally {
      enterOutside(outer)
    }
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
  }

  override finish(): void {
    super.finish()
    const fn = this.context.functions.function as { finish?: unknown } | null
    if (typeof fn === 'object' && fn !== null && typeof fn.finish === 'function') this.within(() => (fn as { finish(): void }).finish())
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

/** Sinks of the old kind that write to something outside which there is not. */
const NOWHERE = ['file', 'socket']
export const isSinkSimulated = (params: OperatorContext['params']): boolean => !NOWHERE.includes(String(params.sink))

export function sink(context: OperatorContext): AbstractStreamOperator {
  switch (context.params.sink) {
    case 'user':
      return new StreamSink(context)
    case 'topic':
    case 'table':
      return new OutsideSink(context)
    default:
      return new TraceSink(context)
  }
}
