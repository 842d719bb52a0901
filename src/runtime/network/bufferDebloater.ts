import type { Configuration } from '../../core/configuration'
import { TaskManagerOptions } from '../../core/options'

/** Buffer debloating of a task's gates (N-1). Mirrors BufferDebloatConfiguration. */
export interface DebloatSettings {
  /** ms that all data in flight should take. */
  readonly target: number
  /** ms between two looks. */
  readonly period: number
  /** Percent by which a size has to differ from the last to be announced. */
  readonly threshold: number
  /** How many looks the size follows slowly. */
  readonly samples: number
  readonly minSize: number
  readonly maxSize: number
}

/** null: it is off. */
export const debloatSettings = (configuration: Configuration): DebloatSettings | null =>
  configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_ENABLED)
    ? {
        target: configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_TARGET),
        period: configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_PERIOD),
        threshold: configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_THRESHOLD_PERCENTAGES),
        samples: configuration.get(TaskManagerOptions.BUFFER_DEBLOAT_SAMPLES),
        minSize: configuration.get(TaskManagerOptions.MIN_MEMORY_SEGMENT_SIZE),
        maxSize: configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE),
      }
    : null

const MILLIS_PER_SECOND = 1000
const NOT_TRACKED = -1

/** Bytes a second that a gate gives, while there is something to give. Mirrors ThroughputCalculator. */
export class ThroughputCalculator {
  private throughput = 0
  private bytes = 0
  private measured = 0
  private since = NOT_TRACKED

  /** @param millis whole ms */
  constructor(private readonly millis: () => number) {}

  incoming(bytes: number): void {
    this.resume()
    this.bytes += bytes
  }

  resume(): void {
    if (this.since === NOT_TRACKED) this.since = this.millis()
  }

  /** The time from now on does not count. */
  pause(): void {
    if (this.since !== NOT_TRACKED) this.measured += this.millis() - this.since
    this.since = NOT_TRACKED
  }

  /** Since the last call; if no time was measured, what it was then. */
  calculate(): number {
    if (this.since !== NOT_TRACKED) {
      const now = this.millis()
      this.measured += now - this.since
      this.since = now
    }
    if (this.measured > 0) this.throughput = Math.trunc((this.bytes / this.measured) * MILLIS_PER_SECOND)
    this.bytes = 0
    this.measured = 0
    return this.throughput
  }
}

/** How large a gate's buffers should be, so that all of them are consumed in the time that is wanted. Mirrors BufferDebloater and BufferSizeEMA. */
export class BufferDebloater {
  /** The last size that was announced. */
  size: number
  /** ms that the buffers in use take. */
  timeToConsume = 0
  /** Before the threshold. */
  private average: number

  constructor(private readonly settings: DebloatSettings) {
    this.size = settings.maxSize
    this.average = settings.maxSize
  }

  /** A size to announce; null: as it was. `throughput` in bytes a second. */
  recalculate(throughput: number, buffersInUse: number): number | null {
    const buffers = Math.max(1, buffersInUse)
    const size = this.follow(Math.trunc((throughput * this.settings.target) / MILLIS_PER_SECOND), buffers)
    this.timeToConsume = Math.trunc((size * buffers * MILLIS_PER_SECOND) / Math.max(1, throughput))
    if (this.isNear(size)) return null
    this.size = size
    return size
  }

  /** The exponential moving average; it grows no faster than it shrinks, since what it follows is at most twice what it is. */
  private follow(total: number, buffers: number): number {
    const { samples, minSize, maxSize } = this.settings
    const wanted = Math.min(Math.trunc(total / buffers), 2 * this.average)
    const next = Math.trunc(this.average + (2 / (samples + 1)) * (wanted - this.average))
    this.average = Math.max(minSize, Math.min(next, maxSize))
    return this.average
  }

  private isNear(size: number): boolean {
    const { minSize, maxSize, threshold } = this.settings
    if (size === this.size) return true
    if (size <= minSize || size >= maxSize) return false
    return Math.abs(size - this.size) < Math.trunc(this.size * (threshold / 100))
  }
}
