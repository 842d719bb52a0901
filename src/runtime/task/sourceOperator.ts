import { LONG_MAX, LONG_MIN, hasTimestamp } from '../../core/time'
import type { RelativeClock, TimestampAssigner, WatermarkGenerator, WatermarkOutput, WatermarkStrategy } from '../../streaming/watermark'
import { TraceKind } from '../../trace/kinds'
import type { FetchedRecords } from '../external/messages'
import type { Output } from '../operators/types'
import { WatermarkOutputMultiplexer } from '../time/WatermarkOutputMultiplexer'
import type { ChainedOperatorState } from './chainedOperator'
import type { InputStatusCode, TaskInput } from './input'
import { TaskIoState } from './ioTime'
import { payloadOf, shownTimestamp } from './operatorTrace'
import type { ReaderOutput, SourceReader } from './sources/SourceReader'
import type { TaskThread } from './thread'
import { IdlenessManager, WatermarkToDataOutput } from './watermarkOutputs'

/** One generator and where its watermarks go: at once on an event, and at each tick (T-7). Mirrors SourceOutputWithWatermarks. */
interface WatermarkedOutput {
  readonly generator: WatermarkGenerator<unknown>
  readonly onEvent: WatermarkOutput
  readonly periodic: WatermarkOutput
}

export interface SourceSettings {
  /** null: no watermarks but the last. */
  readonly strategy: WatermarkStrategy<unknown> | null
  /** Whether a record without a timestamp gets Long.MIN_VALUE, as from every new source; those of old ones have none (T-22). */
  readonly timestamped: boolean
  /** ms; 0: no periodic emission (T-11). */
  readonly autoWatermarkInterval: number
  readonly clock: RelativeClock
  /** Runs the callback once, that many ms from now. */
  readonly after: (delay: number, callback: () => void) => () => void
}

/**
 * The source at the head of a task: asks its reader for records, gives them timestamps, makes watermarks of them, one generator for each split.
 * Mirrors SourceOperator, ProgressiveTimestampsAndWatermarks and SourceOperatorStreamTask (T-3, T-7 … T-11, T-19).
 * Left out: split enumerators as coordinators, watermark alignment.
 */
export class SourceOperator implements TaskInput, ReaderOutput {
  private readonly assigner: TimestampAssigner<unknown> | null
  private readonly multiplexer: WatermarkOutputMultiplexer
  private readonly main: WatermarkedOutput | null
  private readonly splits = new Map<number, WatermarkedOutput>()
  private cancelTick: () => void = () => undefined

  constructor(
    private readonly task: TaskThread,
    private readonly state: ChainedOperatorState,
    private readonly reader: SourceReader,
    private readonly output: Output,
    private readonly settings: SourceSettings,
  ) {
    const idleness = new IdlenessManager(new WatermarkToDataOutput(output, state.trace))
    this.multiplexer = new WatermarkOutputMultiplexer(idleness.splitLocalOutput)
    const { strategy } = settings
    this.assigner = strategy === null ? null : strategy.createTimestampAssigner({})
    this.main =
      strategy === null ? null : { generator: this.createGenerator(strategy), onEvent: idleness.mainOutput, periodic: idleness.mainOutput }
  }

  private createGenerator(strategy: WatermarkStrategy<unknown>): WatermarkGenerator<unknown> {
    return strategy.createWatermarkGenerator({ getInputActivityClock: () => this.settings.clock })
  }

  start(): void {
    this.reader.start(this)
    if (this.main !== null && this.settings.autoWatermarkInterval > 0) this.scheduleTick()
  }

  private scheduleTick(): void {
    this.cancelTick = this.settings.after(this.settings.autoWatermarkInterval, () => {
      this.emitPeriodicWatermark()
      this.scheduleTick()
    })
  }

  /** T-9: all splits, then their combination, then the main generator. */
  private emitPeriodicWatermark(): void {
    this.task.node = this.state.node
    for (const { generator, periodic } of this.splits.values()) generator.onPeriodicEmit(periodic)
    this.multiplexer.onPeriodicEmit()
    this.main!.generator.onPeriodicEmit(this.main!.periodic)
  }

  emitNext(): InputStatusCode {
    return this.reader.pollNext(this)
  }

  fetched(message: FetchedRecords): void {
    this.reader.fetched(message)
  }

  createOutputForSplit(split: number): void {
    if (this.settings.strategy === null) return
    const id = String(split)
    this.multiplexer.registerNewOutput(id)
    this.splits.set(split, {
      generator: this.createGenerator(this.settings.strategy),
      onEvent: this.multiplexer.getImmediateOutput(id),
      periodic: this.multiplexer.getDeferredOutput(id),
    })
  }

  releaseOutputForSplit(split: number): void {
    if (this.splits.delete(split)) this.multiplexer.unregisterOutput(String(split))
  }

  emit(value: unknown, timestamp: number, partition: number, offset: number): void {
    this.emitRecord(this.main, value, timestamp, partition, offset)
  }

  emitFromSplit(split: number, value: unknown, timestamp: number, partition: number, offset: number): void {
    this.emitRecord(this.splits.get(split)!, value, timestamp, partition, offset)
  }

  private emitRecord(to: WatermarkedOutput | null, value: unknown, timestamp: number, partition: number, offset: number): void {
    const { task, state } = this
    task.context.advance(state.cost)
    task.node = state.node
    const before = hasTimestamp(timestamp) || !this.settings.timestamped ? timestamp : LONG_MIN
    const assigned = this.assigner === null ? before : this.assigner.extractTimestamp(value, before)
    if (task.tracing) {
      task.io.become(TaskIoState.Busy)
      task.recordNumber = task.nextRecordNumber++
      task.recordOrigin = task.context.self
      task.context.emit(
        TraceKind.SourceRecord,
        state.node,
        task.recordNumber,
        partition,
        offset,
        shownTimestamp(assigned),
        payloadOf(value),
      )
    }
    this.output.collect(value, assigned)
    // T-3: the generator sees a record after it was emitted.
    if (to !== null) to.generator.onEvent(value, assigned, to.onEvent)
  }

  /** T-19: no more data. MAX goes straight to the output, past the idleness of the source (T-18). */
  finish(): void {
    this.cancelTick()
    if (this.task.tracing) this.task.context.emit(TraceKind.EndOfInput, -1, 0, 0, 0, NaN)
    this.state.trace.watermarkEmitted(LONG_MAX)
    this.output.emitWatermark(LONG_MAX)
  }
}
