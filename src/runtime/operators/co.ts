import { LONG_MIN } from '../../core/time'
import type { Collector } from '../../streaming/functions/Collector'
import type { OutputTag } from '../../streaming/functions/OutputTag'
import { TimeDomain } from '../../streaming/functions/TimerService'
import type { TimerService } from '../../streaming/functions/TimerService'
import type { InternalTimerService } from '../time/InternalTimerService'
import type { InternalTimer } from '../time/TimerQueue'
import { AbstractStreamOperator } from './AbstractStreamOperator'
import { methodOf, outputTo, TimestampedCollector } from './functions'
import { KeylessTimerService, SimpleTimerService, TimedContext, TimerMethod } from './process'
import type { OperatorContext } from './types'

type Process = (value: unknown, context: unknown, out: Collector<unknown>) => void

/** An operator with two inputs: takes the key of each by its own selector, and counts what a record gave. */
export abstract class TwoInputOperator extends AbstractStreamOperator {
  protected readonly collector: TimestampedCollector
  protected sideOutputs = 0
  /** False: a record that gave nothing may yet be of use. */
  protected readonly answersAll: boolean = true

  constructor(context: OperatorContext, userFunctions: readonly unknown[]) {
    super(context, userFunctions, 2)
    this.collector = new TimestampedCollector(context.output)
  }

  processElement(value: unknown, timestamp: number, input: number): void {
    const { collector } = this
    const selector = this.context.keySelectors[input]
    if (selector !== null && selector !== undefined) this.keyContext.setCurrentKey(selector(value))
    const before = collector.count + this.sideOutputs
    collector.timestamp = timestamp
    this.process(value, timestamp, input)
    if (this.context.trace.on && this.answersAll && collector.count + this.sideOutputs === before)
      this.context.trace.recordDropped(timestamp)
  }

  protected abstract process(value: unknown, timestamp: number, input: number): void

  outputTo(tag: OutputTag<unknown>, value: unknown, timestamp: number): void {
    this.sideOutputs++
    outputTo(this.context, tag, value, timestamp)
  }
}

/** Mirrors CoStreamMap. */
export class CoStreamMap extends TwoInputOperator {
  private readonly maps: readonly ((value: unknown) => unknown)[]

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.maps = [methodOf(context.functions.function, 'map1'), methodOf(context.functions.function, 'map2')]
  }

  protected process(value: unknown, _timestamp: number, input: number): void {
    this.collector.collect(this.maps[input]!(value))
  }
}

/** Mirrors CoStreamFlatMap. */
export class CoStreamFlatMap extends TwoInputOperator {
  private readonly flatMaps: readonly ((value: unknown, out: Collector<unknown>) => Iterable<unknown> | void)[]

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.flatMaps = [methodOf(context.functions.function, 'flatMap1'), methodOf(context.functions.function, 'flatMap2')]
  }

  protected process(value: unknown, _timestamp: number, input: number): void {
    const results = this.flatMaps[input]!(value, this.collector)
    if (typeof results === 'object' && results !== null) for (const result of results) this.collector.collect(result)
  }
}

/** What the functions of two inputs are given; for timers, too. */
export class CoContext extends TimedContext {
  constructor(
    protected readonly operator: TwoInputOperator,
    timers: TimerService,
  ) {
    super(timers)
  }
  getCurrentKey(): unknown {
    return this.operator.keyContext.key
  }
  currentProcessingTime(): number {
    return this.timers.currentProcessingTime()
  }
  currentWatermark(): number {
    return this.timers.currentWatermark()
  }
  output(tag: OutputTag<unknown>, value: unknown): void {
    this.operator.outputTo(tag, value, this.at)
  }
}

/** Mirrors CoProcessOperator: two inputs without keys, so without timers. */
export class CoProcessOperator extends TwoInputOperator {
  private readonly processes: readonly Process[]
  private readonly coContext: CoContext
  private watermark = LONG_MIN

  constructor(context: OperatorContext) {
    super(context, [context.functions.function])
    this.processes = [methodOf(context.functions.function, 'processElement1'), methodOf(context.functions.function, 'processElement2')]
    this.coContext = new CoContext(this, new KeylessTimerService(context, () => this.watermark))
  }

  protected process(value: unknown, timestamp: number, input: number): void {
    this.coContext.at = timestamp
    this.processes[input]!(value, this.coContext, this.collector)
  }

  protected override advance(watermark: number): void {
    super.advance(watermark)
    this.watermark = watermark
  }
}

/** Two inputs that share keyed state and timers. */
export abstract class TwoInputWithTimers extends TwoInputOperator {
  protected timers!: InternalTimerService
  protected timerService!: TimerService
  private timerContext!: CoContext
  private readonly onTimer: TimerMethod

  constructor(
    context: OperatorContext,
    protected readonly fn: unknown,
  ) {
    super(context, [fn])
    this.onTimer = new TimerMethod(fn, context, this.collector)
  }

  override open(): void {
    super.open()
    this.timers = this.createTimerService(this)
    this.timerService = new SimpleTimerService(this.timers)
    this.timerContext = this.createTimerContext()
  }

  protected createTimerContext(): CoContext {
    return new CoContext(this, this.timerService)
  }

  onEventTime(timer: InternalTimer): void {
    this.onTimer.call(timer.time, TimeDomain.EVENT_TIME, this.timerContext)
  }

  onProcessingTime(timer: InternalTimer): void {
    this.onTimer.call(timer.time, TimeDomain.PROCESSING_TIME, this.timerContext)
  }
}

/** Mirrors KeyedCoProcessOperator, and LegacyKeyedCoProcessOperator for a CoProcessFunction on keyed streams. */
export class KeyedCoProcessOperator extends TwoInputWithTimers {
  private readonly processes: readonly Process[]
  private elementContext!: CoContext

  constructor(context: OperatorContext) {
    super(context, context.functions.function)
    this.processes = [methodOf(this.fn, 'processElement1'), methodOf(this.fn, 'processElement2')]
  }

  override open(): void {
    super.open()
    this.elementContext = new CoContext(this, this.timerService)
  }

  protected process(value: unknown, timestamp: number, input: number): void {
    this.elementContext.at = timestamp
    this.processes[input]!(value, this.elementContext, this.collector)
  }
}
