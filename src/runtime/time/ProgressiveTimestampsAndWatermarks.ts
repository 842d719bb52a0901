import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'
import { hasTimestamp, LONG_MIN } from '../../core/time'
import { RecordTimestampAssigner } from '../../streaming/watermark'
import type {
  RelativeClock,
  TimestampAssigner,
  Watermark,
  WatermarkGenerator,
  WatermarkOutput,
  WatermarkStrategy,
} from '../../streaming/watermark'
import { IdlenessManager, WatermarkToDataOutput } from '../task/watermarkOutputs'
import type { OperatorTrace, Output } from '../operators/types'
import { shownValue } from '../state/Namespace'
import { PausableRelativeClock } from './PausableRelativeClock'
import { nothingSaid, ToldOutput } from './ToldOutput'
import type { GeneratorListener } from './ToldOutput'
import { WatermarkOutputMultiplexer } from './WatermarkOutputMultiplexer'

/** A strategy may be given as an object with `createWatermarkGenerator` alone. */
export type StrategyLike = Pick<WatermarkStrategy<unknown>, 'createWatermarkGenerator'> &
  Partial<Pick<WatermarkStrategy<unknown>, 'createTimestampAssigner'>>

export const assignerOf = (strategy: StrategyLike): TimestampAssigner<unknown> =>
  strategy.createTimestampAssigner?.({}) ?? new RecordTimestampAssigner()

/** The generator that a strategy makes for a subtask or a split. */
export function generatorOf(strategy: StrategyLike, clock: RelativeClock): WatermarkGenerator<unknown> {
  const generator: Partial<WatermarkGenerator<unknown>> | null | undefined = strategy.createWatermarkGenerator({
    getInputActivityClock: () => clock,
  })
  if (generator === null || generator === undefined) throw new NullPointerException('The watermark generator must not be null.')
  for (const method of ['onEvent', 'onPeriodicEmit'] as const) {
    if (typeof generator[method] !== 'function') throw new IllegalArgumentException(`The watermark generator has no method ${method}.`)
  }
  return generator as WatermarkGenerator<unknown>
}

/** What a program's assigner returned, as a long. Java's compiler sees to it that it is one. */
export function assignedTimestamp(timestamp: unknown): number {
  if (typeof timestamp === 'number' && timestamp - timestamp === 0) return Math.trunc(timestamp)
  throw new IllegalArgumentException(`The timestamp assigner must return a number of milliseconds, not ${shownValue(timestamp)}.`)
}

/** Hears of a source's watermarks. Mirrors TimestampsAndWatermarks.WatermarkUpdateListener, and tells the trace more. */
export interface WatermarkUpdateListener {
  /** The whole source's, as it is emitted. */
  updateIdle(idle: boolean): void
  updateCurrentEffectiveWatermark(watermark: number): void
  /** A split's, when it rises. */
  updateCurrentSplitWatermark(split: string, watermark: number): void
  /** Of the generator of a split, or (null) of the main output; null: nobody wants to hear of it. */
  generatorListener(split: string | null): GeneratorListener | null
}

/** Records and watermarks of one split, or of the reader itself (T-7, T-10). Mirrors SourceOutputWithWatermarks. */
export class SourceOutputWithWatermarks implements WatermarkOutput {
  constructor(
    private readonly output: Output,
    private readonly onEvent: WatermarkOutput,
    private readonly periodic: WatermarkOutput,
    private readonly assigner: TimestampAssigner<unknown>,
    private readonly generator: WatermarkGenerator<unknown>,
  ) {}

  /** T-3: the generator sees a record after it was emitted. `timestamp` NaN: none. */
  collect(record: unknown, timestamp: number): void {
    const assigned = assignedTimestamp(this.assigner.extractTimestamp(record, hasTimestamp(timestamp) ? timestamp : LONG_MIN))
    this.output.collect(record, assigned)
    this.generator.onEvent(record, assigned, this.onEvent)
  }

