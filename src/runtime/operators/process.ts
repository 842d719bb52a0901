import { UnsupportedOperationException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import type { KeyedProcessFunction } from '../../streaming/functions/KeyedProcessFunction'
import type { OutputTag } from '../../streaming/functions/OutputTag'
import type { ProcessFunction } from '../../streaming/functions/ProcessFunction'
import { TimeDomain } from '../../streaming/functions/TimerService'
import type { TimerService } from '../../streaming/functions/TimerService'
import { VOID_NAMESPACE } from '../state/Namespace'
import type { InternalTimerService } from '../time/InternalTimerService'
import type { InternalTimer } from '../time/TimerQueue'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf, outputTo, TimestampedCollector } from './functions'
import type { OperatorContext } from './types'

/** The user's view of an operator's timers, in the void namespace. Mirrors SimpleTimerService. */
export class SimpleTimerService implements TimerService {
  constructor(private readonly internal: InternalTimerService) {}
  currentProcessingTime(): number {
    return this.internal.currentProcessingTime()
  }
  currentWatermark(): number {
    return this.internal.currentWatermark
  }
  registerProcessingTimeTimer(time: number): void {
    this.internal.registerProcessingTimeTimer(VOID_NAMESPACE, time)
  }
  registerEventTimeTimer(time: number): void {
    this.internal.registerEventTimeTimer(VOID_NAMESPACE, time)
  }
  deleteProcessingTimeTimer(time: number): void {
    this.internal.deleteProcessingTimeTimer(VOID_NAMESPACE, time)
  }
  deleteEventTimeTimer(time: number): void {
    this.internal.deleteEventTimeTimer(VOID_NAMESPACE, time)
  }
}

/** T-29: no timers without keys. */
export class KeylessTimerService implements TimerService {
  constructor(
    private readonly context: OperatorContext,
    private readonly watermark: () => number,
  ) {}
  currentProcessingTime(): number {
    return this.context.processingTime()
  }
  currentWatermark(): number {
    return this.watermark()
  }
  registerProcessingTimeTimer(): void {
    throw new UnsupportedOperationException('Setting timers is only supported on a keyed streams.')
  }
  registerEventTimeTimer(): void {
    throw new UnsupportedOperationException('Setting timers is only supported on a keyed streams.')
  }
  deleteProcessingTimeTimer(): void {
    throw new UnsupportedOperationException('Deleting timers is only supported on a keyed streams.')
  }
  deleteEventTimeTimer(): void {
    throw new UnsupportedOperationException('Deleting timers is only supported on a keyed streams.')
  }
}

/** Mirrors ProcessOperator: a ProcessFunction on a stream without keys. */
export class ProcessOperator extends AbstractStreamOperator implements ProcessFunction.Context {
  private readonly process: ProcessFunction<unknown, unknown>['processElement']
  private readonly collector: TimestampedCollector
  private readonly timers: TimerService
  private currentWatermark = LONG_MIN
  private elementTimestamp = NaN
  private sideOutputs = 0

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.process = methodOf(context.functions.function, 'processElement')
    this.collector = new TimestampedCollector(context.output)
    this.timers = new KeylessTimerService(context, () => this.currentWatermark)
  }

  processElement(value: unknown, timestamp: number): void {
    const { collector } = this
    const before = collector.count + this.sideOutputs
    collector.timestamp = timestamp
    this.elementTimestamp = timestamp
    this.process(value, this, collector)
    if (collector.count + this.sideOutputs === before && this.context.trace.on) this.context.trace.recordDropped(timestamp)
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.currentWatermark = watermark
  }

  timestamp(): number | null {
    return hasTimestamp(this.elementTimestamp) ? this.elementTimestamp : null
  }
  timerService(): TimerService {
    return this.timers
  }
  output(tag: OutputTag<unknown>, value: unknown): void {
    this.sideOutputs++
    outputTo(this.context, tag, value, this.elementTimestamp)
  }
}

/** What functions are told of the record or the timer at hand. */
export abstract class TimedContext {
  /** NaN: none. */
  at = NaN
  domain = TimeDomain.EVENT_TIME

  constructor(protected readonly timers: TimerService) {}
  timestamp(): number | null {
    return hasTimestamp(this.at) ? this.at : null
  }
  timerService(): TimerService {
    return this.timers
  }
  timeDomain(): TimeDomain {
    return this.domain
  }
}

/** A function's `onTimer`, if it has one. */
export class TimerMethod {
  private readonly method: ((time: number, context: unknown, out: TimestampedCollector) => void) | null

  constructor(
    fn: unknown,
    private readonly context: OperatorContext,
    private readonly collector: TimestampedCollector,
  ) {
    this.method = typeof (fn as { onTimer?: unknown } | null)?.onTimer === 'function' ? methodOf(fn, 'onTimer') : null
  }

  /** What comes out on a timer of processing time has no timestamp. */
  call(time: number, domain: TimeDomain, timerContext: TimedContext): void {
    this.collector.timestamp = domain === TimeDomain.EVENT_TIME ? time : NaN
    timerContext.at = time
    timerContext.domain = domain
    if (this.context.trace.on) this.context.trace.recordsMade(-1)
    if (this.method !== null) this.method(time, timerContext, this.collector)
  }
}

/** What a keyed process function is given, for elements and for timers. */
class KeyedContext extends TimedContext implements KeyedProcessFunction.OnTimerContext<unknown> {
  sideOutputs = 0

  constructor(
    private readonly operator: KeyedProcessOperator,
    timers: TimerService,
  ) {
    super(timers)
  }
  getCurrentKey(): unknown {
    return this.operator.keyContext.key
  }
  output(tag: OutputTag<unknown>, value: unknown): void {
    this.sideOutputs++
    outputTo(this.operator.context, tag, value, this.at)
  }
}

/** Mirrors KeyedProcessOperator (T-29), and LegacyKeyedProcessOperator for a ProcessFunction on a keyed stream. */
export class KeyedProcessOperator extends AbstractStreamOperator {
  private readonly process: KeyedProcessFunction<unknown, unknown, unknown>['processElement']
  private readonly onTimer: TimerMethod
  private readonly collector: TimestampedCollector
  private timers!: InternalTimerService
  private elementContext!: KeyedContext
  private timerContext!: KeyedContext

  constructor(context: OperatorContext) {
    const fn = context.functions.function
    super(context, [fn])
    this.process = methodOf(fn, 'processElement')
    this.collector = new TimestampedCollector(context.output)
    this.onTimer = new TimerMethod(fn, context, this.collector)
  }

  override open(): void {
    super.open()
    this.timers = this.createTimerService(this)
    const service = new SimpleTimerService(this.timers)
    this.elementContext = new KeyedContext(this, service)
    this.timerContext = new KeyedContext(this, service)
  }

  processElement(value: unknown, timestamp: number): void {
    const { collector, elementContext } = this
    this.keyContext.setCurrentKey(this.keySelector!(value))
    const before = collector.count + elementContext.sideOutputs
    collector.timestamp = timestamp
    elementContext.at = timestamp
    this.process(value, elementContext, collector)
    if (this.context.trace.on && collector.count + elementContext.sideOutputs === before) this.context.trace.recordDropped(timestamp)
  }

  onEventTime(timer: InternalTimer): void {
    this.onTimer.call(timer.time, TimeDomain.EVENT_TIME, this.timerContext)
  }

  onProcessingTime(timer: InternalTimer): void {
    this.onTimer.call(timer.time, TimeDomain.PROCESSING_TIME, this.timerContext)
  }
}
