import { IllegalArgumentException } from '../../core/exceptions'
import { LONG_MAX, LONG_MIN, NO_TIMESTAMP } from '../../core/time'
import type { OperatorTrace, Output } from '../operators/types'

/** What becomes of what a source of the old kind emits, by the time that the whole job counts (T-22). Mirrors StreamSourceContexts. */
export interface SourceContext {
  /** NaN: the source gave none. */
  collect(value: unknown, timestamp: number): void
  emitWatermark(watermark: number): void
  markIdle(): void
  close(): void
}

export type TimeCharacteristic = 'ProcessingTime' | 'IngestionTime' | 'EventTime'

export interface SourceContextSettings {
  readonly timeCharacteristic: TimeCharacteristic
  /** ms. */
  readonly autoWatermarkInterval: number
  /** ms since the epoch. */
  readonly processingTime: () => number
  /** Runs the callback once, that many ms from now. */
  readonly after: (delay: number, callback: () => void) => () => void
}

export function sourceContext(output: Output, trace: OperatorTrace, settings: SourceContextSettings): SourceContext {
  switch (settings.timeCharacteristic) {
    case 'ProcessingTime':
      return new NonTimestampContext(output)
    case 'IngestionTime':
      return new AutomaticWatermarkContext(output, trace, settings)
    case 'EventTime':
      return new ManualWatermarkContext(output, trace)
  }
}

/** No timestamps, no watermarks. */
class NonTimestampContext implements SourceContext {
  constructor(private readonly output: Output) {}

  collect(value: unknown): void {
    this.output.collect(value, NO_TIMESTAMP)
  }
  emitWatermark(): void {}
  markIdle(): void {}
  close(): void {}
}

/** Idle until the next record or watermark. */
abstract class WatermarkContext {
  protected idle = false

  constructor(
    protected readonly output: Output,
    protected readonly trace: OperatorTrace,
  ) {}

  markIdle(): void {
    this.status(true)
  }

  protected status(idle: boolean): void {
    if (idle === this.idle) return
    this.idle = idle
    this.trace.statusEmitted(idle)
    this.output.emitStatus(idle)
  }

  protected watermark(watermark: number): void {
    this.trace.watermarkEmitted(watermark)
    this.output.emitWatermark(watermark)
  }
}

/** What the source says. */
class ManualWatermarkContext extends WatermarkContext implements SourceContext {
  private last = LONG_MIN

  collect(value: unknown, timestamp: number): void {
    this.status(false)
    this.output.collect(value, timestamp)
  }
  emitWatermark(watermark: number): void {
    this.status(false)
    if (watermark >= this.last) {
      this.last = watermark
      return this.watermark(watermark)
    }
    // As in Flink it goes out all the same: the valve of whoever gets it takes no notice.
    this.trace.watermarkIgnored(-1, watermark, this.last)
    this.output.emitWatermark(watermark)
  }
  close(): void {}
}

/** The clock's time, whatever the source says, and watermarks by the clock; only the source's last watermark counts. */
class AutomaticWatermarkContext extends WatermarkContext implements SourceContext {
  private next = 0
  private cancelTimer: () => void = () => undefined

  constructor(
    output: Output,
    trace: OperatorTrace,
    private readonly settings: SourceContextSettings,
  ) {
    super(output, trace)
    if (settings.autoWatermarkInterval < 1) throw new IllegalArgumentException('The watermark interval cannot be smaller than 1 ms.')
    this.schedule()
  }

  private schedule(): void {
    this.cancelTimer = this.settings.after(this.settings.autoWatermarkInterval, () => {
      if (!this.idle) this.advance(this.settings.processingTime())
      this.schedule()
    })
  }

  /** Watermarks are multiples of the interval, so that those of all subtasks agree. */
  private advance(now: number): void {
    if (now <= this.next) return
    const watermark = now - (now % this.settings.autoWatermarkInterval)
    this.next = watermark + this.settings.autoWatermarkInterval
    this.watermark(watermark)
  }

  collect(value: unknown): void {
    this.status(false)
    const now = this.settings.processingTime()
    this.output.collect(value, now)
    this.advance(now)
  }

  emitWatermark(watermark: number): void {
    if (watermark !== LONG_MAX || this.next === LONG_MAX) return
    this.status(false)
    this.next = LONG_MAX
    this.watermark(watermark)
    this.cancelTimer()
  }

  close(): void {
    this.cancelTimer()
  }
}