  emitWatermark(watermark: Watermark): void {
    this.onEvent.emitWatermark(watermark)
  }
  markIdle(): void {
    this.onEvent.markIdle()
  }
  markActive(): void {
    this.onEvent.markActive()
  }
  emitPeriodicWatermark(): void {
    this.generator.onPeriodicEmit(this.periodic)
  }
}

/**
 * The event-time part of a source: a generator for the reader's main output and one for each split (T-7 … T-10).
 * Mirrors ProgressiveTimestampsAndWatermarks; who schedules the periodic emission is left to the caller.
 */
export class ProgressiveTimestampsAndWatermarks {
  readonly mainOutput: SourceOutputWithWatermarks
  private readonly multiplexer: WatermarkOutputMultiplexer
  private readonly assigner: TimestampAssigner<unknown>
  private readonly splits = new Map<string, { readonly output: SourceOutputWithWatermarks; readonly clock: PausableRelativeClock }>()
  private readonly mainClock: PausableRelativeClock

  constructor(
    private readonly strategy: StrategyLike,
    private readonly output: Output,
    trace: OperatorTrace,
    /** By which idleness is measured; stands still while the task is back-pressured. */
    private readonly activityClock: RelativeClock,
    private readonly listener: WatermarkUpdateListener | null = null,
  ) {
    const idleness = new IdlenessManager(new WatermarkToDataOutput(output, trace, listener))
    this.multiplexer = new WatermarkOutputMultiplexer(idleness.splitLocalOutput)
    this.assigner = assignerOf(strategy)
    this.mainClock = new PausableRelativeClock(() => activityClock.relativeTimeMillis())
    this.mainOutput = this.outputWith(null, idleness.mainOutput, idleness.mainOutput, this.mainClock)
  }

  private outputWith(
    split: string | null,
    onEvent: WatermarkOutput,
    periodic: WatermarkOutput,
    clock: RelativeClock,
  ): SourceOutputWithWatermarks {
    const generator = generatorOf(this.strategy, clock)
    const told = this.listener?.generatorListener(split) ?? null
    if (told !== null) {
      const said = nothingSaid()
      const both = onEvent === periodic
      onEvent = new ToldOutput(said, onEvent, told)
      periodic = both ? onEvent : new ToldOutput(said, periodic, told)
    }
    return new SourceOutputWithWatermarks(this.output, onEvent, periodic, this.assigner, generator)
  }

  /** The split's output; the one there is, if there is one. */
  createOutputForSplit(id: string): SourceOutputWithWatermarks {
    const known = this.splits.get(id)
    if (known !== undefined) return known.output
    const { listener } = this
    this.multiplexer.registerNewOutput(id, listener === null ? null : (watermark) => listener.updateCurrentSplitWatermark(id, watermark))
    const clock = new PausableRelativeClock(() => this.activityClock.relativeTimeMillis())
    const output = this.outputWith(id, this.multiplexer.getImmediateOutput(id), this.multiplexer.getDeferredOutput(id), clock)
    this.splits.set(id, { output, clock })
    return output
  }

  releaseOutputForSplit(id: string): void {
    if (this.splits.delete(id)) this.multiplexer.unregisterOutput(id)
  }

  /** Watermark alignment holds a split: its idleness does not grow. */
  pauseSplit(id: string): void {
    this.splits.get(id)?.clock.pause()
  }
  resumeSplit(id: string): void {
    this.splits.get(id)?.clock.unPause()
  }

  /** Watermark alignment holds the whole source. */
  pause(): void {
    this.mainClock.pause()
  }
  resume(): void {
    this.mainClock.unPause()
  }

  /** T-9: all splits, then their combination, then the main generator. */
  emitPeriodicWatermark(): void {
    for (const { output } of this.splits.values()) output.emitPeriodicWatermark()
    this.multiplexer.onPeriodicEmit()
    this.mainOutput.emitPeriodicWatermark()
  }
}
