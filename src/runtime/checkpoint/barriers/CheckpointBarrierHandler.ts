import type { CheckpointFailureReason } from '../../../core/checkpoints'
import { checkpointFailureCode } from '../../../core/checkpoints'
import { TraceKind } from '../../../trace/kinds'
import type { AlignmentMetrics, BarrierListener, CheckpointBarrier } from '../types'

/** A task's clocks. */
export interface AlignmentClock {
  /** Processing time, ms. */
  millis(): number
  /** µs that only go forward. */
  micros(): number
  /** Runs `run` as a mail `delay` ms of processing time from now, plus the 1 ms that Flink's timers take; returns a cancel function. */
  after(delay: number, run: () => void): () => void
}

/** Writes to the trace; absent: nobody keeps it. */
export type TellTrace = (kind: number, a: number, b: number, c: number, d: number, x: number) => void

/** What is known of one alignment, filled in as it goes on: whoever has it sees the end. */
export interface AlignmentRecord {
  startDelay: number
  duration: number
  bytes: number
}

export const metricsOf = ({ startDelay, duration, bytes }: AlignmentRecord): AlignmentMetrics => ({
  alignmentDuration: duration,
  startDelay,
  bytesProcessedDuringAlignment: bytes,
})

/** Not over yet. */
const UNKNOWN = -1
const MICROS_PER_MILLI = 1000

/**
 * Reacts to the barriers of all of a task's channels, numbered through over its gates. Mirrors CheckpointBarrierHandler, its way of keeping time
 * included (C-22): there is one clock for alignments, whichever checkpoint they belong to.
 */
export abstract class CheckpointBarrierHandler {
  private latest: AlignmentRecord = { startDelay: 0, duration: UNKNOWN, bytes: 0 }
  /** µs; null: nothing is being aligned. */
  private startedAt: number | null = null
  private startedFor = -1
  private bytes = 0

  constructor(
    protected readonly listener: BarrierListener,
    protected readonly clock: AlignmentClock,
    protected readonly afterTasksFinish: boolean,
    protected readonly tell: TellTrace | null,
  ) {}

  /** `asked`: no barrier has come, the JobManager asks; so nothing has stopped. */
  abstract processBarrier(barrier: CheckpointBarrier, channel: number, asked: boolean): void
  abstract processBarrierAnnouncement(barrier: CheckpointBarrier, sequence: number, channel: number): void
  abstract processCancellationBarrier(checkpoint: number, channel: number): void
  abstract processEndOfPartition(channel: number): void

  /** Bytes of records were handled. */
  addProcessedBytes(bytes: number): void {
    if (this.startedAt !== null) this.bytes += bytes
  }

  protected notifyCheckpoint(barrier: CheckpointBarrier): AlignmentRecord {
    const record = barrier.id === this.startedFor ? this.latest : { startDelay: 0, duration: 0, bytes: 0 }
    const { alignment } = barrier.options
    const how = alignment === 'unaligned' || alignment === 'at-least-once' ? alignment : 'aligned'
    this.listener.triggerCheckpointOnBarrier(barrier, how, metricsOf(record))
    return record
  }

  protected notifyAbort(checkpoint: number, reason: CheckpointFailureReason): void {
    this.listener.abortCheckpointOnBarrier(checkpoint, reason)
  }

  protected markAlignmentStartAndEnd(barrier: CheckpointBarrier): void {
    this.markAlignmentStart(barrier, 0)
    this.end(0)
  }

  /** `waiting`: channels whose barriers are still to come. */
  protected markAlignmentStart(barrier: CheckpointBarrier, waiting: number): void {
    this.resetAlignment()
    this.latest.startDelay = MICROS_PER_MILLI * Math.max(0, this.clock.millis() - barrier.timestamp)
    this.startedAt = this.clock.micros()
    this.startedFor = barrier.id
    if (waiting > 0) this.tell?.(TraceKind.AlignmentBegun, barrier.id, waiting, 0, 0, NaN)
  }

  protected markAlignmentEnd(): void {
    const duration = this.elapsed()
    this.tell?.(TraceKind.AlignmentEnded, this.startedFor, 0, 0, 0, duration)
    this.end(duration)
  }

  /** `checkpoint` is no longer waited for, or the rest of it goes unaligned. */
  protected tellAlignmentOver(checkpoint: number, how: 1 | 2, reason: CheckpointFailureReason | null): void {
    if (this.startedAt === null || this.startedFor !== checkpoint) return
    this.tell?.(TraceKind.AlignmentEnded, checkpoint, how, reason === null ? 0 : checkpointFailureCode(reason), 0, this.elapsed())
  }

  private elapsed(): number {
    return this.startedAt === null ? 0 : this.clock.micros() - this.startedAt
  }

  private end(duration: number): void {
    // As with a future, the first word counts.
    if (this.latest.duration === UNKNOWN) {
      this.latest.duration = duration
      this.latest.bytes = this.bytes
    }
    this.startedAt = null
    this.bytes = 0
  }

  protected resetAlignment(): void {
    this.end(0)
    this.latest = { startDelay: this.latest.startDelay, duration: UNKNOWN, bytes: 0 }
  }
}
