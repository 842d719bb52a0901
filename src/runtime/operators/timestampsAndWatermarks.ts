import { hasTimestamp, LONG_MAX, LONG_MIN } from '../../core/time'
import { NoWatermarksGenerator, Watermark } from '../../streaming/watermark'
import { toWatermarkStrategy } from '../../streaming/watermark/legacyStrategy'
import type { TimestampAssigner, WatermarkGenerator, WatermarkOutput, WatermarkStrategy } from '../../streaming/watermark'
import { WatermarkToDataOutput } from '../task/watermarkOutputs'
import { assignedTimestamp, assignerOf, generatorOf } from '../time/ProgressiveTimestampsAndWatermarks'
import type { StrategyLike } from '../time/ProgressiveTimestampsAndWatermarks'
import { nothingSaid, ToldOutput } from '../time/ToldOutput'
import type { OperatorContext, StreamOperator } from './types'

const DEFAULT_INTERVAL = 200

/** Assigns timestamps and makes watermarks in the middle of a job (T-3, T-4). Mirrors TimestampsAndWatermarksOperator. */
export class TimestampsAndWatermarksOperator implements StreamOperator {
  private readonly strategy: StrategyLike
  private readonly interval: number
  /** False in BATCH execution: no watermarks but the last. */
  private readonly progressive: boolean
  private readonly watermarks: WatermarkOutput
  private assigner!: TimestampAssigner<unknown>
  private generator!: WatermarkGenerator<unknown>
  /** What the generator writes to: its watermarks that fall are told of. */
  private readonly generated: WatermarkOutput
  private cancelTimer: (() => void) | null = null

  constructor(private readonly context: OperatorContext) {
    this.strategy = toWatermarkStrategy(context.functions.strategy as WatermarkStrategy<unknown>)
    this.progressive = context.params.progressive !== false
    this.interval = context.configuration.get({
      key: 'pipeline.auto-watermark-interval',
      type: 'duration',
      defaultValue: DEFAULT_INTERVAL,
      fallbackKeys: [],
    })
    this.watermarks = new WatermarkToDataOutput(context.output, context.trace)
    const { trace } = context
    this.generated = trace.on
      ? new ToldOutput(nothingSaid(), this.watermarks, {
          rose: () => undefined,
          fell: (watermark, last) => trace.watermarkIgnored(-1, watermark, last),
          status: () => undefined,
        })
      : this.watermarks
  }

  open(): void {
    this.assigner = assignerOf(this.strategy)
    this.generator = this.progressive ? generatorOf(this.strategy, this.clock) : new NoWatermarksGenerator()
    if (this.progressive && this.interval > 0) this.schedule()
  }

  /** Stands still while the task is back-pressured, if the task says so. */
  private readonly clock = {
    relativeTimeMillis: (): number => (this.context.activityTime ?? this.context.processingTime)(),
    relativeTimeNanos: (): number => this.clock.relativeTimeMillis() * 1_000_000,
  }

  private schedule(): void {
    this.cancelTimer = this.context.scheduleAt(this.context.processingTime() + this.interval, () => {
      this.generator.onPeriodicEmit(this.generated)
      this.schedule()
    })
  }

  processElement(value: unknown, timestamp: number): void {
    const assigned = assignedTimestamp(this.assigner.extractTimestamp(value, hasTimestamp(timestamp) ? timestamp : LONG_MIN))
    this.context.output.collect(value, assigned)
    this.generator.onEvent(value, assigned, this.generated)
  }

  /** Upstream's watermarks do not count, but the end does. */
  processWatermark(watermark: number): void {
    if (watermark === LONG_MAX) this.watermarks.emitWatermark(Watermark.MAX_WATERMARK)
  }

  processStatus(): void {}
  endInput(): void {}

  finish(): void {
    this.generator.onPeriodicEmit(this.generated)
    this.close()
  }

  close(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
  }
}
